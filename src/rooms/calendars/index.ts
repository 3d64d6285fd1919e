/** Calendars: when somebody is open, in which zone, and what that does to minutes and working days. */
export { aroundTheClock, everyDay, layered, mondayToFriday, WEEKDAYS } from './rules/calendar.ts'
export type { BusinessCalendar, LayerDay, Span, Weekday } from './rules/calendar.ts'
export { assumesUnknownYear, yearsMissing } from './rules/holiday-years.ts'
export { parseLayerDay, writtenDay } from './rules/layer-day.ts'
export type { WrittenDay } from './rules/layer-day.ts'
export { parseSpan, spanText } from './rules/span.ts'
export { addOpenMinutes, addOpenMinutesMs, isOpen, nextOpening, openSegments } from './rules/opening.ts'
export { addWorkingDays } from './rules/working-days.ts'
