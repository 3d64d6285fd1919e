import { sql } from 'kysely'
import { ofOperator } from '../../database/wall.ts'
import type { Work } from '../../database/work.ts'
import type { DayChange, YearDays } from './rules/days.ts'

/** The tables this room writes. */
export const TABLES = ['holiday_proposal'] as const

export type ProposalRow = {
  readonly proposalId: string
  readonly layer: string
  readonly year: number
  readonly days: YearDays
  /** Against what was in force when it was proposed. */
  readonly difference: readonly DayChange[]
  readonly source: string
  readonly proposedAt: Temporal.Instant
  readonly decidedAt: Temporal.Instant | null
  /** The name of the support lead who decided, while he is an agent. */
  readonly decidedByName: string | null
  readonly decision: 'approved' | 'rejected' | null
}

const COLUMNS = sql`proposal_id as "proposalId", layer, year, days, difference, source, proposed_at as "proposedAt",
  decided_at as "decidedAt", decision, (select agent.name from agent where agent.operator_id = holiday_proposal.operator_id
    and agent.agent_id = holiday_proposal.decided_by) as "decidedByName"`

/** Proposals nobody has decided, the oldest first, then the decided ones, the latest first. */
export async function proposalsOf(work: Work, operatorId: string, limit: number): Promise<readonly ProposalRow[]> {
  const { rows } = await sql<ProposalRow>`select ${COLUMNS} from holiday_proposal where ${ofOperator(operatorId)}
    order by decided_at desc nulls first, proposed_at, proposal_id limit ${limit}`.execute(work.tx)
  return rows
}

export async function proposalOf(work: Work, operatorId: string, proposalId: string): Promise<ProposalRow | undefined> {
  const { rows } = await sql<ProposalRow>`select ${COLUMNS} from holiday_proposal
    where ${ofOperator(operatorId)} and proposal_id = ${proposalId}`.execute(work.tx)
  return rows[0]
}

export async function insertProposal(
  work: Work,
  row: Pick<ProposalRow, 'proposalId' | 'layer' | 'year' | 'days' | 'difference' | 'source'> & {
    readonly operatorId: string
  },
): Promise<void> {
  await sql`insert into holiday_proposal (operator_id, proposal_id, layer, year, days, difference, source, proposed_at)
    values (${row.operatorId}, ${row.proposalId}, ${row.layer}, ${row.year}, ${JSON.stringify(row.days)},
      ${JSON.stringify(row.difference)}, ${row.source}, ${work.now})`.execute(work.tx)
}

/** Writes a decision; false when somebody has decided already. */
export async function decideProposal(
  work: Work,
  of: {
    readonly operatorId: string
    readonly proposalId: string
    readonly decision: 'approved' | 'rejected'
    readonly agentId: string
  },
): Promise<boolean> {
  const { numAffectedRows } = await sql`update holiday_proposal
    set decision = ${of.decision}, decided_at = ${work.now}, decided_by = ${of.agentId}
    where ${ofOperator(of.operatorId)} and proposal_id = ${of.proposalId} and decided_at is null`.execute(work.tx)
  return numAffectedRows === 1n
}
