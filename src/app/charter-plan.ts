import type { Database } from '../database/work.ts'
import { yearsMissing } from '../rooms/calendars/index.ts'
import { wouldBeDue } from '../rooms/cases/index.ts'
import type { MovingCase } from '../rooms/cases/index.ts'
import {
  charterInForce,
  charterSchema,
  differenceOf,
  documentInForce,
  missingYearText,
  textsChanged,
} from '../rooms/entitlements/index.ts'
import type { Charter } from '../rooms/entitlements/index.ts'
import { operators } from '../rooms/people/index.ts'
import { readCharterFolder, refuseLostYears } from './charters.ts'

const SHOWN = 20

/**
 * What `svar charter apply` would change, and what that would do to open cases, as lines for a person. Writes nothing, and
 * refuses what apply would refuse.
 */
export async function planCharter(database: Database, folder: string): Promise<readonly string[]> {
  const document = readCharterFolder(folder)
  const next = charterSchema.parse(document)
  const known = await database.work({ kind: 'visitor' }, (work) => operators(work))
  const operatorId = known.find(({ slug }) => slug === next.operator)?.operatorId
  if (!operatorId)
    return [
      `${next.operator} is new: this would be version 1 of its charter.`,
      ...warnings(next, Temporal.Now.instant()),
    ]
  return database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
    await refuseLostYears(work, { operatorId, folder, document })
    const { charter: inForce, version } = await charterInForce(work, operatorId)
    const changes = differenceOf(inForce, next)
    const texts = textsChanged(await documentInForce(work, operatorId), document)
    const head =
      changes.length === 0 && texts === 0
        ? `Nothing would change: version ${version} of ${next.operator} is in force and says the same.`
        : `Against version ${version} of ${next.operator}, which is in force:`
    const moves = await wouldBeDue(work, operatorId, { inForce, next })
    return [
      head,
      ...changes.map((line) => `  ${line}`),
      ...(texts === 0 ? [] : [`  ${texts} ${texts === 1 ? 'text' : 'texts'} changed`]),
      ...movesText(moves, next.zone),
      ...warnings(next, work.now),
    ]
  })
}

function movesText(
  { same, earlier, later, unpromised }: Awaited<ReturnType<typeof wouldBeDue>>,
  zone: string,
): readonly string[] {
  const all = same + earlier.length + later.length + unpromised.length
  if (all === 0) return ['No open case waits for its first answer.']
  const moving = [...earlier, ...later, ...unpromised].toSorted((one, other) => (one.number < other.number ? -1 : 1))
  const gone = unpromised.length === 0 ? '' : `, ${unpromised.length} without any promise`
  return [
    `Of ${all} open ${all === 1 ? 'case that waits' : 'cases that wait'} for a first answer, ${earlier.length} would be due earlier, ${later.length} later, ${same} the same${gone}. Open cases keep their terms; the change is for cases opened after it.`,
    ...moving.slice(0, SHOWN).map((one) => `  ${moveText(one, zone)}`),
    ...(moving.length > SHOWN ? [`  and ${moving.length - SHOWN} more`] : []),
  ]
}

function moveText({ number, due, wouldBeDue: would }: MovingCase, zone: string): string {
  return `${number}: ${wallText(due, zone)} -> ${would ? wallText(would, zone) : 'no promise'}`
}

/** "2026-06-15 10:00", in the operator's zone. */
function wallText(at: Temporal.Instant, zone: string): string {
  return at.toZonedDateTimeISO(zone).toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T', ' ')
}

/** Years that the holidays should know and do not. */
function warnings({ holidays, zone }: Charter, now: Temporal.Instant): readonly string[] {
  const today = now.toZonedDateTimeISO(zone).toPlainDate().toString()
  return Object.values(holidays).flatMap((layer) =>
    yearsMissing(layer, today).map((year) => `Warning: ${layer.id}: ${missingYearText(year, 'en')}.`),
  )
}
