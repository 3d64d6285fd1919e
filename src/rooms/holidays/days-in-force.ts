import { writtenDay } from '../calendars/index.ts'
import type { NamedLayer } from '../entitlements/index.ts'
import { yearOf } from './rules/days.ts'
import type { YearDays } from './rules/days.ts'

/** The days of a year in a layer of the charter in force, as a charter writes them. */
export function daysInForce(layer: NamedLayer, year: number): YearDays {
  return yearOf(Object.fromEntries(Object.entries(layer.days).map(([date, day]) => [date, writtenDay(day)])), year)
}
