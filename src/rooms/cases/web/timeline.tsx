import type { Locale } from '../../../base/locale.ts'
import { CLOCK_KINDS } from '../../entitlements/index.ts'
import type { ClockKind } from '../../entitlements/index.ts'
import { shortMoment } from '../../../ui/moments.ts'
import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import { spokenNumber } from '../rules/number.ts'
import { AGENT_REASONS } from '../rules/severity-change.ts'
import type { AgentReason } from '../rules/severity-change.ts'
import type { EventRow, MessageRow } from '../index.ts'

type Entry =
  | { readonly at: Temporal.Instant; readonly message: MessageRow }
  | { readonly at: Temporal.Instant; readonly event: EventRow }

const SHOWN = [
  'case.taken',
  'case.called',
  'caller.checked',
  'case.closed',
  'case.reopened',
  'case.merged',
  'message.undelivered',
  'severity.changed',
  'severity.requested',
  'terms.moved',
  'incident.linked',
  'incident.unlinked',
  'clock.paused',
  'clock.resumed',
  'clock.warned',
  'clock.breached',
  'clock.escalated',
  'customer.reminded',
  'customer.noticed',
] as const

/** Everything said and done in a case, oldest first. */
export function Timeline({
  visit,
  messages,
  events,
  fileLink,
}: {
  visit: Visit
  messages: readonly MessageRow[]
  events: readonly EventRow[]
  fileLink: (id: string) => string
}) {
  const say = words(visit.locale)
  const entries = entriesOf(messages, events)
  return (
    <section aria-label={say('timeline')}>
      <ol class="timeline">
        {entries.map((entry, at) => (
          <li id={at === entries.length - 1 ? 'latest' : undefined}>
            {'message' in entry ? (
              <Message visit={visit} message={entry.message} fileLink={fileLink} />
            ) : (
              <Happened visit={visit} event={entry.event} />
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function entriesOf(messages: readonly MessageRow[], events: readonly EventRow[]): readonly Entry[] {
  const said = messages.map((message) => ({ at: message.writtenAt, message }))
  const happened = events.filter(({ kind }) => isShown(kind)).map((event) => ({ at: event.recordedAt, event }))
  return [...said, ...happened].toSorted((a, b) => Temporal.Instant.compare(a.at, b.at))
}

function isShown(kind: string): kind is (typeof SHOWN)[number] {
  return (SHOWN as readonly string[]).includes(kind)
}

const ROLES = { agent: 'roleAgent', member: 'roleCustomer', partner: 'rolePartner', system: 'roleSystem' } as const

function Message({
  visit,
  message,
  fileLink,
}: {
  visit: Visit
  message: MessageRow
  fileLink: (id: string) => string
}) {
  const { locale, zone } = visit
  const say = words(locale)
  const { authorName, authorKind, visibility, body, writtenAt, attachments } = message
  return (
    <article class={`message message-${visibility === 'internal' ? 'note' : authorKind}`}>
      <header>
        <strong>{authorName}</strong>{' '}
        <span class="hint">{say(visibility === 'internal' ? 'roleNote' : ROLES[authorKind])}</span>
        <time datetime={writtenAt.toString()}>{shortMoment(writtenAt, locale, zone)}</time>
      </header>
      <div class="text">{body}</div>
      {attachments.length ? (
        <ul class="files" aria-label={say('files')}>
          {attachments.map(({ attachmentId, fileName, byteCount }) => (
            <li>
              <a href={fileLink(attachmentId)}>{fileName}</a>{' '}
              <small>{say('kilobytes', { count: Math.max(1, Math.round(byteCount / 1024)) })}</small>
            </li>
          ))}
        </ul>
      ) : null}
    </article>
  )
}

function Happened({ visit, event }: { visit: Visit; event: EventRow }) {
  const { locale, zone } = visit
  const { recordedAt } = event
  const text = happenedText(event, locale)
  if (text === undefined) return null
  return (
    <p class="happened">
      {text} <time datetime={recordedAt.toString()}>{shortMoment(recordedAt, locale, zone)}</time>
    </p>
  )
}

function happenedText({ kind, payload }: EventRow, locale: Locale): string | undefined {
  if (!isShown(kind)) return undefined
  const say = words(locale)
  const clock = isClockKind(payload['clock']) ? say(`clock.${payload['clock']}`) : ''
  if (kind === 'case.closed' && payload['reason'] === 'no-answer') return say('event.case.closed.no-answer')
  if (kind === 'case.closed' && payload['reason'] === 'merged')
    return say('event.case.closed.merged', { into: spokenNumber(payload['into'] ?? '') })
  if (kind === 'case.merged') return say('event.case.merged', { number: spokenNumber(payload['number'] ?? '') })
  const partner = payload['partner'] ?? ''
  if (kind === 'clock.paused' && payload['reason'] === 'partner') return say('event.clock.paused.partner', { partner })
  if (kind === 'clock.resumed' && payload['reason'] === 'partner')
    return say('event.clock.resumed.partner', { partner })
  const text = say(`event.${kind}`, { ...payload, clock })
  if (kind !== 'severity.changed') return text
  const reason = isAgentReason(payload['reason']) ? `${say(`reason.${payload['reason']}`)}. ` : ''
  return `${text} ${reason}${payload['text'] ?? ''}`.trim()
}

function isAgentReason(name: string | undefined): name is AgentReason {
  return (AGENT_REASONS as readonly (string | undefined)[]).includes(name)
}

function isClockKind(name: string | undefined): name is ClockKind {
  return (CLOCK_KINDS as readonly (string | undefined)[]).includes(name)
}
