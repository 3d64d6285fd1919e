import { sql } from 'kysely'
import type { Agent, Doorkeeper, Job, Member } from '../../database/actor.ts'
import { ofOperator, ofOrganization } from '../../database/wall.ts'
import type { Database, Work } from '../../database/work.ts'
import { absenceOf } from './rules/presence.ts'
import type { AgentRow, OperatorRow, OrganizationRow, PersonRow, Presence } from './tables.ts'

const PERSON = sql`person.organization_id as "organizationId", person.operator_id as "operatorId", person.person_id as "personId",
  person.sign_in_id as "signInId", person.email, person.name, person.phone, person.language, person.zone, person.roles,
  person.partner_id as "partnerId", person.partner_name as "partnerName"`
const PRESENCE = sql`person.active_from as "activeFrom", person.active_until as "activeUntil"`
const AGENT = sql`agent.operator_id as "operatorId", agent.agent_id as "agentId", agent.sign_in_id as "signInId", agent.email, agent.name,
  agent.language, agent.zone, agent.lead`
const ORGANIZATION = sql`organization.organization_id as "organizationId", organization.operator_id as "operatorId",
  organization.name, organization.country, organization.contract`

export async function operators(work: Work): Promise<readonly OperatorRow[]> {
  const { rows } = await sql<OperatorRow>`select operator_id as "operatorId", slug from operator order by slug`.execute(
    work.tx,
  )
  return rows
}

export async function insertOperator(work: Work, { operatorId, slug }: OperatorRow): Promise<void> {
  await sql`insert into operator (operator_id, slug, created_at) values (${operatorId}, ${slug}, ${work.now})`.execute(
    work.tx,
  )
}

/** Says of the job's operators how far their demonstration has come. */
export async function setDemonstration(work: Work<Job>, standing: 'filling' | 'filled'): Promise<void> {
  await sql`update operator set demonstration = ${standing} where operator_id = any(${work.actor.operatorIds})`.execute(
    work.tx,
  )
}

/** Whether a demonstration was begun and is not whole: its filling was killed, or is under way. */
export async function isDemonstrationUnfinished(work: Work): Promise<boolean> {
  const { rows } = await sql<{
    unfinished: boolean
  }>`select exists (select from operator where demonstration = 'filling') as unfinished`.execute(work.tx)
  return rows[0]?.unfinished ?? false
}

export async function personOf(work: Work, organizationId: string, personId: string): Promise<PersonRow | undefined> {
  const { rows } = await sql<PersonRow>`select ${PERSON} from person
    where ${ofOrganization(organizationId)} and person_id = ${personId}`.execute(work.tx)
  return rows[0]
}

/** Gives a person exactly these roles for everything. */
export async function setRoles(
  work: Work,
  of: { readonly organizationId: string; readonly personId: string; readonly roles: readonly string[] },
): Promise<void> {
  await sql`update person set roles = ${of.roles}
    where ${ofOrganization(of.organizationId)} and person_id = ${of.personId}`.execute(work.tx)
}

/** From when until when the people of a partner may act for an organization, and with which roles. `until` absent: without an end. */
export async function setActing(
  work: Work,
  of: {
    readonly organizationId: string
    readonly partnerId: string
    readonly roles: readonly string[]
    readonly from: Temporal.Instant | null
    readonly until: Temporal.Instant
  },
): Promise<void> {
  await sql`update person set roles = ${of.roles}, active_from = ${of.from}, active_until = ${of.until}
    where ${ofOrganization(of.organizationId)} and partner_id = ${of.partnerId}`.execute(work.tx)
}

export type Requester = PersonRow &
  Presence & {
    readonly organizationName: string
    readonly contract: string | null
    readonly country: string
  }

/** A person with what his organization has bought: what every request asks, in one question. */
export async function requesterOf(
  work: Work,
  organizationId: string,
  personId: string,
): Promise<Requester | undefined> {
  const { rows } =
    await sql<Requester>`select ${PERSON}, ${PRESENCE}, organization.name as "organizationName", organization.contract, organization.country
    from person join organization using (organization_id)
    where ${ofOrganization(organizationId, 'person.organization_id')} and person.person_id = ${personId}`.execute(
      work.tx,
    )
  return rows[0]
}

/** Since when a person is registered with the address he has; whose person he is comes along. */
export async function registrationOf(
  work: Work,
  organizationId: string,
  personId: string,
): Promise<{ readonly organizationId: string; readonly at: Temporal.Instant } | undefined> {
  const { rows } = await sql<{
    organizationId: string
    at: Temporal.Instant
  }>`select organization_id as "organizationId",
      created_at as at from person where ${ofOrganization(organizationId)} and person_id = ${personId}`.execute(work.tx)
  return rows[0]
}

/** People of an operator's organizations by an address, each with the name of his organization. */
export async function peopleByEmail(
  work: Work,
  operatorId: string,
  email: string,
): Promise<readonly (PersonRow & Presence & { readonly organizationName: string })[]> {
  const { rows } = await sql<
    PersonRow & Presence & { readonly organizationName: string }
  >`select ${PERSON}, ${PRESENCE},
      organization.name as "organizationName"
    from person join organization using (organization_id)
    where ${ofOperator(operatorId, 'person.operator_id')} and person.email_key = lower(${email})
    order by organization.name, person.person_id limit 20`.execute(work.tx)
  return rows
}

/** One person of an organization and whoever has a role in it, by name: at most a hundred. */
export async function contactsOf(
  work: Work,
  organizationId: string,
  personId: string,
): Promise<readonly (PersonRow & Presence)[]> {
  const { rows } = await sql<PersonRow & Presence>`select ${PERSON}, ${PRESENCE} from person
    where ${ofOrganization(organizationId)} and (person_id = ${personId} or roles <> '{}')
    order by person_id <> ${personId}, name, person_id limit 100`.execute(work.tx)
  return rows.filter((one) => one.organizationId === organizationId)
}

/** Everybody of an organization, its own people and partners', by name. */
export async function peopleOf(work: Work, organizationId: string): Promise<readonly (PersonRow & Presence)[]> {
  const { rows } = await sql<PersonRow & Presence>`select ${PERSON}, ${PRESENCE} from person
    where ${ofOrganization(organizationId)} order by name, person_id limit 500`.execute(work.tx)
  return rows
}

export async function agentOf(work: Work, operatorId: string, agentId: string): Promise<AgentRow | undefined> {
  const { rows } =
    await sql<AgentRow>`select ${AGENT} from agent where ${ofOperator(operatorId)} and agent_id = ${agentId}`.execute(
      work.tx,
    )
  return rows[0]
}

/** Everybody who answers for an operator, leads among them. */
export async function agentsOf(work: Work, operatorId: string): Promise<readonly AgentRow[]> {
  const { rows } =
    await sql<AgentRow>`select ${AGENT} from agent where ${ofOperator(operatorId)} order by name, agent_id limit 5000`.execute(
      work.tx,
    )
  return rows
}

export async function insertOrganization(work: Work, row: OrganizationRow): Promise<void> {
  await sql`insert into organization (organization_id, operator_id, name, country, contract, prospect, created_at)
    values (${row.organizationId}, ${row.operatorId}, ${row.name}, ${row.country}, ${row.contract}, ${row.prospect ?? false}, ${work.now})
    on conflict do nothing`.execute(work.tx)
}

export async function insertPerson(work: Work, row: PersonRow): Promise<void> {
  const activeFrom = row.partnerId === null ? work.now : null
  await sql`insert into person (organization_id, operator_id, person_id, sign_in_id, email, name, phone, language, zone, roles,
      partner_id, partner_name, active_from, created_at)
    values (${row.organizationId}, ${row.operatorId}, ${row.personId}, ${row.signInId}, ${row.email}, ${row.name}, ${row.phone},
      ${row.language}, ${row.zone}, ${row.roles}, ${row.partnerId}, ${row.partnerName}, ${activeFrom}, ${work.now})
    on conflict do nothing`.execute(work.tx)
}

export async function insertAgent(work: Work, row: AgentRow): Promise<void> {
  await sql`insert into agent (operator_id, agent_id, sign_in_id, email, name, language, zone, lead, created_at)
    values (${row.operatorId}, ${row.agentId}, ${row.signInId}, ${row.email}, ${row.name}, ${row.language}, ${row.zone},
      ${row.lead}, ${work.now})`.execute(work.tx)
}

/** The sign-in of an address, made when there is none: one human, however many organizations. */
export async function signInFor(work: Work, newId: string, email: string, name: string): Promise<string> {
  await sql`insert into signin."user" (id, name, email, "emailVerified") values (${newId}, ${name}, ${email.toLowerCase()}, true)
    on conflict (email) do nothing`.execute(work.tx)
  const { rows } = await sql<{ id: string }>`select id from signin."user" where email = ${email.toLowerCase()}`.execute(
    work.tx,
  )
  const found = rows[0]
  if (!found) throw new Error('the sign-in that was just made is not there')
  return found.id
}

/** A person one is, with the organization he is it in. */
export type OwnPerson = PersonRow & { readonly organizationName: string; readonly active: boolean }

export type Identity = {
  readonly people: readonly OwnPerson[]
  readonly agents: readonly AgentRow[]
  readonly scope: string | null
}

/** Everybody a proven sign-in stands for, or a live token at its one operator, in one round trip: every request asks it. */
export async function identityOf(database: Database, actor: Doorkeeper): Promise<Identity | undefined> {
  const tokenHash = 'tokenHash' in actor ? actor.tokenHash : null
  const ofToken = tokenHash === null ? sql`true` : sql`operator_id in (select token.operator_id from api_token token)`
  const { rows, now } = await database.ask(
    actor,
    sql<
      Omit<Identity, 'people'> & { readonly expiresAt: Temporal.Instant | null; readonly people: readonly Written[] }
    >`
    select (select scope from api_token where token_hash = ${tokenHash}) as scope,
      (select expires_at from api_token where token_hash = ${tokenHash}) as "expiresAt",
      coalesce((select json_agg(json_build_object('organizationId', organization_id, 'operatorId', operator_id, 'personId', person_id,
        'signInId', sign_in_id, 'email', email, 'name', person.name, 'phone', phone, 'language', language, 'zone', zone, 'roles', roles,
        'partnerId', partner_id, 'partnerName', partner_name, 'organizationName', organization.name,
        'activeFrom', active_from, 'activeUntil', active_until)
        order by partner_id is not null, organization.prospect, person.created_at, person_id)
        from person join organization using (organization_id, operator_id) where ${ofToken}), '[]') as people,
      coalesce((select json_agg(json_build_object('operatorId', operator_id, 'agentId', agent_id, 'signInId', sign_in_id, 'email', email,
        'name', name, 'language', language, 'zone', zone, 'lead', lead) order by created_at, agent_id) from agent where ${ofToken}), '[]') as agents`,
  )
  const [found] = rows
  const isOver = tokenHash !== null && (!found?.expiresAt || Temporal.Instant.compare(found.expiresAt, now) <= 0)
  if (isOver || !found) return undefined
  return { ...found, people: found.people.map((one) => ownPerson(one, now)) }
}

type Written = Omit<OwnPerson, 'active'> & { readonly activeFrom: string | null; readonly activeUntil: string }

function ownPerson({ activeFrom, activeUntil, ...person }: Written, now: Temporal.Instant): OwnPerson {
  const facts = {
    partnerId: person.partnerId,
    activeFrom: activeFrom === null ? null : Temporal.Instant.from(activeFrom),
    activeUntil: activeUntil === 'infinity' ? null : Temporal.Instant.from(activeUntil),
  }
  return { ...person, active: absenceOf(facts, now) === undefined }
}

export async function insertToken(
  work: Work,
  token: { operatorId: string; tokenHash: string; signInId: string; scope: string; expiresAt: Temporal.Instant },
): Promise<void> {
  await sql`insert into api_token (operator_id, token_hash, sign_in_id, scope, created_at, expires_at)
    values (${token.operatorId}, ${token.tokenHash}, ${token.signInId}, ${token.scope}, ${work.now}, ${token.expiresAt})`.execute(
    work.tx,
  )
}

/** Who at an operator has an address: for the command line and the demonstration, which name people by it. */
export async function findByEmail(
  work: Work,
  operatorId: string,
  email: string,
): Promise<{ readonly signInId: string; readonly actor: Member | Agent } | undefined> {
  const { rows } = await sql<{ signInId: string; actor: Member | Agent }>`
    select sign_in_id as "signInId", json_build_object('kind', 'member', 'personId', person_id, 'organizationId', organization_id,
        'operatorId', operator_id) as actor
      from person where ${ofOperator(operatorId)} and lower(email) = lower(${email})
    union all
    select sign_in_id, json_build_object('kind', 'agent', 'agentId', agent_id, 'operatorIds', json_build_array(operator_id), 'lead', lead)
      from agent where ${ofOperator(operatorId)} and lower(email) = lower(${email}) limit 1`.execute(work.tx)
  return rows[0]
}

/** Everybody of an operator: the people to become in the demonstration. */
export async function castOf(
  work: Work,
  operatorId: string,
): Promise<
  readonly {
    readonly signInId: string
    readonly email: string
    readonly name: string
    readonly at: string
    readonly roles: readonly string[]
    readonly agent: boolean
  }[]
> {
  const { rows } = await sql<{
    signInId: string
    email: string
    name: string
    at: string
    roles: readonly string[]
    agent: boolean
  }>`
    select sign_in_id as "signInId", email, agent.name, '' as at, case when lead then array['lead'] else array[]::text[] end as roles, true as agent
      from agent where ${ofOperator(operatorId)}
    union all
    select sign_in_id, email, person.name, organization.name, roles, false
      from person join organization using (organization_id) where ${ofOperator(operatorId, 'person.operator_id')}
    order by agent, name limit 100`.execute(work.tx)
  return rows
}

export async function organizationOf(work: Work, organizationId: string): Promise<OrganizationRow | undefined> {
  const { rows } = await sql<OrganizationRow>`select ${ORGANIZATION} from organization
    where ${ofOrganization(organizationId)}`.execute(work.tx)
  return rows[0]
}

export async function insertInvitation(
  work: Work,
  invitation: { operatorId: string; tokenHash: string; expiresAt: Temporal.Instant },
): Promise<void> {
  await sql`insert into invitation (operator_id, token_hash, created_at, expires_at)
    values (${invitation.operatorId}, ${invitation.tokenHash}, ${work.now}, ${invitation.expiresAt})`.execute(work.tx)
}

/** Uses an invitation up; false when somebody else was first or it is too old. */
export async function useInvitation(work: Work, operatorId: string, tokenHash: string): Promise<boolean> {
  const { numAffectedRows } = await sql`update invitation set used_at = ${work.now}
    where ${ofOperator(operatorId)} and token_hash = ${tokenHash} and used_at is null and expires_at > ${work.now}`.execute(
    work.tx,
  )
  return numAffectedRows === 1n
}

export async function hasAgents(work: Work, operatorId: string): Promise<boolean> {
  const { rows } = await sql<{
    some: boolean
  }>`select exists (select from agent where ${ofOperator(operatorId)}) as some`.execute(work.tx)
  return rows[0]?.some ?? false
}
