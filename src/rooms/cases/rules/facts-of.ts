import type { ClockKind } from '../../entitlements/rules/charter.ts'
import type { Fact, PauseReason } from '../../response-targets/rules/facts.ts'

/** An event as the clocks need it. `at` is when it was recorded, in UTC milliseconds. */
export type RecordedEvent = {
  readonly kind: string
  readonly payload: Readonly<Record<string, string>>
  readonly at: number
}

/** The events that move clocks. */
export const CLOCK_EVENTS = [
  'case.opened',
  'case.answered',
  'case.questioned',
  'case.called',
  'case.replied',
  'case.closed',
  'case.reopened',
  'case.merged',
  'message.undelivered',
  'severity.changed',
  'clock.paused',
  'clock.resumed',
  'terms.moved',
  'incident.linked',
  'incident.unlinked',
] as const

/** What an event is to the clocks; undefined for one that moves none. */
export function factOf({ kind, payload, at }: RecordedEvent): Fact | undefined {
  const text = (name: string) => payload[name] ?? ''
  switch (kind) {
    case 'case.opened':
      return { kind: 'opened', at, severity: text('severity'), version: Number(text('version')) }
    case 'case.answered':
      return { kind: 'answered', at, messageId: text('messageId') }
    case 'case.questioned':
      return { kind: 'questioned', at, messageId: text('messageId') }
    case 'case.called':
      return { kind: 'called', at }
    case 'message.undelivered':
      return { kind: 'undelivered', at, messageId: text('messageId') }
    case 'case.replied':
      return { kind: 'replied', at }
    case 'case.closed':
      return { kind: 'closed', at }
    case 'case.reopened':
      return { kind: 'reopened', at }
    case 'severity.changed':
      return { kind: 'severity-changed', at, severity: text('to') }
    case 'clock.paused':
      return { kind: 'paused', at, reason: text('reason') as PauseReason }
    case 'clock.resumed':
      return { kind: 'resumed', at }
    case 'incident.linked':
      return { kind: 'incident-linked', at }
    case 'incident.unlinked':
      return { kind: 'incident-unlinked', at }
    case 'terms.moved':
      return { kind: 'terms-moved', at, version: Number(text('version')) }
    case 'case.merged':
      return {
        kind: 'merged',
        at,
        clocks: JSON.parse(text('clocks')) as { kind: ClockKind; startedAt: number; due: number }[],
      }
    default:
      return undefined
  }
}

/** The names of what has happened by itself already. */
export function momentsDone(events: readonly RecordedEvent[]): ReadonlySet<string> {
  return new Set(events.flatMap(({ payload }) => payload['moment'] ?? []))
}

/** What was agreed when the case was opened, from its first event. */
export function agreedAt(events: readonly RecordedEvent[]): {
  readonly supportType: string
  readonly contract: string | null
} {
  const opened = events.find(({ kind }) => kind === 'case.opened')
  return { supportType: opened?.payload['supportType'] ?? '', contract: opened?.payload['contract'] || null }
}

/** Every version of the charter that a case's events name. */
export function versionsOf(events: readonly RecordedEvent[]): readonly number[] {
  return [...new Set(events.flatMap(({ payload }) => (payload['version'] ? [Number(payload['version'])] : [])))]
}

export type SeverityStep = { readonly from: string; readonly to: string; readonly reason: string }

/** The changes of a case's severity, oldest first. */
export function severityChangesIn(events: readonly RecordedEvent[]): readonly SeverityStep[] {
  return events
    .filter(({ kind }) => kind === 'severity.changed')
    .map(({ payload: { from = '', to = '', reason = '' } }) => ({ from, to, reason }))
}

export type Handed = { readonly partner: string; readonly from: number; readonly until: number | undefined }

/** When a case was in a partner's hands: from when it was handed to him until somebody did something. UTC milliseconds. */
export function handedToPartner(events: readonly RecordedEvent[]): readonly Handed[] {
  const ends = new Set(['clock.resumed', 'case.replied', 'case.closed', 'case.reopened'])
  return events.flatMap(({ kind, payload, at }, index) => {
    if (kind !== 'clock.paused' || payload['reason'] !== 'partner') return []
    const end = events.slice(index + 1).find((later) => ends.has(later.kind))
    return [{ partner: payload['partner'] ?? '', from: at, until: end?.at }]
  })
}

/** The incident that a case hangs on, by its events; undefined for none. */
export function incidentIn(events: readonly Pick<RecordedEvent, 'kind' | 'payload'>[]): string | undefined {
  const last = events.findLast(({ kind }) => kind === 'incident.linked' || kind === 'incident.unlinked')
  return last?.kind === 'incident.linked' ? last.payload['incidentId'] : undefined
}
