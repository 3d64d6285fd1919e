import { sql } from 'kysely'
import { newId } from '../../base/ids.ts'
import type { Words } from '../../base/locale.ts'
import { ofOperator } from '../../database/wall.ts'
import type { Work } from '../../database/work.ts'

/** The tables this room writes. */
export const TABLES = ['incident'] as const

export type Incident = {
  readonly incidentId: string
  /** A service of the charter, by id. */
  readonly service: string
  readonly kind: 'incident' | 'advisory'
  readonly title: Words
  readonly impact: Words
  readonly startedAt: Temporal.Instant
  readonly updatedAt: Temporal.Instant
}

/** What is not well at an operator now, the newest first. */
export async function currentHealth(work: Work, operatorId: string): Promise<readonly Incident[]> {
  const { rows } =
    await sql<Incident>`select incident_id as "incidentId", service, kind, title, impact, started_at as "startedAt", updated_at as "updatedAt"
    from incident where ${ofOperator(operatorId)} and resolved_at is null order by started_at desc limit 20`.execute(
      work.tx,
    )
  return rows
}

export async function postIncident(
  work: Work,
  operatorId: string,
  told: Pick<Incident, 'service' | 'kind' | 'title' | 'impact'> & { readonly startedAt: Temporal.Instant },
): Promise<string> {
  const incidentId = newId()
  await sql`insert into incident (operator_id, incident_id, service, kind, title, impact, started_at, updated_at)
    values (${operatorId}, ${incidentId}, ${told.service}, ${told.kind}, ${JSON.stringify(told.title)}, ${JSON.stringify(told.impact)},
      ${told.startedAt}, ${work.now})`.execute(work.tx)
  return incidentId
}
