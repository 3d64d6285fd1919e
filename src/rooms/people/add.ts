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

export type NewPerson = Omit<PersonRow, 'personId' | 'signInId' | 'language' | 'partnerId' | 'partnerName'> & {
  readonly language: Locale
  /** For whom the person acts here; he may do nothing until the organization consents. */
  readonly partner?: { readonly partnerId: string; readonly name: string }
}

/** Somebody who asked before buying: an organization of his own under the id of his question, made once however often this runs. */
export async function addProspect(
  work: Work<Job>,
  {
    inquiryId,
    company,
    country,
    ...person
  }: Pick<PersonRow, 'email' | 'name' | 'phone' | 'language' | 'zone' | 'operatorId'> & {
    readonly inquiryId: string
    readonly company: string
    readonly country: string
  },
): Promise<void> {
  const { operatorId } = person
  const organizationId = inquiryId
  await insertOrganization(work, { organizationId, operatorId, name: company, country, contract: null, prospect: true })
  const signInId = await signInFor(work, newId(), person.email, person.name)
  await insertPerson(work, {
    ...person,
    organizationId,
    personId: inquiryId,
    signInId,
    roles: [],
    partnerId: null,
    partnerName: null,
  })
}

export async function addPerson(work: Work<Job>, { partner, ...facts }: NewPerson): Promise<string> {
  const personId = newId()
  const signInId = await signInFor(work, newId(), facts.email, facts.name)
  const [partnerId, partnerName] = partner ? [partner.partnerId, partner.name] : [null, null]
  await insertPerson(work, { ...facts, personId, signInId, partnerId, partnerName })
  return personId
}

export async function addAgent(work: Work<Job>, facts: Omit<AgentRow, 'agentId' | 'signInId'>): Promise<string> {
  const agentId = newId()
  const signInId = await signInFor(work, newId(), facts.email, facts.name)
  await insertAgent(work, { ...facts, agentId, signInId })
  return agentId
}
