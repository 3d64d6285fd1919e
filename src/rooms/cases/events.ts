import { newId } from '../../base/ids.ts'
import { jobsFor } from '../../jobs/record.ts'
import type { EventSubject } from '../../jobs/record.ts'
import type { NewJob } from '../../jobs/enqueue.ts'
import type { AgentReason } from './rules/severity-change.ts'
import type { NewEvent } from './store.ts'

/** What happened by itself is told once: `moment` is its name. */
type ByItself = { readonly moment: string }
type OfClock = ByItself & { readonly clock: string; readonly cycle: string; readonly due: string }

/** What this room tells the house. `app/reactions.ts` says who answers each; `rules/facts-of.ts` which of them move clocks. */
export type CaseEvents = {
  'case.opened': {
    readonly severity: string
    readonly supportType: string
    readonly contract: string
    readonly version: string
    /** Which thing out of scope it is, where the requester says that it is in scope nevertheless. */
    readonly contested?: string
  }
  'case.taken': Record<string, never>
  'case.answered': { readonly messageId: string }
  'case.questioned': { readonly messageId: string }
  /** Somebody called the customer: they talked, or he was not reached at the time he had asked for. */
  'case.called': { readonly outcome: CallOutcome }
  /** Somebody said on the phone to be `name`: his code was right, he had no more tries, or `name` says it was not him. */
  'caller.checked': { readonly outcome: CallerOutcome; readonly name: string; readonly agent: string }
  'case.noted': { readonly messageId: string }
  'case.replied': { readonly messageId: string }
  'case.closed': Partial<ByItself> & { readonly reason: CloseReason; readonly into?: string }
  /** `clocks`: what the other case still owed, as JSON. */
  'case.merged': { readonly clocks: string; readonly number: string; readonly by: string }
  'case.reopened': { readonly messageId: string }
  'message.undelivered': { readonly messageId: string }
  'severity.changed': Partial<ByItself> & {
    readonly from: string
    readonly to: string
    readonly reason: SeverityReason
    readonly text: string
  }
  'severity.requested': { readonly to: string; readonly messageId: string }
  'incident.linked': { readonly incidentId: string; readonly title: string }
  'incident.unlinked': { readonly incidentId: string }
  'terms.moved': { readonly version: string; readonly by: string }
  /** `partner`: the name of the partner whose turn it is. */
  'clock.paused': {
    readonly reason: 'third-party' | 'partner'
    readonly messageId: string
    readonly partner?: string
    readonly partnerId?: string
  }
  'clock.resumed': Partial<ByItself> & {
    readonly reason: 'agent' | 'partner' | 'longest-pause'
    readonly partner?: string
  }
  'clock.warned': OfClock
  /** `late`: seconds between the due and the moment this was recorded, where the product stood still meanwhile. */
  'clock.breached': OfClock & { readonly late?: string }
  'clock.escalated': OfClock & { readonly step: string }
  'customer.reminded': ByItself & { readonly messageId: string }
  'customer.noticed': ByItself & { readonly messageId: string }
}

export type CallerOutcome = 'verified' | 'locked' | 'denied'
export type CallOutcome = 'reached' | 'not-reached'
export type CloseReason = 'customer' | 'agent' | 'no-answer' | 'merged'
/** By whom or what: an agent, the customer's silence, or the answer that ended it. */
export type SeverityReason = AgentReason | 'no-answer' | 'answered'

/** An event with the jobs of its reactions, to be written in the transaction of the change it tells of. */
export function telling<K extends keyof CaseEvents>(
  kind: K,
  subject: EventSubject,
  payload: CaseEvents[K],
): { readonly event: NewEvent; readonly jobs: readonly NewJob[] } {
  const eventId = newId()
  const { organizationId, operatorId, caseId } = subject
  return {
    event: { eventId, kind, payload: { ...payload } },
    jobs: jobsFor(kind, { organizationId, operatorId, caseId }, eventId),
  }
}
