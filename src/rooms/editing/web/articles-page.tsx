import type { Locale } from '../../../base/locale.ts'
import { nameOfLanguage, shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { articlePath } from '../../self-help/index.ts'
import type { ArticleList, Listed } from '../list-articles.ts'
import { words } from '../messages/words.ts'

type Wanted = { readonly q: string; readonly place: 'here' | 'folders'; readonly after: string }
type Props = { visit: Visit; wanted: Wanted; list: ArticleList }

/** All articles with their translations, and the drafts that wait for somebody. */
export function ArticlesPage({ visit, wanted, list }: Props) {
  const say = words(visit.locale)
  const last = list.articles.at(-1)
  return (
    <Shell visit={visit} title={say('articles')} current="queue">
      <h1>{say('articles')}</h1>
      <p>{say(list.review === 'required' ? 'introReview' : 'introNoReview')}</p>
      <p class="actions">
        <a class="button primary" href={visit.link('/agent/articles/new')}>
          {say('new')}
        </a>
        <a href={visit.link('/agent/answers')}>{say('toAnswers')}</a>{' '}
        <a href={visit.link('/agent')}>{say('toQueue')}</a>
      </p>
      <Drafts visit={visit} title={say('waiting')} drafts={list.waiting} review />
      <Drafts visit={visit} title={say('mine')} drafts={list.mine} />
      <h2>{say('all')}</h2>
      <Places visit={visit} wanted={wanted} />
      <form class="search" method="get" action={visit.link('/agent/articles')} role="search">
        <div class="field">
          <label for="q">{say('find')}</label>
          <input id="q" name="q" type="search" maxlength={200} value={wanted.q || undefined} />
        </div>
        <input type="hidden" name="place" value={wanted.place} />
        <button>{say('findButton')}</button>
      </form>
      {wanted.place === 'folders' ? <p class="notice">{say('readOnly')}</p> : null}
      {list.articles.length === 0 ? (
        <p>{say(wanted.place === 'here' && wanted.q === '' ? 'nothingHere' : 'noArticles')}</p>
      ) : (
        <Articles visit={visit} list={list} />
      )}
      {list.more && last ? (
        <p>
          <a href={visit.link(`/agent/articles?${new URLSearchParams({ ...wanted, after: last.articleId })}`)}>
            {say('more')}
          </a>
        </p>
      ) : null}
    </Shell>
  )
}

function Places({ visit, wanted }: Pick<Props, 'visit' | 'wanted'>) {
  const say = words(visit.locale)
  return (
    <nav aria-label={say('all')}>
      <ul class="tabs">
        {(['here', 'folders'] as const).map((place) => (
          <li>
            <a
              href={visit.link(`/agent/articles?${new URLSearchParams({ place, q: wanted.q })}`)}
              aria-current={place === wanted.place ? 'page' : undefined}
            >
              {say(place)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Drafts({
  visit,
  title,
  drafts,
  review = false,
}: {
  visit: Visit
  title: string
  drafts: ArticleList['mine']
  review?: boolean
}) {
  const { locale, zone } = visit
  const say = words(locale)
  if (drafts.length === 0) return null
  return (
    <section>
      <h2>{title}</h2>
      <ul>
        {drafts.map(({ draftId, articleId, language, title: name, agentName, savedAt, state }) => (
          <li>
            <a href={visit.link(review ? `/agent/articles/review?draft=${draftId}` : editPath(articleId, language))}>
              <span lang={language}>{name}</span>
            </a>{' '}
            <small>
              {nameOfLanguage(language, locale)} ·{' '}
              {say('savedBy', { name: agentName ?? say('somebody'), moment: shortMoment(savedAt, locale, zone) })}
              {state === 'sent-back' ? ` · ${say('draft.sent-back')}` : ''}
            </small>
          </li>
        ))}
      </ul>
    </section>
  )
}

function editPath(article: string, language: Locale): string {
  return `/agent/articles/edit?${new URLSearchParams({ article, language })}`
}

function Articles({ visit, list }: Pick<Props, 'visit' | 'list'>) {
  const say = words(visit.locale)
  return (
    <div class="scroll" role="group" tabindex={0} aria-label={say('articles')}>
      <table class="by-row">
        <caption class="visually-hidden">{say('articles')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('article')}</th>
            {list.languages.map((language) => (
              <th scope="col">{nameOfLanguage(language, visit.locale)}</th>
            ))}
            <th scope="col">{say('whatToDo')}</th>
          </tr>
        </thead>
        <tbody>
          {list.articles.map((article) => (
            <Row visit={visit} article={article} languages={list.languages} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ visit, article, languages }: { visit: Visit; article: Listed; languages: readonly Locale[] }) {
  const say = words(visit.locale)
  const { articleId, title, titleLanguage, source, retiredAt } = article
  return (
    <tr>
      <th scope="row">
        <a
          href={visit.link(source === null ? editPath(articleId, titleLanguage) : articlePath(articleId))}
          lang={titleLanguage}
        >
          {title}
        </a>
        <br />
        <small>
          {articleId}
          {retiredAt ? ` · ${say('retired')}` : ''}
        </small>
      </th>
      {languages.map((language) => (
        <td data-column={nameOfLanguage(language, visit.locale)}>
          <State visit={visit} article={article} language={language} />
        </td>
      ))}
      <td class="wide">
        {source === null ? (
          <a href={visit.link(editPath(articleId, titleLanguage))} aria-label={say('editWhat', { title })}>
            {say('edit')}
          </a>
        ) : (
          <Copy visit={visit} article={article} />
        )}
      </td>
    </tr>
  )
}

function State({ visit, article, language }: { visit: Visit; article: Listed; language: Locale }) {
  const say = words(visit.locale)
  const { articleId, source, states, texts, drafts } = article
  if (source !== null)
    return <>{texts.some((one) => one.language === language) ? say('state.there') : say('state.missing')}</>
  const state = states[language] ?? 'missing'
  return (
    <>
      <a class={`state-${state}`} href={visit.link(editPath(articleId, language))}>
        {say(`state.${state}`)}
      </a>
      {drafts.includes(language) ? <small> {say('hasDraft')}</small> : null}
    </>
  )
}

function Copy({ visit, article: { articleId, title, titleLanguage, source } }: { visit: Visit; article: Listed }) {
  const say = words(visit.locale)
  return (
    <form method="post" action={visit.link('/agent/articles/state')}>
      <small>{source ? say('fromFolder', { folder: source }) : say('fromUnnamedFolder')}</small>
      <br />
      <input type="hidden" name="article" value={articleId} />
      <input type="hidden" name="language" value={titleLanguage} />
      <button name="act" value="copy" aria-label={say('copyWhat', { title })}>
        {say('copy')}
      </button>
    </form>
  )
}
