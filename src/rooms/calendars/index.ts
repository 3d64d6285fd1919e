/** Calendars: when somebody is open, in which zone, and what that does to minutes and working days. */
export { aroundTheClock, everyDay, mondayToFriday, WEEKDAYS } from './rules/calendar.ts'
export type { BusinessCalendar, Span, Weekday } from './rules/calendar.ts'
export { parseSpan } from './rules/span.ts'
export { addOpenMinutes, addOpenMinutesMs, isOpen, nextOpening } from './rules/opening.ts'
export { addWorkingDays } from './rules/working-days.ts'
