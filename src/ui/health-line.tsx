import type { Child } from 'hono/jsx'
import type { Locale } from '../base/locale.ts'
import { words } from './messages/words.ts'
import { shortMoment, shortZonedMoment } from './moments.ts'
import type { Visit } from './visit.ts'

/** An open incident as one reader gets it. */
export type HealthItem = {
  readonly incidentId: string
  readonly service: string
  readonly title: string
  readonly impact: string
  /** The language of its texts. */
  readonly language: Locale
  /** What it is, and how it stands, in words. */
  readonly kind: string
  readonly state: string
  readonly startedAt: Temporal.Instant
  /** When it was over; of what is planned and has not begun: when it is meant to be. */
  readonly until: Temporal.Instant | undefined
  readonly isPlanned: boolean
}

/**
 * What is not well now, before anybody types a word; or that nothing is known to be wrong. `told` stands on the page already.
 */
export function HealthLine({
  visit,
  items: all,
  told = [],
}: {
  visit: Visit
  items: readonly HealthItem[]
  told?: readonly HealthItem[]
}) {
  const say = words(visit.locale)
  const items = all.filter(({ incidentId }) => !told.some((one) => one.incidentId === incidentId))
  if (all.length > 0 && items.length === 0) return null
  if (items.length === 0) {
    return (
      <p class="health health-well">
        <span aria-hidden="true">✓</span> {say('healthWell')} <a href={visit.link('/health')}>{say('health')}</a>
      </p>
    )
  }
  return (
    <section class="health health-ill" aria-labelledby="health-title">
      <h2 id="health-title">{say('healthIll', { count: items.length })}</h2>
      <ul>
        {items.map((item) => (
          <HealthEntry visit={visit} item={item} />
        ))}
      </ul>
    </section>
  )
}

/** One of them, with the way to its page, and what can be done about it there. */
export function HealthEntry({ visit, item, children }: { visit: Visit; item: HealthItem; children?: Child }) {
  const { locale, zone } = visit
  const { incidentId, service, title, impact, language, kind, state, startedAt, until, isPlanned } = item
  const at = (moment: Temporal.Instant) => (visit.person ? shortMoment : shortZonedMoment)(moment, locale, zone)
  const say = words(locale)
  const when = until
    ? say('healthPlanned', { from: at(startedAt), until: at(until) })
    : say('healthSince', { moment: at(startedAt) })
  const lang = language === locale ? undefined : language
  return (
    <li>
      <strong>
        {service}:{' '}
        <a href={visit.link(`/health/incidents/${incidentId}`)} lang={lang}>
          {title}
        </a>
      </strong>{' '}
      <span class="hint">{[kind, ...(isPlanned ? [] : [state]), when].join(' · ')}</span>
      <br />
      <span lang={lang}>{impact}</span>
      {children}
    </li>
  )
}

/** Open incidents a question may be about, before it is answered by anything else. `goOn` leads to what was asked for, or says how. */
export function KnownProblems({ visit, items, goOn }: { visit: Visit; items: readonly HealthItem[]; goOn: Child }) {
  const say = words(visit.locale)
  if (items.length === 0) return null
  return (
    <section class="health health-ill" aria-labelledby="is-it-this">
      <h2 id="is-it-this">{say('isItThis')}</h2>
      <p>{say('isItThisText', { count: items.length })}</p>
      <ul>
        {items.map((item) => (
          <HealthEntry visit={visit} item={item} />
        ))}
      </ul>
      <p class="actions">
        {items.length === 1 && items[0] ? (
          <a class="button" href={visit.link(`/health/incidents/${items[0].incidentId}`)}>
            {say('knownOpen')}
          </a>
        ) : null}{' '}
        {goOn}
      </p>
    </section>
  )
}
