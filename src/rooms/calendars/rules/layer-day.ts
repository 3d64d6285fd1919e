import type { LayerDay } from './calendar.ts'
import { WEEKDAYS } from './calendar.ts'
import { parseSpan, spanText } from './span.ts'

/**
 * A day of a holiday layer as a charter writes it: "closed", "open as monday" (a make-up working day), hours of its own
 * such as ["09:00-12:00"], or the usual hours cut to `within`.
 */
export type WrittenDay = string | readonly string[] | { readonly within: readonly string[] }

const OPEN_AS = /^open as ([a-z]+)$/

/** Reads a written day; undefined when it is no such text, or one of its spans is none. */
export function parseLayerDay(written: WrittenDay): LayerDay | undefined {
  if (typeof written === 'string') return written === 'closed' ? { kind: 'closed' } : openAs(written)
  const spans = (isList(written) ? written : written.within).map(parseSpan)
  const read = spans.filter((span) => span !== undefined)
  if (read.length < spans.length || read.length === 0) return undefined
  return isList(written) ? { kind: 'open', spans: read } : { kind: 'partial', within: read }
}

/** Writes a day so that `parseLayerDay` reads the same one. */
export function writtenDay(day: LayerDay): WrittenDay {
  switch (day.kind) {
    case 'closed':
      return 'closed'
    case 'open-as':
      return `open as ${day.weekday}`
    case 'open':
      return day.spans.map(spanText)
    case 'partial':
      return { within: day.within.map(spanText) }
  }
}

function openAs(written: string): LayerDay | undefined {
  const name = OPEN_AS.exec(written)?.[1]
  const weekday = WEEKDAYS.find((one) => one === name)
  return weekday && { kind: 'open-as', weekday }
}

function isList(written: Exclude<WrittenDay, string>): written is readonly string[] {
  return Array.isArray(written)
}
