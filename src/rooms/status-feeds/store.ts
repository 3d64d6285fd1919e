import { sql } from 'kysely'
import type { Job, Member } from '../../database/actor.ts'
import { ofOperator, ofOrganization } from '../../database/wall.ts'
import { leaveToCommit } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { insertJobs } from '../../jobs/enqueue.ts'
import type { NewJob } from '../../jobs/enqueue.ts'
import type { Owner } from './status.ts'

/** The tables this room writes. */
export const TABLES = ['status_file', 'status_address', 'status_address_file'] as const

/** Jobs that follow, left to the commit. */
export function later(work: Work, jobs: readonly NewJob[]): void {
  if (jobs.length > 0) leaveToCommit(work, insertJobs(work, jobs))
}

/**
 * Notes that an operator's files are written as they were read at a moment, and keeps others from writing them until the commit.
 * Answers false when what is written already was read later.
 */
export async function mayWriteFiles(work: Work<Job>, operatorId: string, readAt: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`insert into status_file (operator_id, read_at) values (${operatorId}, ${readAt})
    on conflict (operator_id) do update set read_at = excluded.read_at where status_file.read_at <= excluded.read_at
    returning read_at`.execute(work.tx)
  return rows.length > 0
}

// ---- Private addresses

/** The private address of an organization, without its secret, which is made from the id. */
export type Address = { readonly addressId: string; readonly madeAt: Temporal.Instant; readonly madeBy: string }

/** The address of an organization, with the name of who made it. */
export async function addressOf(work: Work, organizationId: string): Promise<Address | undefined> {
  const { rows } =
    await sql<Address>`select status_address.address_id as "addressId", status_address.made_at as "madeAt",
      person.name as "madeBy"
    from status_address join person on person.organization_id = status_address.organization_id
      and person.person_id = status_address.made_by
    where ${ofOrganization(organizationId, 'status_address.organization_id')}`.execute(work.tx)
  return rows[0]
}

/** Makes the member's organization an address where it has none. */
export async function insertAddress(work: Work<Member>, addressId: string): Promise<void> {
  const { organizationId, operatorId, personId } = work.actor
  await sql`insert into status_address (organization_id, operator_id, address_id, made_by, made_at)
    values (${organizationId}, ${operatorId}, ${addressId}, ${personId}, ${work.now})
    on conflict (organization_id) do nothing`.execute(work.tx)
}

/** Takes an address of the member's organization back; answers false when it is not its address any more. */
export async function deleteAddress(work: Work<Member>, addressId: string): Promise<boolean> {
  const { rows } = await sql`delete from status_address
    where ${ofOrganization(work.actor.organizationId)} and address_id = ${addressId} returning address_id`.execute(
    work.tx,
  )
  return rows.length > 0
}

/** Whose an address at an operator is; undefined when it was taken back. */
export async function ownerOf(work: Work, operatorId: string, addressId: string): Promise<Owner | undefined> {
  const { rows } = await sql<Owner>`select organization.organization_id as "organizationId", organization.name
    from status_address join organization on organization.organization_id = status_address.organization_id
    where ${ofOperator(operatorId, 'status_address.operator_id')} and status_address.address_id = ${addressId}`.execute(
    work.tx,
  )
  return rows[0]
}

// ---- Their files

export type OwnFiles = { readonly organizationId: string; readonly addressId: string }

/** Files younger than this need not be written anew for their age. */
const FRESH = { seconds: 270 }
/** What was written then may be committed a moment later. */
const UNSETTLED = { seconds: 10 }

/** Addresses whose files have never been written, are old, or were read before an incident changed that concerns them; by organization. */
export async function dueAddresses(
  work: Work,
  operatorId: string,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Promise<readonly (Owner & OwnFiles)[]> {
  const old = work.now.subtract(FRESH)
  // What changed earlier than that is in every file that is not old.
  const { rows } = await sql<Owner & OwnFiles>`with changed as materialized (
      select updated_at + ${`${UNSETTLED.seconds} seconds`}::interval as settled_at, organizations, regions from incident
      where ${ofOperator(operatorId)} and updated_at >= ${old.subtract(UNSETTLED)} and published_at is not null)
    select address.organization_id as "organizationId", address.address_id as "addressId", organization.name
    from status_address address join organization on organization.organization_id = address.organization_id
      left join status_address_file file on file.organization_id = address.organization_id and file.address_id = address.address_id
    where ${ofOperator(operatorId, 'address.operator_id')}
      and (${after ?? null}::uuid is null or address.organization_id > ${after ?? null}::uuid)
      and (file.read_at is null or file.read_at <= ${old} or exists (select from changed where settled_at >= file.read_at
        and (organizations is null or address.organization_id = any(organizations))
        and (regions is null or organization.country = any(regions))))
    order by address.organization_id limit ${limit}`.execute(work.tx)
  return rows
}

/**
 * Notes that the files of an address are written as they were read at a moment, and keeps others from writing and from taking them
 * away until the commit. Answers what was written last, or undefined when what is written already was read later.
 */
export async function mayWriteOwnFiles(
  work: Work<Job>,
  operatorId: string,
  { organizationId, addressId, readAt }: OwnFiles & { readonly readAt: Temporal.Instant },
): Promise<{ readonly digest: string | null } | undefined> {
  const { rows } = await sql<{ digest: string | null }>`insert into status_address_file
      (organization_id, operator_id, address_id, read_at)
    values (${organizationId}, ${operatorId}, ${addressId}, ${readAt})
    on conflict (organization_id, address_id) do update set read_at = excluded.read_at
      where status_address_file.read_at <= excluded.read_at and status_address_file.left_at is null
    returning digest`.execute(work.tx)
  return rows[0]
}

export async function noteWritten(
  work: Work<Job>,
  { organizationId, addressId, digest }: OwnFiles & { readonly digest: string },
): Promise<void> {
  await sql`update status_address_file set digest = ${digest}
    where ${ofOrganization(organizationId)} and address_id = ${addressId}`.execute(work.tx)
}

/** Notes that the files of an address are to go, whether there are any or not; nobody writes them any more. */
export async function leaveFiles(
  work: Work<Job>,
  operatorId: string,
  { organizationId, addressId }: OwnFiles,
): Promise<void> {
  await sql`insert into status_address_file (organization_id, operator_id, address_id, read_at, left_at)
    values (${organizationId}, ${operatorId}, ${addressId}, ${work.now}, ${work.now})
    on conflict (organization_id, address_id) do update set left_at = excluded.left_at`.execute(work.tx)
}

/** Locks the note of files that are to go, until the commit; false when they are gone already. */
export async function lockLeftFiles(work: Work<Job>, { organizationId, addressId }: OwnFiles): Promise<boolean> {
  const { rows } = await sql`select from status_address_file
    where ${ofOrganization(organizationId)} and address_id = ${addressId} and left_at is not null for update`.execute(
    work.tx,
  )
  return rows.length > 0
}

/** The files are gone. */
export async function forgetFiles(work: Work<Job>, { organizationId, addressId }: OwnFiles): Promise<void> {
  await sql`delete from status_address_file
    where ${ofOrganization(organizationId)} and address_id = ${addressId}`.execute(work.tx)
}

/** Files that were to go long enough ago, the oldest first: their job has given up. */
export async function leftFiles(
  work: Work,
  operatorId: string,
  { before, limit }: { readonly before: Temporal.Instant; readonly limit: number },
): Promise<readonly OwnFiles[]> {
  const { rows } =
    await sql<OwnFiles>`select organization_id as "organizationId", address_id as "addressId" from status_address_file
    where ${ofOperator(operatorId)} and left_at is not null and left_at < ${before} order by left_at limit ${limit}`.execute(
      work.tx,
    )
  return rows
}
