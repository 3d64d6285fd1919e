import { Refused } from '../../base/refused.ts'
import type { Work } from '../../database/work.ts'
import { requireAgent } from '../people/index.ts'
import { caseFor } from './read-case.ts'
import { lock, record } from './record.ts'
import { clocksToMerge } from './rules/keeping.ts'
import { requireOpen } from './write-in-case.ts'

/**
 * An agent merges a case into another of the same organization: the other keeps the earliest start and the earliest due of each
 * clock, and this one is closed and says where it went. Refused with `case-closed` when either is, and with `invalid-input` on the
 * field `into` for a number that is this one, or another organization's. Source: response-targets rule 16.
 */
export async function mergeCase(work: Work, number: string, into: string): Promise<void> {
  const from = await caseFor(work, number)
  const agent = await requireAgent(work, from.operatorId)
  const other = await caseFor(work, into).catch((error: unknown) => {
    if (error instanceof Refused && error.code === 'not-found') return undefined
    throw error
  })
  if (!other || other.caseId === from.caseId || other.organizationId !== from.organizationId)
    throw new Refused('invalid-input', { into: { code: 'not-an-option' } })
  // Always in the same order, so that two agents who merge two cases into one another do not wait for each other.
  const [first, second] = from.caseId < other.caseId ? [from, other] : [other, from]
  const locked = [await lock(work, first), await lock(work, second)]
  const [leaving, staying] = from === first ? locked : locked.toReversed()
  if (!leaving || !staying) throw new Error('two cases were locked')
  requireOpen(leaving)
  requireOpen(staying)
  const clocks = JSON.stringify(clocksToMerge(leaving.history.state))
  const payload = { clocks, number: from.number, by: agent.name }
  await record(work, staying, [{ kind: 'case.merged', payload }], { waitingFor: 'operator' })
  await record(work, leaving, [{ kind: 'case.closed', payload: { reason: 'merged', into: other.number } }])
}
