/** Entitlements: the charter in force and what it gives whom - support types, topics, severities, calendars. */
export { applyCharter, charterAt, charterInForce, documentInForce, recordCharterChange } from './charter.ts'
export type { CharterInForce } from './charter.ts'
export { becauseText } from './because-text.ts'
export { missingYearText } from './missing-year-text.ts'
export { charterFaults } from './charter-faults.ts'
export { charterJsonSchema, charterSchema } from './charter-schema.ts'
export { CLOCK_KINDS } from './rules/charter.ts'
export type {
  Charter,
  Checklist,
  ChecklistStep,
  ClockKind,
  NamedCalendar,
  NamedLayer,
  ScopeLimit,
  Service,
  Severity,
  SupportType,
  TargetTerms,
  TypeQuestion,
} from './rules/charter.ts'
export { differenceOf, textsChanged } from './rules/difference.ts'
export { layersOf } from './rules/layers.ts'
export { publicPromise, targetFor } from './rules/targets.ts'
export { grantSeverity, rankOf, supportTypeOf } from './rules/severity.ts'
export type { Because } from './rules/severity.ts'
export { writtenTarget } from './rules/terms.ts'
