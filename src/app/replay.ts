import type { Database } from '../database/work.ts'
import { replayClocks } from '../rooms/cases/index.ts'
import type { ClockDifference } from '../rooms/cases/index.ts'
import { operators } from '../rooms/people/index.ts'

const CASES_AT_ONCE = 500

export type Replay = {
  readonly cases: number
  readonly clocks: number
  readonly differences: readonly ClockDifference[]
}

/** Builds the clocks of all operators' cases anew from their events, `most` at most, and compares them with what is stored. */
export async function replayAll(database: Database, most = Infinity): Promise<Replay> {
  const known = await database.work({ kind: 'visitor' }, (work) => operators(work))
  const operatorIds = known.map(({ operatorId }) => operatorId)
  let [cases, clocks] = [0, 0]
  const differences: ClockDifference[] = []
  if (operatorIds.length === 0) return { cases, clocks, differences }
  for (let after: Parameters<typeof replayClocks>[2]; cases < most;) {
    const limit = Math.min(CASES_AT_ONCE, most - cases)
    const some = await database.work({ kind: 'job', operatorIds }, (work) => replayClocks(work, limit, after))
    cases += some.cases
    clocks += some.clocks
    differences.push(...some.differences)
    if (!some.last) break
    after = some.last
  }
  return { cases, clocks, differences }
}
