import type { Work } from '../../database/work.ts'
import { charterSchema, documentInForce } from '../entitlements/index.ts'
import type { NamedLayer } from '../entitlements/index.ts'
import { writtenDay } from '../calendars/index.ts'

/** A year of a layer that is approved now and would not be any more. */
export type LostYear = { readonly layer: string; readonly year: number; readonly by: string }

/**
 * Years, this one or later, that the charter in force has approved and a document with the same layer has not: what a
 * support lead approved inside the product is not in the operator's files by itself. A layer that is not in the document
 * at all was taken out on purpose.
 */
export async function yearsLost(work: Work, operatorId: string, document: unknown): Promise<readonly LostYear[]> {
  const layers = Object.values(await layersInForce(work, operatorId))
  const next = charterSchema.parse(document).holidays
  const thisYear = work.now.toZonedDateTimeISO('UTC').year
  return layers.flatMap(({ id, approved }) =>
    approved
      .filter(({ year }) => year >= thisYear && next[id]?.approved.some((one) => one.year === year) === false)
      .map(({ year, by }) => ({ layer: id, year, by })),
  )
}

/** A layer in force as a charter writes it; undefined when there is none of this name. */
export async function writtenLayer(work: Work, operatorId: string, layerId: string): Promise<unknown> {
  const layer = (await layersInForce(work, operatorId))[layerId]
  if (!layer) return undefined
  const { name, region, source, approved, days } = layer
  const dates = Object.entries(days).toSorted(([one], [other]) => (one < other ? -1 : 1))
  const written = Object.fromEntries(dates.map(([date, day]) => [date, writtenDay(day)]))
  return { name, region, source, approved, days: written }
}

async function layersInForce(work: Work, operatorId: string): Promise<Readonly<Record<string, NamedLayer>>> {
  const document = await documentInForce(work, operatorId)
  return document === undefined ? {} : charterSchema.parse(document).holidays
}
