import { nameOfLanguage, shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { articlePath } from '../../self-help/index.ts'
import { queryOf } from '../asked.ts'
import { words } from '../messages/words.ts'
import type { AnswersReport, Group } from '../read-answers.ts'
import { shareOf } from '../rules/outcome.ts'

type Props = { visit: Visit; report: AnswersReport }

/** How much help articles answered, which questions they did not, and what to do about each. */
export function AnswersPage({ visit, report }: Props) {
  const say = words(visit.locale)
  const { from, to, language } = report
  return (
    <Shell visit={visit} title={say('title')} current="queue">
      <h1>{say('title')}</h1>
      <p>{say('intro')}</p>
      <p class="actions">
        <a href={visit.link('/agent/articles')}>{say('toArticles')}</a>{' '}
        <a href={visit.link('/agent')}>{say('toQueue')}</a>
      </p>
      <Filters visit={visit} report={report} />
      <SelfServed visit={visit} report={report} />
      <h2 id="groups">{say('groups')}</h2>
      <p>{say('groupsText')}</p>
      {report.groups.length === 0 ? <p>{say('noGroups')}</p> : <Groups visit={visit} report={report} />}
      <p>
        <a href={visit.link(`/agent/answers.csv?${queryOf({ from, to, language })}`)}>{say('csv')}</a>
      </p>
      <h2 id="articles">{say('articles')}</h2>
      {report.articles.length === 0 ? <p>{say('noArticles')}</p> : <Articles visit={visit} report={report} />}
    </Shell>
  )
}

function Filters({ visit, report }: Props) {
  const say = words(visit.locale)
  return (
    <form class="paper filters" method="get" action={visit.link('/agent/answers')} aria-label={say('narrow')}>
      <div>
        <label for="from">{say('from')}</label>
        <input id="from" name="from" type="date" value={report.from} />
      </div>
      <div>
        <label for="to">{say('to')}</label>
        <input id="to" name="to" type="date" value={report.to} />
      </div>
      <div>
        <label for="language">{say('language')}</label>
        <select id="language" name="language">
          <option value="">{say('all')}</option>
          {report.languages.map((one) => (
            <option value={one} selected={one === report.language}>
              {nameOfLanguage(one, visit.locale)}
            </option>
          ))}
        </select>
      </div>
      <button class="primary">{say('show')}</button>
    </form>
  )
}

function SelfServed({ visit, report: { total, settled } }: Props) {
  const say = words(visit.locale)
  const share = shareOf(settled.good, settled.asked)
  return (
    <section class="paper" aria-labelledby="self-served">
      <h2 id="self-served">{say('selfServed')}</h2>
      <p class="lead">
        {share === undefined
          ? say('selfServedNone')
          : say('selfServedShare', { share, good: settled.good, asked: settled.asked })}
      </p>
      <p>{say('selfServedMeans')}</p>
      <p>
        {say('selfServedBesides', {
          saidSolved: settled.saidSolved,
          total: total.asked,
          waiting: total.asked - settled.asked,
        })}
      </p>
    </section>
  )
}

function Groups({ visit, report }: Props) {
  const say = words(visit.locale)
  return (
    <div class="scroll" role="group" tabindex={0} aria-label={say('groups')}>
      <table class="by-row">
        <caption class="visually-hidden">{say('groups')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('question')}</th>
            <th scope="col" class="number">
              {say('asked')}
            </th>
            <th scope="col" class="number">
              {say('nothingFound')}
            </th>
            <th scope="col" class="number">
              {say('nothingOpened')}
            </th>
            <th scope="col" class="number">
              {say('notSolved')}
            </th>
            <th scope="col" class="number">
              {say('caseFollowed')}
            </th>
            <th scope="col">{say('whatToDo')}</th>
          </tr>
        </thead>
        <tbody>
          {report.groups.map((group) => (
            <GroupRow visit={visit} group={group} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function GroupRow({ visit, group }: { visit: Visit; group: Group }) {
  const { locale, zone } = visit
  const say = words(locale)
  const { text, language, lastAskedAt, taught } = group
  const about = { question: text }
  const write = new URLSearchParams({ title: text, language })
  const teach = new URLSearchParams({ question: text, language })
  return (
    <tr>
      <th scope="row">
        <span lang={language}>{text}</span>
        <br />
        <small>
          {nameOfLanguage(language, locale)} · {say('lastAsked', { moment: shortMoment(lastAskedAt, locale, zone) })}
        </small>
        {taught.length > 0 ? <small class="taught">{say('taughtTo', { articles: taught.join(', ') })}</small> : null}
      </th>
      <td class="number" data-column={say('asked')}>
        {group.asked}
      </td>
      <td class="number" data-column={say('nothingFound')}>
        {group.nothingFound}
      </td>
      <td class="number" data-column={say('nothingOpened')}>
        {group.nothingOpened}
      </td>
      <td class="number" data-column={say('notSolved')}>
        {group.notSolved}
      </td>
      <td class="number" data-column={say('caseFollowed')}>
        {group.caseFollowed}
      </td>
      <td class="wide">
        <a href={visit.link(`/agent/articles/new?${write}`)} aria-label={say('writeFor', about)}>
          {say('write')}
        </a>
        <br />
        <a href={visit.link(`/agent/answers/teach?${teach}`)} aria-label={say('teachFor', about)}>
          {say('teach')}
        </a>
      </td>
    </tr>
  )
}

function Articles({ visit, report }: Props) {
  const say = words(visit.locale)
  return (
    <div class="scroll" role="group" tabindex={0} aria-label={say('articles')}>
      <table class="by-row">
        <caption class="visually-hidden">{say('articles')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('article')}</th>
            <th scope="col" class="number">
              {say('yes')}
            </th>
            <th scope="col" class="number">
              {say('no')}
            </th>
            <th scope="col">{say('missing')}</th>
          </tr>
        </thead>
        <tbody>
          {report.articles.map(({ articleId, language, title, solved, unsolved, missing }) => (
            <tr>
              <th scope="row">
                <a href={visit.link(articlePath(articleId))} lang={language}>
                  {title ?? articleId}
                </a>
                <br />
                <small>{nameOfLanguage(language, visit.locale)}</small>
              </th>
              <td class="number" data-column={say('yes')}>
                {solved}
              </td>
              <td class="number" data-column={say('no')}>
                {unsolved}
              </td>
              <td class="wide">
                {missing.length === 0 ? null : (
                  <ul>
                    {missing.map((one) => (
                      <li>{one}</li>
                    ))}
                  </ul>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
