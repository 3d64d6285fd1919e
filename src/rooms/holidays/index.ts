/** Holidays: proposals for the public holidays of a year, and their way into the charter by a support lead's approval. */
export { HolidayProblem } from './holiday-problem.ts'
export { writtenLayer, yearsLost } from './in-force.ts'
export { proposeHolidays } from './propose.ts'
export { readChineseDays } from './read-chinese-days.ts'
export { readIcs } from './read-ics.ts'
export type { DayChange } from './rules/days.ts'
