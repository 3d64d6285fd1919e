import { sql } from 'kysely'
import type { Job, Member } from '../../database/actor.ts'
import { ofOperators, ofOrganization } from '../../database/wall.ts'
import type { Work } from '../../database/work.ts'
import type { Relation } from './rules/relation.ts'

/** The tables this room writes. */
export const TABLES = ['partner_of_record', 'partner_relation'] as const

export type Partner = {
  readonly name: string
  readonly phone: string | null
  readonly email: string | null
  readonly website: string | null
}

/** The partner the member's organization bought through; undefined when it bought from the operator itself. */
export async function partnerOf(work: Work<Member>): Promise<Partner | undefined> {
  const { rows } = await sql<Partner>`select name, phone, email, website from partner_of_record
    where ${ofOrganization(work.actor.organizationId)}`.execute(work.tx)
  return rows[0]
}

export async function setPartner(
  work: Work<Job>,
  of: { readonly organizationId: string; readonly operatorId: string },
  partner: Partner,
): Promise<void> {
  await sql`insert into partner_of_record (organization_id, operator_id, name, phone, email, website)
    values (${of.organizationId}, ${of.operatorId}, ${partner.name}, ${partner.phone}, ${partner.email}, ${partner.website})
    on conflict (organization_id) do update set name = excluded.name, phone = excluded.phone, email = excluded.email,
      website = excluded.website`.execute(work.tx)
}

/** A partner who acts, or wants to act, for an organization. */
export type RelationRow = Relation & {
  readonly organizationId: string
  readonly operatorId: string
  readonly partnerId: string
  readonly name: string
  readonly roles: readonly string[]
}

const RELATION = sql`organization_id as "organizationId", operator_id as "operatorId", partner_id as "partnerId", name, roles,
  consented_at as "consentedAt", withdrawn_at as "withdrawnAt", ends_at as "endsAt", extends`

/** A partner asks an organization for its consent to act for it; nothing is allowed before. */
export async function proposeRelation(
  work: Work<Job>,
  of: Pick<RelationRow, 'organizationId' | 'operatorId' | 'partnerId' | 'name' | 'roles' | 'endsAt' | 'extends'>,
): Promise<void> {
  await sql`insert into partner_relation (organization_id, operator_id, partner_id, name, roles, proposed_at, ends_at, extends, look_at)
    values (${of.organizationId}, ${of.operatorId}, ${of.partnerId}, ${of.name}, ${of.roles}, ${work.now}, ${of.endsAt},
      ${of.extends}, 'infinity')`.execute(work.tx)
}

/** The partners of an organization, by name. */
export async function relationsOf(work: Work, organizationId: string): Promise<readonly RelationRow[]> {
  const { rows } = await sql<RelationRow>`select ${RELATION} from partner_relation
    where ${ofOrganization(organizationId)} order by name, partner_id limit 20`.execute(work.tx)
  return rows
}

/** The partners of the organization a case belongs to, by name. */
export async function relationsOfCase(
  work: Work,
  { organizationId, caseId }: { readonly organizationId: string; readonly caseId: string },
): Promise<readonly RelationRow[]> {
  const { rows } = await sql<RelationRow>`select ${RELATION} from partner_relation
    where ${ofOrganization(organizationId)}
      and organization_id = (select support_case.organization_id from support_case where support_case.case_id = ${caseId}
        and ${ofOrganization(organizationId, 'support_case.organization_id')})
    order by name, partner_id limit 20`.execute(work.tx)
  return rows
}

/** Writes how a relation stands now, and when to look at it again; `undefined` for never. */
export async function writeRelation(
  work: Work,
  relation: RelationRow,
  lookAt: Temporal.Instant | undefined,
): Promise<void> {
  await sql`update partner_relation set consented_at = ${relation.consentedAt}, withdrawn_at = ${relation.withdrawnAt},
      ends_at = ${relation.endsAt}, extends = ${relation.extends}, look_at = ${lookAt ?? 'infinity'}
    where ${ofOrganization(relation.organizationId)} and partner_id = ${relation.partnerId}`.execute(work.tx)
}

/** Relations to which something happens by itself by now, the longest ago first; locked, and passed over where another has them. */
export async function relationsDue(
  work: Work,
  operatorIds: readonly string[],
  limit: number,
): Promise<readonly (RelationRow & { readonly lookAt: Temporal.Instant })[]> {
  const { rows } = await sql<
    RelationRow & { readonly lookAt: Temporal.Instant }
  >`select ${RELATION}, look_at as "lookAt"
    from partner_relation where ${ofOperators(operatorIds)} and look_at <= ${work.now} and look_at < 'infinity'
    order by look_at limit ${limit} for update skip locked`.execute(work.tx)
  return rows
}
