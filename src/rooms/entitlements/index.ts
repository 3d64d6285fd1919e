/** Entitlements: the charter in force and what it gives whom - support types, topics, severities, calendars. */
export { applyCharter, charterAt, charterInForce, documentInForce, recordCharterChange } from './charter.ts'
export { becauseText } from './because-text.ts'
export { charterSchema } from './charter-schema.ts'
export { SEVERITIES } from './rules/charter.ts'
export type { Charter, NamedLayer, Severity, SupportType } from './rules/charter.ts'
export { calendarFor, supportTypeOf } from './rules/severity.ts'
export type { Because } from './rules/severity.ts'
