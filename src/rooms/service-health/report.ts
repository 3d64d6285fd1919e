import { newId } from '../../base/ids.ts'
import type { Locale } from '../../base/locale.ts'
import { Refused } from '../../base/refused.ts'
import type { Member } from '../../database/actor.ts'
import { leaveToCommit } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { insertJobs } from '../../jobs/enqueue.ts'
import { requireMember } from '../people/index.ts'
import { servicesOf } from './my-health.ts'
import { announceNoticed } from './news.ts'
import { insertReport, reportsOf } from './store.ts'
import type { Report } from './store.ts'

/**
 * A member says what he noticed and finds listed nowhere. Enough organizations that notice the same propose an incident to those who
 * declare, and a job of the same commit tells their leads. Refused with `invalid-input` for a service that is not his and a moment
 * that has not come.
 */
export async function reportIssue(
  work: Work<Member>,
  told: {
    readonly service: string
    readonly symptom: string
    readonly language: Locale
    readonly since: Temporal.Instant
    readonly people: number
  },
): Promise<void> {
  await requireMember(work)
  const { operatorId } = work.actor
  const services = await servicesOf(work, operatorId)
  if (!services.some(({ id }) => id === told.service))
    throw new Refused('invalid-input', { service: { code: 'not-an-option' } })
  if (Temporal.Instant.compare(told.since, work.now) > 0)
    throw new Refused('invalid-input', { since: { code: 'in-the-future' } })
  await insertReport(work, { ...work.actor, ...told, reportId: newId() })
  leaveToCommit(work, insertJobs(work, [{ queue: 'reactions', data: { reaction: 'tellLeads', operatorId } }]))
  announceNoticed(work, operatorId)
}

/** What the member's organization has reported lately, the newest first. */
export async function ownReports(work: Work<Member>): Promise<readonly Omit<Report, 'organization'>[]> {
  return reportsOf(work, work.actor.organizationId)
}
