import type { Charter, NamedLayer } from './charter.ts'

/** The holiday layers a calendar of the charter follows, in order: later ones win. */
export function layersOf(charter: Charter, calendarId: string): readonly NamedLayer[] {
  const names = charter.calendars[calendarId]?.holidays ?? []
  return names.flatMap((name) => charter.holidays[name] ?? [])
}
