import type { Locale } from '../../../base/locale.ts'
import { momentText, shortMoment, zoneText } from '../../../ui/moments.ts'
import type { Visit } from '../../../ui/visit.ts'
import { assumesUnknownYear } from '../../calendars/index.ts'
import { layersOf, missingYearText } from '../../entitlements/index.ts'
import type { Charter } from '../../entitlements/index.ts'
import type { ClockSegment, ClockTerms } from '../../response-targets/index.ts'
import type { ExplainedClock } from '../index.ts'
import { words } from '../messages/words.ts'

type Props = { visit: Visit; clocks: readonly ExplainedClock[]; charter: Charter }

/** What is owed by whom and when, and of each due time why it is then: in words and as a picture. */
export function Clocks({ visit, clocks, charter }: Props) {
  const say = words(visit.locale)
  const newest = clocks.filter((one) => isPromised(one) && !clocks.some((other) => isLater(other, one.clock)))
  const earlier = clocks.filter((one) => !newest.includes(one))
  return (
    <section aria-labelledby="clocks">
      <h2 id="clocks">{say('clocks')}</h2>
      <ul class="clocks">
        {newest.map((one) => (
          <ClockItem visit={visit} one={one} charter={charter} />
        ))}
      </ul>
      {earlier.length > 0 ? (
        <details>
          <summary>{say('earlierClocks', { count: earlier.length })}</summary>
          <ul class="clocks">
            {earlier.map((one) => (
              <ClockItem visit={visit} one={one} charter={charter} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  )
}

/** A clock that runs towards no moment, because its severity promises none any more, is history. */
function isPromised({ why }: ExplainedClock): boolean {
  return why.state !== 'running' || why.due !== undefined
}

function isLater({ clock: other }: ExplainedClock, clock: ExplainedClock['clock']): boolean {
  return other.kind === clock.kind && other.cycle > clock.cycle
}

/** The states in which a due is still to be kept, or was not. */
const OWED: ReadonlySet<string> = new Set(['running', 'breached'])

function ClockItem({ visit, one, charter }: { visit: Visit; one: ExplainedClock; charter: Charter }) {
  const { locale, zone } = visit
  const say = words(locale)
  const { clock, why } = one
  return (
    <li class={`clock clock-${why.state.replace(' ', '-')}`}>
      <strong>{say(`clock.${clock.kind}`)}</strong> <span>{stateOf(one, visit)}</span>
      {clock.terms && why.due && OWED.has(why.state) && clock.terms.calendar.zone !== zone ? (
        <p class="hint">{theirs(why.due, locale, clock.terms.calendar.zone)}</p>
      ) : null}
      <details>
        <summary>{say('whyThisTime')}</summary>
        <Why visit={visit} one={one} charter={charter} />
      </details>
    </li>
  )
}

function stateOf({ clock, why }: ExplainedClock, { locale, zone }: Visit): string {
  const say = words(locale)
  const at = (moment: number | undefined) => shortMoment(instant(moment ?? 0), locale, zone)
  switch (why.state) {
    case 'met':
      return say('metInTime', { moment: at(clock.metAt) })
    case 'met late':
      return say('metLate', { moment: at(clock.metAt) })
    case 'breached':
      return say('overdueSince', { moment: at(clock.breachedAt) })
    case 'paused':
      return say(`pausedFor.${clock.paused?.reason ?? 'customer-answer'}`, { moment: at(clock.paused?.since) })
    case 'stopped':
      return say('stoppedAt', { moment: at(clock.stoppedAt) })
    case 'running':
      return why.due ? say('dueBy', { moment: momentText(why.due, locale, zone) }) : say('nothingPromised')
  }
}

function Why({ visit, one: { clock, why }, charter }: { visit: Visit; one: ExplainedClock; charter: Charter }) {
  const { locale, zone } = visit
  const say = words(locale)
  const [first, ...later] = why.changes
  const short = (at: Temporal.Instant) => shortMoment(at, locale, zone)
  return (
    <>
      <ul class="because">
        <li>{say(`startedBy.${clock.kind}`, { moment: short(instant(clock.startedAt)) })}</li>
        {first?.terms ? <li>{termsText(first.terms, first.severity, { charter, locale })}</li> : null}
        {why.countedFrom && why.countedFrom.epochMilliseconds > clock.startedAt ? (
          <li>{say('closedUntil', { moment: short(why.countedFrom) })}</li>
        ) : null}
        {why.rule ? <li>{say(`rule.${why.rule}`)}</li> : null}
        {unknownYear(clock, charter) === undefined ? null : (
          <li>{missingYearText(unknownYear(clock, charter) ?? 0, locale)}</li>
        )}
        {later.map(({ at, rule, severity, due, terms }) => (
          <li>
            {short(instant(at))}: {say(`change.${rule}`, { severity })}{' '}
            {terms && rule !== 'resumed' ? `${termsText(terms, severity, { charter, locale })} ` : ''}
            {due === Infinity ? '' : say('thenDueBy', { moment: short(instant(due)) })}
          </li>
        ))}
      </ul>
      <Picture visit={visit} segments={why.segments} />
      <p class="hint">
        {clock.terms
          ? say('countedUnder', {
              version: clock.terms.version,
              rule: clock.terms.rule + 1,
              zone: zoneText(instant(clock.startedAt), locale, clock.terms.calendar.zone),
            })
          : null}
      </p>
    </>
  )
}

/** The year of a due that lies beyond the holidays somebody has approved: it is said, never guessed in silence. */
function unknownYear({ terms, due }: ExplainedClock['clock'], charter: Charter): number | undefined {
  if (!terms || due === Infinity) return undefined
  return assumesUnknownYear(layersOf(charter, terms.calendar.id), instant(due), terms.calendar.zone)
}

function termsText(
  terms: ClockTerms,
  severity: string,
  { charter, locale }: { charter: Charter; locale: Locale },
): string {
  const { amount, unit } = terms.target
  const hours = charter.calendars[terms.calendar.id]?.name[locale] ?? terms.calendar.id
  return words(locale)('termsAre', { severity, target: words(locale)(`target.${unit}`, { amount }), hours })
}

const WIDTH = 600

/** Open, closed and paused from the start to the due, as a picture and, for those who do not see it, as a list. */
function Picture({ visit, segments }: { visit: Visit; segments: readonly ClockSegment[] }) {
  const say = words(visit.locale)
  const [first, last] = [segments[0], segments.at(-1)]
  if (!first || !last) return null
  const start = first.from.epochMilliseconds
  const length = Math.max(1, last.until.epochMilliseconds - start)
  const x = (at: Temporal.Instant) => ((at.epochMilliseconds - start) / length) * WIDTH
  const short = (at: Temporal.Instant) => shortMoment(at, visit.locale, visit.zone)
  return (
    <>
      <svg class="clock-picture" viewBox={`0 0 ${WIDTH} 16`} preserveAspectRatio="none" aria-hidden="true">
        {segments.map(({ kind, from, until }) => (
          <rect class={`segment-${kind}`} x={x(from)} y="0" width={Math.max(0.5, x(until) - x(from))} height="16" />
        ))}
      </svg>
      <ol class="segments">
        {segments.map(({ kind, from, until }) => (
          <li class={`segment-${kind}`}>{say(`segment.${kind}`, { from: short(from), until: short(until) })}</li>
        ))}
      </ol>
    </>
  )
}

function theirs(at: Temporal.Instant, locale: Locale, zone: string): string {
  return words(locale)('theirs', { moment: shortMoment(at, locale, zone), zone: zoneText(at, locale, zone) })
}

function instant(at: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(at)
}
