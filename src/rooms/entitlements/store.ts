import { sql } from 'kysely'
import { ofOperator } from '../../database/wall.ts'
import type { Work } from '../../database/work.ts'

/** The tables this room writes. */
export const TABLES = ['charter_version', 'charter_audit'] as const

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

export async function insertAuditEntry(
  work: Work,
  of: {
    readonly operatorId: string
    readonly entryId: string
    readonly version: number
    readonly kind: string
    readonly agentId: string
    readonly payload: unknown
  },
): Promise<void> {
  await sql`insert into charter_audit (operator_id, entry_id, version, kind, agent_id, payload, recorded_at)
    values (${of.operatorId}, ${of.entryId}, ${of.version}, ${of.kind}, ${of.agentId}, ${JSON.stringify(of.payload)},
      ${work.now})`.execute(work.tx)
}
