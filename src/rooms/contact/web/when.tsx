import { shortMoment } from '../../../ui/moments.ts'
import type { Visit } from '../../../ui/visit.ts'
import { callWords, waitText } from '../../callbacks/index.ts'
import type { CallOffer } from '../../callbacks/index.ts'
import type { Charter, Severity, SupportType } from '../../entitlements/index.ts'
import { words } from '../messages/words.ts'

export type Promises = readonly {
  readonly type: SupportType
  readonly dues: readonly { readonly severity: Severity; readonly due: Temporal.Instant | undefined }[]
}[]

type Props = { visit: Visit; charter: Charter; promise: Promises[number]; call: CallOffer | undefined }

/** When a request of one support type sent now is answered, and when we would call. With JavaScript, only that of the topic chosen. */
export function When({ visit, charter, promise: { type, dues }, call }: Props) {
  const { locale, zone } = visit
  const say = words(locale)
  const nameOf = (severity: string) => charter.severities.find(({ id }) => id === severity)?.name[locale]
  const topics = charter.topics.filter(({ supportType }) => supportType === type.id).map(({ id }) => id)
  return (
    <only-for field="topic" values={topics.join(' ')} or-empty>
      <section class="when" aria-labelledby={`when-${type.id}`}>
        <h3 id={`when-${type.id}`}>{type.name[locale]}</h3>
        <dl class="pairs">
          {dues.map(({ severity, due }) =>
            due ? (
              <div>
                <dt>
                  <span class={`severity severity-${severity}`}>{severity}</span> {nameOf(severity)}
                </dt>
                <dd>{shortMoment(due, locale, zone)}</dd>
              </div>
            ) : null,
          )}
          {call ? <Call visit={visit} offer={call} title={say('call.now')} /> : null}
        </dl>
      </section>
    </only-for>
  )
}

/** How long it would take until we call, and the first time that is free. */
function Call({ visit: { locale, zone }, offer, title }: { visit: Visit; offer: CallOffer; title: string }) {
  const say = callWords(locale)
  const first = offer.first === undefined ? undefined : Temporal.Instant.fromEpochMilliseconds(offer.first)
  return (
    <div>
      <dt>{title}</dt>
      {waitLines(offer.waits, locale, zone).map(({ severity, wait }) => (
        <dd>
          {severity ? <span class={`severity severity-${severity}`}>{severity}</span> : null} {wait}
        </dd>
      ))}
      <dd class="hint">
        {first ? say('offers.first', { moment: shortMoment(first, locale, zone) }) : say('offers.noTimes')}
      </dd>
    </div>
  )
}

/** One line where every severity waits alike, else one for each. */
function waitLines(waits: CallOffer['waits'], locale: Visit['locale'], zone: string) {
  const lines = waits.map(({ severity, told }) => ({ severity, wait: waitText(told, locale, zone) }))
  const [first = { wait: waitText({ kind: 'unknown' }, locale, zone) }] = lines
  return lines.every(({ wait }) => wait === first.wait) ? [{ wait: first.wait, severity: undefined }] : lines
}
