import { newId } from '../../base/ids.ts'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import { daysInForce } from './days-in-force.ts'
import { HolidayProblem } from './holiday-problem.ts'
import { differenceOf } from './rules/days.ts'
import type { DayChange, YearDays } from './rules/days.ts'
import { insertProposal } from './store.ts'

/** Days somebody wants for a year of a layer, and where they come from. */
export type Wanted = {
  readonly operatorId: string
  readonly layer: string
  readonly year: number
  readonly days: YearDays
  readonly source: string
}

/**
 * Proposes the public holidays of a year, for a support lead to decide; answers the difference against what is in
 * force. Nothing moves. A `HolidayProblem` where the charter has no such layer.
 */
export async function proposeHolidays(
  work: Work<Job>,
  { operatorId, layer, year, days, source }: Wanted,
): Promise<{ readonly proposalId: string; readonly difference: readonly DayChange[] }> {
  const { charter } = await charterInForce(work, operatorId)
  const known = charter.holidays[layer]
  if (!known) {
    const names = Object.keys(charter.holidays).join(', ') || 'none'
    throw new HolidayProblem(
      `The charter has no holiday layer "${layer}" (it has ${names}). Add it under "holidays" in the charter's folder, and apply it.`,
    )
  }
  const difference = differenceOf(daysInForce(known, year), days)
  const proposalId = newId()
  await insertProposal(work, { operatorId, proposalId, layer, year, days, difference, source })
  return { proposalId, difference }
}
