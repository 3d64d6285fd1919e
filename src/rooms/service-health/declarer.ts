import { Refused } from '../../base/refused.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import type { Charter } from '../entitlements/index.ts'
import { requireAgent, requireLead } from '../people/index.ts'

export type Declarer = {
  /** Null for the house itself, as when the demonstration is filled. */
  readonly agentId: string | null
  readonly charter: Charter
  /** Whether somebody else has to look before customers see what he writes. */
  readonly reviewed: boolean
}

/**
 * Who declares incidents and writes about them: support leads, or every agent where the charter says so. Refused with `not-a-lead`
 * and `not-an-agent`.
 */
export async function requireDeclarer(work: Work, operatorId: string): Promise<Declarer> {
  const { charter } = await charterInForce(work, operatorId)
  if (work.actor.kind === 'job') {
    if (!work.actor.operatorIds.includes(operatorId)) throw new Refused('not-an-agent')
    return { agentId: null, charter, reviewed: false }
  }
  const { declare, review } = charter.serviceHealth
  const { agentId } = await (declare === 'agents' ? requireAgent : requireLead)(work, operatorId)
  return { agentId, charter, reviewed: review === 'required' }
}
