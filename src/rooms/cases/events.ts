import { newId } from '../../base/ids.ts'
import { jobsFor } from '../../jobs/record.ts'
import type { EventSubject } from '../../jobs/record.ts'
import type { NewJob } from '../../jobs/enqueue.ts'
import type { NewEvent } from './store.ts'

/** What this room tells the house. `app/reactions.ts` says who answers each. */
export type CaseEvents = {
  'case.opened': Record<string, never>
  'case.taken': Record<string, never>
  'case.answered': { readonly messageId: string }
  'case.questioned': { readonly messageId: string }
  'case.noted': { readonly messageId: string }
  'case.replied': { readonly messageId: string }
  'case.closed': Record<string, never>
  'case.reopened': { readonly messageId: string }
  'clock.breached': Record<string, never>
}

/** An event with the jobs of its reactions, to be written in the transaction of the change it tells of. */
export function telling<K extends keyof CaseEvents>(
  kind: K,
  subject: EventSubject,
  payload: CaseEvents[K],
): { readonly event: NewEvent; readonly jobs: readonly NewJob[] } {
  const eventId = newId()
  const { organizationId, operatorId, caseId } = subject
  return { event: { eventId, kind, payload }, jobs: jobsFor(kind, { organizationId, operatorId, caseId }, eventId) }
}
