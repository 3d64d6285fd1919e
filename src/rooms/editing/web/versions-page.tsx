import type { Locale } from '../../../base/locale.ts'
import { nameOfLanguage, shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { differenceOf } from '../difference.ts'
import { words } from '../messages/words.ts'
import type { History } from '../versions.ts'
import { Difference } from './difference.tsx'

type Props = {
  visit: Visit
  language: Locale
  history: History
  from: number | undefined
  to: number | undefined
}

/** Every text of an article in one language, any two of them compared, and the way back to one. */
export function VersionsPage({ visit, language, history, from, to }: Props) {
  const say = words(visit.locale)
  const { article, versions } = history
  const [newest] = versions
  const title = say('versionsOf', { title: newest?.title ?? article.articleId })
  const older = versions.find(({ version }) => version === (from ?? (newest?.version ?? 0) - 1))
  const newer = versions.find(({ version }) => version === (to ?? newest?.version))
  return (
    <Shell visit={visit} title={title} current="queue">
      <h1>{title}</h1>
      <p>
        {nameOfLanguage(language, visit.locale)} ·{' '}
        <a href={visit.link(`/agent/articles/edit?${new URLSearchParams({ article: article.articleId, language })}`)}>
          {say('edit')}
        </a>
      </p>
      {article.retiredAt ? (
        <p class="notice">{say('isRetired', { moment: shortMoment(article.retiredAt, visit.locale, visit.zone) })}</p>
      ) : null}
      {versions.length === 0 ? <p>{say('noVersions')}</p> : null}
      {versions.length > 0 ? <Versions visit={visit} language={language} history={history} /> : null}
      {versions.length > 1 ? (
        <Compare visit={visit} language={language} history={history} from={older?.version} to={newer?.version} />
      ) : null}
      {older && newer ? (
        <Difference
          visit={visit}
          caption={say('fromTo', { from: older.version, to: newer.version })}
          lines={differenceOf(older, newer)}
        />
      ) : null}
      <h2>{say('events')}</h2>
      <Events visit={visit} history={history} />
      <p>
        <a href={visit.link('/agent/articles')}>{say('toList')}</a>
      </p>
    </Shell>
  )
}

function Versions({ visit, language, history: { article, versions } }: Pick<Props, 'visit' | 'language' | 'history'>) {
  const { locale, zone } = visit
  const say = words(locale)
  return (
    <div class="scroll" role="group" tabindex={0} aria-label={say('versions')}>
      <table class="by-row">
        <caption class="visually-hidden">{say('versions')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('version')}</th>
            <th scope="col">{say('published')}</th>
            <th scope="col">{say('by')}</th>
            <th scope="col">{say('rollBack')}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((one, at) => (
            <tr>
              <th scope="row">
                {one.version}
                {at === 0 ? <small> {say('shown')}</small> : null}
                {one.rolledBackTo ? <small> {say('sameAs', { version: one.rolledBackTo })}</small> : null}
              </th>
              <td class="wide">{shortMoment(one.publishedAt, locale, zone)}</td>
              <td class="wide">{byWhom(visit, one)}</td>
              <td>
                {at === 0 ? null : (
                  <form method="post" action={visit.link('/agent/articles/versions')}>
                    <input type="hidden" name="article" value={article.articleId} />
                    <input type="hidden" name="language" value={language} />
                    <button name="version" value={one.version} aria-label={say('rollBackTo', { version: one.version })}>
                      {say('rollBack')}
                    </button>
                  </form>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function byWhom(visit: Visit, { writtenByName, publishedByName }: History['versions'][number]): string {
  const say = words(visit.locale)
  const writer = writtenByName ?? say('somebody')
  const publisher = publishedByName ?? say('somebody')
  return writer === publisher ? writer : say('writtenAndApproved', { writer, publisher })
}

function Compare({ visit, language, history, from, to }: Props) {
  const say = words(visit.locale)
  const { article, versions } = history
  return (
    <form class="filters" method="get" action={visit.link('/agent/articles/versions')} aria-label={say('compare')}>
      <input type="hidden" name="article" value={article.articleId} />
      <input type="hidden" name="language" value={language} />
      {(['from', 'to'] as const).map((name) => (
        <div>
          <label for={name}>{say(name)}</label>
          <select id={name} name={name}>
            {versions.map(({ version }) => (
              <option value={version} selected={version === (name === 'from' ? from : to)}>
                {version}
              </option>
            ))}
          </select>
        </div>
      ))}
      <button>{say('compare')}</button>
    </form>
  )
}

function Events({ visit, history: { events } }: Pick<Props, 'visit' | 'history'>) {
  const { locale, zone } = visit
  const say = words(locale)
  return (
    <ul>
      {events.map(({ kind, language, agentName, payload, recordedAt }) => (
        <li>
          {shortMoment(recordedAt, locale, zone)}: {say(`event.${kind}`, { name: agentName ?? say('somebody') })}{' '}
          <small>
            {[
              ...(language ? [nameOfLanguage(language, locale)] : []),
              ...(payload['version'] ? [say('versionNumber', { version: payload['version'] })] : []),
              ...(payload['note'] ? [String(payload['note'])] : []),
            ].join(' · ')}
          </small>
        </li>
      ))}
    </ul>
  )
}
