import chineseDays from 'chinese-days'
import { HolidayProblem } from './holiday-problem.ts'
import type { YearDays } from './rules/days.ts'

/**
 * The public holidays and make-up working days of mainland China in one year, weekends within a holiday included, as
 * the package chinese-days has them from the State Council's notice. Refuses a year it knows nothing of.
 */
export function readChineseDays(year: number): YearDays {
  const first = Temporal.PlainDate.from({ year, month: 1, day: 1 })
  const dates = Array.from({ length: first.daysInYear }, (_, days) => first.add({ days }))
  const special = dates.flatMap((date): readonly [string, string][] => {
    const { name, work } = chineseDays.getDayDetail(noonOf(date))
    return isSpecial(name) ? [[date.toString(), work ? 'open as monday' : 'closed']] : []
  })
  if (special.length > 0) return Object.fromEntries(special)
  throw new HolidayProblem(
    `chinese-days knows no holidays of ${year} yet. The State Council publishes them in the autumn before: update the package then, or give a file with --ics.`,
  )
}

/** The package reads dates in the process's own zone: at noon it is the same date in every zone. */
function noonOf({ year, month, day }: Temporal.PlainDate): Date {
  return new Date(year, month - 1, day, 12)
}

/** "National Day,国庆节,3" is a day of a notice; an ordinary day has the name of its weekday. */
function isSpecial(name: string): boolean {
  return name.includes(',')
}
