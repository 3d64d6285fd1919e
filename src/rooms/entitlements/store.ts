import { sql } from 'kysely'
import { ofOperator } from '../../database/wall.ts'
import type { Work } from '../../database/work.ts'

/** The tables this room writes. */
export const TABLES = ['charter_version'] as const

export async function versionInForce(
  work: Work,
  operatorId: string,
): Promise<{ version: number; digest: string } | undefined> {
  const { rows } = await sql<{ version: number; digest: string }>`select version, digest from charter_version
    where ${ofOperator(operatorId)} order by version desc limit 1`.execute(work.tx)
  return rows[0]
}

export async function documentOf(work: Work, operatorId: string, version: number): Promise<unknown> {
  const { rows } = await sql<{ document: unknown }>`select document from charter_version
    where ${ofOperator(operatorId)} and version = ${version}`.execute(work.tx)
  return rows[0]?.document
}

export async function insertVersion(
  work: Work,
  of: { readonly operatorId: string; readonly version: number; readonly document: unknown; readonly digest: string },
): Promise<void> {
  await sql`insert into charter_version (operator_id, version, document, digest, applied_at)
    values (${of.operatorId}, ${of.version}, ${JSON.stringify(of.document)}, ${of.digest}, ${work.now})`.execute(
    work.tx,
  )
}
