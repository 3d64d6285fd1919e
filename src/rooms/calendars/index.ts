/** Calendars: when somebody is open, in which zone, and what that does to minutes and working days. */
export { aroundTheClock, everyDay, layered, mondayToFriday, WEEKDAYS } from './rules/calendar.ts'
export type { BusinessCalendar, HolidayLayer, LayerDay, LocalDate, Span, Weekday } from './rules/calendar.ts'
export { parseSpan, spanText } from './rules/span.ts'
export { addOpenMinutes, closingOf, isOpen, nextOpening, openSecondsBetween, openSegments } from './rules/opening.ts'
export { addOpenMinutesMs, isOpenMs, nextOpeningMs, openSecondsBetweenMs } from './rules/opening.ts'
export type { Segment } from './rules/opening.ts'
export { addWorkingDays, addWorkingDaysMs } from './rules/working-days.ts'
export type { WorkingDayReading, WorkingDayRule } from './rules/working-days.ts'
