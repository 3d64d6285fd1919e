import { Refused } from '../../base/refused.ts'
import type { Agent, Member } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { absenceOf } from './rules/presence.ts'
import { agentOf, peopleOf, requesterOf } from './store.ts'
import type { Requester } from './store.ts'
import type { AgentRow, PersonRow } from './tables.ts'

/**
 * The person who acts, as far as he may do anything in his organization now: the only way to a member. Refused with
 * `not-signed-in`; with `consent-missing`, `consent-withdrawn` when the organization lets his partner not act, or no more.
 */
export async function requireMember(work: Work): Promise<Requester> {
  const requester = await findMember(work)
  const absence = absenceOf(requester, work.now)
  if (absence) throw new Refused(absence)
  return requester
}

/** The person behind a member's session, whatever he may do. Refused with `not-signed-in` when there is none. */
export async function findMember(work: Work): Promise<Requester> {
  if (work.actor.kind !== 'member') throw new Refused('not-signed-in')
  const requester = await requesterOf(work, work.actor.organizationId, work.actor.personId)
  if (!requester) throw new Refused('not-signed-in')
  return requester
}

/** The agent who answers for an operator; `not-an-agent` when that operator is not granted to him. */
export async function requireAgent(work: Work, operatorId: string): Promise<AgentRow> {
  const actor = work.actor
  if (!isAgentOf(actor, operatorId)) throw new Refused('not-an-agent')
  const agent = await agentOf(work, operatorId, actor.agentId)
  if (!agent) throw new Refused('not-an-agent')
  return agent
}

/** The support lead of an operator; `not-a-lead` for its other agents. */
export async function requireLead(work: Work, operatorId: string): Promise<AgentRow> {
  const agent = await requireAgent(work, operatorId)
  if (!agent.lead) throw new Refused('not-a-lead')
  return agent
}

function isAgentOf(actor: Work['actor'], operatorId: string): actor is Agent {
  return actor.kind === 'agent' && actor.operatorIds.includes(operatorId)
}

/** Who has administrator rights in the member's organization, partners left out: told to those who have none. */
export async function administratorsOf(work: Work<Member>): Promise<readonly PersonRow[]> {
  const people = await peopleOf(work, work.actor.organizationId)
  return people.filter(({ roles, partnerId }) => roles.length > 0 && partnerId === null)
}
