import { Refused } from '../../base/refused.ts'
import type { Work } from '../../database/work.ts'
import { explainClock } from '../response-targets/index.ts'
import type { Clock, ClockExplanation } from '../response-targets/index.ts'
import { historyOf } from './history.ts'
import { requireMember } from '../people/index.ts'
import { requireReader } from './requester.ts'
import { isCaseNumber, plainNumber } from './rules/number.ts'
import { attachmentOf, caseByNumber, casesDue, casesOf, clockEventsOf } from './store.ts'
import type { After } from './store.ts'
import type { AttachmentRow, CaseLine, CaseRow } from './tables.ts'

/**
 * The case with a number, as far as the actor may see it: the only way to a case. A member must be an
 * administrator, or the one who asked.
 * Refused with `not-found` for none and not yours alike.
 */
export async function caseFor(work: Work, number: string): Promise<CaseRow> {
  const plain = plainNumber(number)
  const found = isCaseNumber(plain) ? await caseByNumber(work, plain) : undefined
  if (work.actor.kind === 'member') await requireReader(work, found)
  if (!found) throw new Refused('not-found')
  return found
}

/** A clock with the reasons for its due. */
export type ExplainedClock = { readonly clock: Clock; readonly why: ClockExplanation }

/** The clocks of a case, replayed from its events: what is shown is what was reckoned, not a second story. */
export async function clocksFor(work: Work, found: CaseRow): Promise<readonly ExplainedClock[]> {
  const { state } = await historyOf(work, found.operatorId, await clockEventsOf(work, found), work.now)
  return state.clocks.map((clock) => ({ clock, why: explainClock(clock, work.now.epochMilliseconds) }))
}

/** The member's organization's cases, newest first; those he asked for himself when he is no administrator. */
export async function myCases(work: Work, limit: number, after?: After): Promise<readonly CaseLine[]> {
  const { organizationId, personId, roles } = await requireMember(work)
  return casesOf(work, organizationId, limit, after, roles.length > 0 ? undefined : personId)
}

/** An operator's queue; refused with `not-an-agent` to everybody else. */
export async function queueOf(
  work: Work,
  of: {
    readonly operatorId: string
    readonly waitingFor: CaseRow['waitingFor']
    readonly limit: number
    readonly after?: After | undefined
  },
): Promise<readonly CaseLine[]> {
  if (work.actor.kind !== 'agent' || !work.actor.operatorIds.includes(of.operatorId)) throw new Refused('not-an-agent')
  return casesDue(work, of)
}

/** A file of a case; `not-found` for none and not yours alike. */
export async function attachmentFor(
  work: Work,
  number: string,
  attachmentId: string,
): Promise<AttachmentRow & { readonly content: Buffer }> {
  const found = await attachmentOf(work, await caseFor(work, number), attachmentId)
  if (!found) throw new Refused('not-found')
  return found
}
