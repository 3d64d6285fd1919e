import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import type { SupportType } from '../entitlements/index.ts'
import { calendarOf, queuesOf } from './expected-wait.ts'
import { eachSlot } from './rules/slots.ts'
import { forecastsOf, seatsFrom, shiftsOf } from './store.ts'
import type { Told } from './told.ts'

/** What can be promised to whoever asks now, before he has said what it is about: the wait by severity, and the first free time. */
export type CallOffer = {
  readonly type: SupportType
  readonly waits: readonly { readonly severity: string; readonly told: Told }[]
  readonly first: number | undefined
}

/** The calls an operator offers now, a line for each support type. `language` is the customer's. */
export async function callOffers(work: Work, operatorId: string, language: string): Promise<readonly CallOffer[]> {
  const { charter } = await charterInForce(work, operatorId)
  const queues = queuesOf(charter)
  if (queues.length === 0) return []
  const [forecasts, shifts, taken] = await Promise.all([
    forecastsOf(work, operatorId),
    shiftsOf(work, operatorId),
    seatsFrom(work, operatorId, work.now),
  ])
  return queues.map((type) => {
    const calendar = calendarOf(charter, type.id)
    const topics = charter.topics.filter(({ supportType }) => supportType === type.id).map(({ id }) => id)
    const serving = shifts.filter(
      ({ skills }) => skills.topics === null || skills.topics.some((id) => topics.includes(id)),
    )
    const now = work.now.epochMilliseconds
    const slots =
      calendar && eachSlot({ calendar, shifts: serving, taken, need: { language }, rules: charter.calls, now })
    const waits = forecasts.filter(({ queue }) => queue === type.id)
    return {
      type,
      waits: waits.map(({ severity, said }) => ({ severity, told: said })),
      first: slots?.next().value?.at,
    }
  })
}
