import { parseArgs } from 'node:util'
import type { Database } from '../database/work.ts'
import { moveTerms } from '../rooms/cases/index.ts'
import type { MovedCase, MovedTerms } from '../rooms/cases/index.ts'
import { operators } from '../rooms/people/index.ts'

const MOVE_USAGE = `svar charter move-cases --operator <name> (--preview | --by <who>)
    moves open cases to the charter in force; without it they keep the terms they were opened under`

const CASES_AT_ONCE = 200
const SHOWN = 20

/** `svar charter move-cases`: what newer terms would do to open cases, or doing it in somebody's name. 0 well, 1 refused, 2 not understood. */
export async function moveCases(
  arguments_: readonly string[],
  database: Database,
  say: (line: string) => void,
): Promise<number> {
  const { values } = parseArgs({
    args: [...arguments_],
    options: { operator: { type: 'string' }, preview: { type: 'boolean', default: false }, by: { type: 'string' } },
  })
  const { operator, preview, by } = values
  if (!operator || preview === (by !== undefined)) return (say(MOVE_USAGE), 2)
  const known = await database.work({ kind: 'visitor' }, (work) => operators(work))
  const operatorId = known.find(({ slug }) => slug === operator)?.operatorId
  if (!operatorId) return (say(`There is no operator ${operator}.`), 1)
  const moved = await allMoved(database, operatorId, { preview, by: by ?? '' })
  for (const line of summaryOf(moved, preview)) say(line)
  return 0
}

async function allMoved(
  database: Database,
  operatorId: string,
  how: { readonly preview: boolean; readonly by: string },
): Promise<readonly MovedCase[]> {
  const all: MovedCase[] = []
  let after: MovedTerms['last']
  do {
    const { moved, last } = await database.work({ kind: 'job', operatorIds: [operatorId] }, (work) =>
      moveTerms(work, operatorId, { ...how, limit: CASES_AT_ONCE, after }),
    )
    all.push(...moved)
    after = last
  } while (after)
  return all
}

function summaryOf(moved: readonly MovedCase[], preview: boolean): readonly string[] {
  const changed = moved.filter(({ before, after }) => before !== after)
  const sooner = changed.filter(({ before, after }) => (after ?? 'infinity') < (before ?? 'infinity')).length
  return [
    `${moved.length} open cases ${preview ? 'would be' : 'were'} moved to the charter in force: ${sooner} owe their next answer earlier, ${changed.length - sooner} later, ${moved.length - changed.length} at the same moment.`,
    ...changed
      .slice(0, SHOWN)
      .map(({ number, before, after }) => `  ${number}  ${before ?? 'nothing'} -> ${after ?? 'nothing'}`),
    ...(changed.length > SHOWN ? [`  and ${changed.length - SHOWN} more`] : []),
  ]
}
