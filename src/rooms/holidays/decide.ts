import { isId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Agent } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { awaitingFirstAnswer, promise } from '../cases/index.ts'
import type { AwaitingFirstAnswer } from '../cases/index.ts'
import {
  applyCharter,
  charterInForce,
  charterSchema,
  documentInForce,
  recordCharterChange,
} from '../entitlements/index.ts'
import type { Charter, NamedLayer } from '../entitlements/index.ts'
import { requireLead } from '../people/index.ts'
import { daysInForce } from './days-in-force.ts'
import { differenceOf, withYear } from './rules/days.ts'
import type { ApprovedYear, DayChange, DocumentWithLayers } from './rules/days.ts'
import { decideProposal, proposalOf, proposalsOf } from './store.ts'
import type { ProposalRow } from './store.ts'

const SHOWN = 30
const CASES_LOOKED_AT = 2000

/** A proposal as a support lead looks at it: the difference against what is in force now, and what would move. */
export type Standing = ProposalRow & {
  readonly layerKnown: boolean
  readonly differenceNow: readonly DayChange[]
  readonly moving: readonly MovingCase[]
}

/** An open case that would be due at another time, had it been opened under the new days. It keeps its own. */
export type MovingCase = AwaitingFirstAnswer & { readonly wouldBeDueAt: Temporal.Instant }

/** Everything the page of holidays shows: layers, and proposals with what they would change. For support leads only. */
export async function holidaysOf(
  work: Work<Agent>,
  operatorId: string,
): Promise<{ readonly layers: readonly NamedLayer[]; readonly proposals: readonly Standing[]; readonly zone: string }> {
  await requireLead(work, operatorId)
  const { charter } = await charterInForce(work, operatorId)
  const proposals: Standing[] = []
  for (const row of await proposalsOf(work, operatorId, SHOWN)) proposals.push(await standingOf(work, operatorId, row))
  return { layers: Object.values(charter.holidays), proposals, zone: charter.zone }
}

/**
 * Puts the proposed days in force with a new version of the charter, and writes down who did. Open cases keep the
 * version, and the due times, they were opened under. Refused with `proposal-decided` when somebody was faster, and
 * `holiday-layer-gone` when the charter has no such layer any more.
 */
export async function approveProposal(work: Work<Agent>, operatorId: string, proposalId: string): Promise<void> {
  const lead = await requireLead(work, operatorId)
  const proposal = await openProposal(work, operatorId, proposalId, 'approved')
  const { charter } = await charterInForce(work, operatorId)
  const on = work.now.toZonedDateTimeISO(charter.zone).toPlainDate().toString()
  const changed = withYear(await layersIn(work, operatorId), { ...proposal, by: lead.name.slice(0, 120), on })
  if (!changed) throw new Refused('holiday-layer-gone')
  charterSchema.parse(changed)
  const { version } = await applyCharter(work, operatorId, changed)
  const { layer, year, source } = proposal
  const difference = differenceNow(charter, proposal)
  const payload = { proposalId, layer, year, source, difference }
  await recordCharterChange(work, { operatorId, version, kind: 'holidays-approved', payload })
}

/** Says no to a proposal; nothing changes. Refused with `proposal-decided` when somebody was faster. */
export async function rejectProposal(work: Work<Agent>, operatorId: string, proposalId: string): Promise<void> {
  await requireLead(work, operatorId)
  await openProposal(work, operatorId, proposalId, 'rejected')
}

/** The proposal, decided by this transaction. */
async function openProposal(
  work: Work<Agent>,
  operatorId: string,
  proposalId: string,
  decision: 'approved' | 'rejected',
): Promise<ProposalRow> {
  const proposal = isId(proposalId) ? await proposalOf(work, operatorId, proposalId) : undefined
  if (!proposal) throw new Refused('not-found')
  const { agentId } = work.actor
  if (!(await decideProposal(work, { operatorId, proposalId, decision, agentId })))
    throw new Refused('proposal-decided')
  return proposal
}

async function standingOf(work: Work<Agent>, operatorId: string, row: ProposalRow): Promise<Standing> {
  const { charter } = await charterInForce(work, operatorId)
  const layerKnown = charter.holidays[row.layer] !== undefined
  if (row.decision) return { ...row, layerKnown, differenceNow: row.difference, moving: [] }
  const difference = differenceNow(charter, row)
  return { ...row, layerKnown, differenceNow: difference, moving: await casesMoving(work, operatorId, row, difference) }
}

function differenceNow(charter: Charter, { layer, year, days }: ProposalRow): readonly DayChange[] {
  const known = charter.holidays[layer]
  return differenceOf(known ? daysInForce(known, year) : {}, days)
}

/** No day before the first changed one moves, so only cases due from then on are looked at. */
async function casesMoving(
  work: Work<Agent>,
  operatorId: string,
  row: ProposalRow,
  difference: readonly DayChange[],
): Promise<readonly MovingCase[]> {
  const first = difference[0]?.date
  const approved = { ...row, by: 'nobody yet', on: `${row.year}-01-01` }
  const changed = first && (await charterWith(work, operatorId, approved))
  if (!first || !changed) return []
  const { charter } = await charterInForce(work, operatorId)
  const from = Temporal.PlainDate.from(first).toZonedDateTime('UTC').subtract({ hours: 24 }).toInstant()
  const cases = await awaitingFirstAnswer(work, operatorId, { dueAfter: from, limit: CASES_LOOKED_AT })
  return cases.flatMap((one) => movingCase(one, charter, changed))
}

function movingCase(one: AwaitingFirstAnswer, inForce: Charter, changed: Charter): readonly MovingCase[] {
  const dueUnder = (charter: Charter) => promise(charter, one, one.startedAt)?.due
  const before = dueUnder(inForce)
  const after = dueUnder(changed)
  return before && after && !before.equals(after) ? [{ ...one, wouldBeDueAt: after }] : []
}

async function charterWith(work: Work, operatorId: string, approved: ApprovedYear): Promise<Charter | undefined> {
  const changed = withYear(await layersIn(work, operatorId), approved)
  return changed && charterSchema.parse(changed)
}

/** A charter that was applied has been checked, so its layers have the shape the schema says. */
async function layersIn(work: Work, operatorId: string): Promise<DocumentWithLayers> {
  const document = (await documentInForce(work, operatorId)) as Partial<DocumentWithLayers>
  return { ...document, holidays: document.holidays ?? {} }
}
