import { durationText, shortMoment } from '../../../ui/moments.ts'
import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import { handedToPartner } from '../rules/facts-of.ts'
import type { EventRow } from '../index.ts'

/** How long a case was in a partner's hands, apart from what the operator's clocks count. Rows of a description list. */
export function WithPartner({
  visit: { locale, zone },
  events,
  now,
}: {
  visit: Visit
  events: readonly EventRow[]
  now: Temporal.Instant
}) {
  const say = words(locale)
  const handed = handedToPartner(
    events.map(({ kind, payload, recordedAt }) => ({ kind, payload, at: recordedAt.epochMilliseconds })),
  )
  const last = handed.at(-1)
  if (!last) return null
  const minutes = handed.reduce((sum, { from, until = now.epochMilliseconds }) => sum + (until - from) / 60_000, 0)
  const duration = durationText(minutes, locale)
  const since = shortMoment(Temporal.Instant.fromEpochMilliseconds(last.from), locale, zone)
  return (
    <>
      <dt>{say('withPartner', { partner: last.partner })}</dt>
      <dd>
        {last.until === undefined
          ? say('withPartnerNow', { duration, moment: since })
          : say('withPartnerSum', { duration })}
      </dd>
    </>
  )
}
