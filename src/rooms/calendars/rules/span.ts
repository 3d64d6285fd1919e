import type { Span } from './calendar.ts'

const shape = /^(\d{2}:\d{2})-(\d{2}:\d{2})(?:\+([1-9]))?$/

/**
 * Reads hours as people write them: "09:00-24:00", "22:00-06:00" (into the next day), "05:00-06:00+1" where the days
 * must be said. Undefined when it is no such text, or an empty span.
 */
export function parseSpan(text: string): Span | undefined {
  const match = shape.exec(text)
  const from = minuteOf(match?.[1])
  const until = minuteOf(match?.[2])
  if (from === undefined || until === undefined || from === 1440) return undefined

  const days = Number(match?.[3] ?? (until < from ? 1 : 0))
  return from === until && days === 0 ? undefined : { from, until: until + days * 1440 }
}

/** Writes a span so that `parseSpan` reads the same one: "09:00-24:00". */
export function spanText(span: Span): string {
  const days = Math.ceil(span.until / 1440) - 1
  const until = span.until - days * 1440
  const plain = days === 0 || (days === 1 && until < span.from)
  return `${clockText(span.from)}-${clockText(until)}${plain ? '' : `+${days}`}`
}

function minuteOf(text: string | undefined): number | undefined {
  const [hours, minutes] = (text ?? '').split(':').map(Number)
  if (hours === undefined || minutes === undefined || minutes > 59) return undefined
  const minute = hours * 60 + minutes
  return minute <= 1440 ? minute : undefined
}

function clockText(minute: number): string {
  const pad = (part: number) => String(part).padStart(2, '0')
  return `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`
}
