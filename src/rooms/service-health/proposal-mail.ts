import type { Agent } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { requireLead } from '../people/index.ts'
import { deleteSilence, insertSilence, silentAgents } from './store.ts'

/** Whether a lead gets a mail when customers' reports propose an incident; undefined for who is no lead and never gets one. */
export async function hearsOfProposals(work: Work<Agent>, operatorId: string): Promise<boolean | undefined> {
  const { agentId, lead } = work.actor
  return lead ? !(await silentAgents(work, operatorId)).has(agentId) : undefined
}

/** A lead gets no more of these mails. Refused with `not-a-lead`. */
export async function muteProposals(work: Work<Agent>, operatorId: string): Promise<void> {
  const { agentId } = await requireLead(work, operatorId)
  await insertSilence(work, operatorId, agentId)
}

/** He gets them again. Refused with `not-a-lead`. */
export async function hearProposals(work: Work<Agent>, operatorId: string): Promise<void> {
  const { agentId } = await requireLead(work, operatorId)
  await deleteSilence(work, operatorId, agentId)
}
