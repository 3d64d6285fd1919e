import { Hono } from 'hono'
import type { Context } from 'hono'
import { raw } from 'hono/html'
import type { Locale } from '../../../base/locale.ts'
import { dateText } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Env, Visit } from '../../../ui/visit.ts'
import { idFrom, isReader, noteOpened, noting } from '../../evidence/index.ts'
import { charterInForce } from '../../entitlements/index.ts'
import type { Charter } from '../../entitlements/index.ts'
import { articleAt, articlePath, search } from '../index.ts'
import type { ArticleRow } from '../index.ts'
import { productName } from '../rules/product-name.ts'
import { words } from '../messages/words.ts'
import { RetiredPage } from './retired-page.tsx'
import { SolvedForm } from './solved-form.tsx'

/** Help articles, open to everybody. Old addresses lead on; an article that was taken down says so and offers others. */
export function articlePages(): Hono<Env> {
  return new Hono<Env>().get('/articles/:id{.+}', show)
}

const RELATED_TO_RETIRED = 5

async function show(context: Context<Env>): Promise<Response> {
  const visit = context.get('visit')
  const { actor, operatorId, locale, database } = visit
  const id = context.req.param('id') ?? ''
  const questionId = idFrom(context.req.query('asked'))
  const { at, instead, services } = await noting(database, actor, async (work, note) => {
    const found = await articleAt(work, { operatorId, id, language: locale })
    if ('article' in found && questionId && isReader(context.req))
      note(() => noteOpened(work, { operatorId, questionId, articleId: found.article.id }))
    const { charter } = await charterInForce(work, operatorId)
    const like = 'retired' in found ? found.retired.title || lastStep(id) : undefined
    return {
      at: found,
      instead: like ? await search(work, { operatorId, language: locale, q: like, limit: RELATED_TO_RETIRED }) : [],
      services: charter.services,
    }
  })
  if ('movedTo' in at) return context.redirect(visit.link(articlePath(at.movedTo)), 301)
  if ('article' in at)
    return context.html(<ArticlePage visit={visit} article={at.article} services={services} asked={questionId} />)
  const title = at.retired.title || lastStep(id)
  return context.html(<RetiredPage visit={visit} title={title} instead={instead} />, 410)
}

function lastStep(id: string): string {
  return (id.split('/').at(-1) ?? id).replaceAll('-', ' ')
}

const CONTENTS_FROM = 3

type Props = { visit: Visit; article: ArticleRow; services: Charter['services']; asked: string | undefined }

function ArticlePage({ visit, article, services, asked }: Props) {
  const { locale } = visit
  const { language, title, description, headings } = article
  const say = words(locale)
  const lang = language === locale ? undefined : language
  const contents = headings.length >= CONTENTS_FROM
  return (
    <Shell visit={visit} title={title} current="help">
      <div class={contents ? 'reading with-contents' : 'reading'}>
        <article class="article">
          <header>
            <h1 lang={lang}>{title}</h1>
            {lang ? <p class="notice">{say('otherLanguage', { language: nameOf(language, locale) })}</p> : null}
            {description && !isRepeated(description, article) ? (
              <p class="lead" lang={lang}>
                {description}
              </p>
            ) : null}
            <About visit={visit} article={article} services={services} />
          </header>
          {contents ? <NarrowContents visit={visit} headings={headings} lang={lang} /> : null}
          {/* Written by this house's own renderer, which lets nothing through that runs or loads. */}
          <div class="article-text" lang={lang}>
            {raw(article.html)}
          </div>
          <p id="leaves" hidden>
            {say('leaves')}
          </p>
        </article>
        {contents ? <WideContents visit={visit} headings={headings} lang={lang} /> : null}
        {/* What a reader does after reading: say whether it helped, read on, or ask. */}
        <div class="after-article">
          <SolvedForm visit={visit} article={article} asked={asked} />
          <Related visit={visit} article={article} lang={lang} />
          <StillStuck visit={visit} title={title} asked={asked} />
        </div>
      </div>
    </Shell>
  )
}

/** Vendors repeat the title as the description, or the first sentences, which follow right below. */
function isRepeated(description: string, { title, html }: ArticleRow): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')
  const first = html.slice(0, 2000).replaceAll(/<[^>]*>?/g, ' ')
  return plain(description) === plain(title) || plain(first).startsWith(plain(description).slice(0, 120))
}

function About({ visit, article, services }: Omit<Props, 'asked'>) {
  const { updatedOn, products, tailored } = article
  const say = words(visit.locale)
  return (
    <div class="about hint">
      {updatedOn ? <p>{say('updated', { date: dateText(updatedOn, visit.locale) })}</p> : null}
      {products.length ? (
        <p>
          {say('products')}: {products.map((one) => productName(services, one, visit.locale)).join(', ')}
        </p>
      ) : null}
      {tailored ? <p>{say('forOperator', { operator: visit.brand.shortName })}</p> : null}
      <OtherLanguages visit={visit} article={article} />
    </div>
  )
}

type ContentsProps = { visit: Visit; headings: ArticleRow['headings']; lang: Locale | undefined }

/** Beside the text where there is room, with the place the reader is at marked; else folded above it. One of the two is shown. */
function WideContents({ visit, headings, lang }: ContentsProps) {
  return (
    <page-contents class="toc toc-wide">
      <nav aria-labelledby="contents">
        <h2 id="contents">{words(visit.locale)('contents')}</h2>
        <Places headings={headings} lang={lang} />
      </nav>
    </page-contents>
  )
}

function NarrowContents({ visit, headings, lang }: ContentsProps) {
  return (
    <details class="toc toc-narrow">
      <summary>{words(visit.locale)('contents')}</summary>
      <Places headings={headings} lang={lang} />
    </details>
  )
}

const MANY = 25

function Places({ headings, lang }: Omit<ContentsProps, 'visit'>) {
  const flat = headings.every(({ depth }) => depth === 3)
  const all = headings.length <= MANY
  return (
    <ul lang={lang}>
      {headings
        .filter(({ depth, text }) => text !== '' && (all || flat || depth === 2))
        .map(({ id, text, depth }) => (
          <li class={depth === 3 && !flat ? 'deeper' : undefined}>
            <a href={`#${encodeURIComponent(id)}`}>{text}</a>
          </li>
        ))}
    </ul>
  )
}

function OtherLanguages({ visit, article }: { visit: Visit; article: ArticleRow }) {
  const others = article.languages.filter((one) => one !== article.language && visit.languages.includes(one))
  if (others.length === 0) return null
  const back = encodeURIComponent(visit.link(articlePath(article.id)))
  return (
    <p>
      {words(visit.locale)('alsoIn')}:{' '}
      {others.map((one, at) => (
        <>
          {at > 0 ? ' · ' : ''}
          <a href={visit.link(`/language/${one}?back=${back}`)} hreflang={one} lang={one}>
            {nameOf(one, one)}
          </a>
        </>
      ))}
    </p>
  )
}

function Related({ visit, article, lang }: { visit: Visit; article: ArticleRow; lang: Locale | undefined }) {
  if (article.related.length === 0) return null
  return (
    <section class="related" aria-labelledby="related">
      <h2 id="related">{words(visit.locale)('related')}</h2>
      <ul lang={lang}>
        {article.related.map(({ id, title }) => (
          <li>
            <a href={visit.link(articlePath(id))}>{title}</a>
          </li>
        ))}
      </ul>
    </section>
  )
}

function StillStuck({ visit, title, asked }: { visit: Visit; title: string; asked: string | undefined }) {
  const say = words(visit.locale)
  return (
    <section class="paper" aria-labelledby="still-stuck">
      <h2 id="still-stuck">{say('stillStuck')}</h2>
      <p>{say('stillStuckText')}</p>
      <p class="actions">
        <a
          class="button primary"
          href={visit.link(`/contact?article=${encodeURIComponent(title)}${asked ? `&asked=${asked}` : ''}`)}
        >
          {say('contactSupport')}
        </a>
        <a class="button" href={visit.link('/help')}>
          {say('searchMore')}
        </a>
      </p>
    </section>
  )
}

/** A language's name in the middle of a sentence of another: "dansk", "Danish", "丹麦语". */
function nameOf(language: Locale, inLanguage: Locale): string {
  return new Intl.DisplayNames([inLanguage], { type: 'language' }).of(language) ?? language
}
