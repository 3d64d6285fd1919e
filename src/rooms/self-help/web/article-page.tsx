import { Hono } from 'hono'
import { raw } from 'hono/html'
import type { Locale } from '../../../base/locale.ts'
import { dateText } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Env, Visit } from '../../../ui/visit.ts'
import { idFrom, isReader, noteOpened, noting } from '../../evidence/index.ts'
import { articleFor, articlePath } from '../index.ts'
import type { ArticleRow } from '../index.ts'
import { words } from '../messages/words.ts'
import { SolvedForm } from './solved-form.tsx'

/** Help articles, open to everybody. */
export function articlePages(): Hono<Env> {
  return new Hono<Env>().get('/articles/:id{.+}', async (context) => {
    const visit = context.get('visit')
    const { actor, operatorId, locale, database } = visit
    const questionId = idFrom(context.req.query('asked'))
    const article = await noting(database, actor, async (work, note) => {
      const found = await articleFor(work, operatorId, context.req.param('id'), locale)
      if (questionId && isReader(context.req))
        note(() => noteOpened(work, { operatorId, questionId, articleId: found.id }))
      return found
    })
    return context.html(<ArticlePage visit={visit} article={article} asked={questionId} />)
  })
}

const CONTENTS_FROM = 3

function ArticlePage({ visit, article, asked }: { visit: Visit; article: ArticleRow; asked: string | undefined }) {
  const { locale } = visit
  const { language, title, description, headings, products, updatedOn } = article
  const say = words(locale)
  const lang = language === locale ? undefined : language
  return (
    <Shell visit={visit} title={title} current="help">
      <article class="article">
        <header>
          <h1 lang={lang}>{title}</h1>
          {lang ? <p class="notice">{say('otherLanguage', { language: nameOf(language, locale) })}</p> : null}
          {description ? (
            <p class="lead" lang={lang}>
              {description}
            </p>
          ) : null}
        </header>
        {headings.length >= CONTENTS_FROM ? <Contents visit={visit} headings={headings} lang={lang} /> : null}
        {/* Written by this house's own renderer, which lets nothing through that runs or loads. */}
        <div lang={lang}>{raw(article.html)}</div>
        <footer class="hint">
          {products.length ? (
            <p>
              {say('products')}: {products.join(', ')}
            </p>
          ) : null}
          {updatedOn ? <p>{say('updated', { date: dateText(updatedOn, locale) })}</p> : null}
          <OtherLanguages visit={visit} article={article} />
        </footer>
        <SolvedForm visit={visit} article={article} asked={asked} />
      </article>
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
    </Shell>
  )
}

function Contents({
  visit,
  headings,
  lang,
}: {
  visit: Visit
  headings: ArticleRow['headings']
  lang: Locale | undefined
}) {
  return (
    <nav aria-labelledby="contents">
      <h2 id="contents">{words(visit.locale)('contents')}</h2>
      <ul lang={lang}>
        {headings
          .filter(({ depth }) => depth === 2 || headings.every((one) => one.depth === 3))
          .map(({ id, text }) => (
            <li>
              <a href={`#${encodeURIComponent(id)}`}>{text}</a>
            </li>
          ))}
      </ul>
    </nav>
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

/** A language's name in the middle of a sentence of another: "dansk", "Danish", "丹麦语". */
function nameOf(language: Locale, inLanguage: Locale): string {
  return new Intl.DisplayNames([inLanguage], { type: 'language' }).of(language) ?? language
}
