import { newId } from '../../base/ids.ts'
import type { Locale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { insertAgent, insertOperator, insertOrganization, insertPerson, setDemonstration, signInFor } from './store.ts'
import type { AgentRow, OrganizationRow, PersonRow } from './tables.ts'

/** Makes an operator under the id the job was given; the charter that follows says all about it. */
export async function addOperator(work: Work<Job>, slug: string): Promise<void> {
  const [operatorId] = work.actor.operatorIds
  if (!operatorId) throw new Error('a job that adds an operator names its id')
  await insertOperator(work, { operatorId, slug })
}

/** The same for the demonstration: the operator counts as being filled until `setDemonstration` says that all is there. */
export async function addDemonstrationOperator(work: Work<Job>, slug: string): Promise<void> {
  await addOperator(work, slug)
  await setDemonstration(work, 'filling')
}

export async function addOrganization(
  work: Work<Job>,
  facts: Omit<OrganizationRow, 'organizationId'>,
): Promise<string> {
  const organizationId = newId()
  await insertOrganization(work, { ...facts, organizationId })
  return organizationId
}

export type NewPerson = Omit<PersonRow, 'personId' | 'signInId' | 'language'> & { readonly language: Locale }

export async function addPerson(work: Work<Job>, facts: NewPerson): Promise<string> {
  const personId = newId()
  const signInId = await signInFor(work, newId(), facts.email, facts.name)
  await insertPerson(work, { ...facts, personId, signInId })
  return personId
}

export async function addAgent(work: Work<Job>, facts: Omit<AgentRow, 'agentId' | 'signInId'>): Promise<string> {
  const agentId = newId()
  const signInId = await signInFor(work, newId(), facts.email, facts.name)
  await insertAgent(work, { ...facts, agentId, signInId })
  return agentId
}
