import { sql } from 'kysely'
import type { Job, Member } from '../../database/actor.ts'
import { ofOrganization } from '../../database/wall.ts'
import type { Work } from '../../database/work.ts'

/** The tables this room writes. */
export const TABLES = ['partner_of_record'] as const

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
