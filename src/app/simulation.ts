import { z } from 'zod'
import { assumesUnknownYear } from '../rooms/calendars/index.ts'
import {
  becauseText,
  grantSeverity,
  layersOf,
  missingYearText,
  rankOf,
  supportTypeOf,
  targetFor,
  writtenTarget,
} from '../rooms/entitlements/index.ts'
import type { Charter, Severity } from '../rooms/entitlements/index.ts'
import { explainDue } from '../rooms/response-targets/index.ts'

/** A service request that nobody sent: when it was received, what was asked for, and on which contract. */
export type Ask = {
  readonly received: Temporal.Instant
  readonly severity: Severity
  readonly supportType: string
  /** As an organization carries it; null for the standard plan. */
  readonly contract: string | null
}

/** When the initial response would be due, and why: steps to the severity, the rule with its calendar, what was walked. */
export type Answer = {
  readonly due: Temporal.Instant
  readonly granted: Severity
  readonly target: string
  readonly calendar: string
  readonly zone: string
  readonly because: readonly Reason[]
}

/** One step of the answer, as data and as an English sentence. Moments are instants in UTC. */
export type Reason = { readonly code: string; readonly text: string } & Readonly<Record<string, unknown>>

/** What cannot be answered, and what to give instead: an English sentence. */
export class CannotSimulate extends Error {}

const askSchema = z.strictObject({
  received: z.string().max(60),
  severity: z.string().max(12),
  supportType: z.string().max(60),
  contract: z.string().max(60).nullish(),
})

/** Reads what somebody asks of a charter; `CannotSimulate` says what is wrong with it. */
export function readAsk(charter: Charter, value: unknown): Ask {
  const { success, data, error } = askSchema.safeParse(value)
  if (!success) {
    const [issue] = error.issues
    throw new CannotSimulate(`${issue?.path.join('.') || 'the line'}: ${issue?.message ?? 'not understood'}`)
  }
  const { severity, supportType, contract = null } = data
  if (rankOf(charter, severity) < 0) {
    const known = charter.severities.map(({ id }) => id).join(', ')
    throw new CannotSimulate(`severity: "${severity}" is not declared; there are ${known}`)
  }
  if (!supportTypeOf(charter, supportType)) {
    const known = charter.supportTypes.map(({ id }) => id).join(', ')
    throw new CannotSimulate(`supportType: "${supportType}" is not offered; there are ${known}`)
  }
  return { received: momentOf(data.received), severity, supportType, contract }
}

function momentOf(written: string): Temporal.Instant {
  try {
    return Temporal.Instant.from(written)
  } catch {
    throw new CannotSimulate(
      `received: "${written}" is no moment such as 2026-06-05T15:30:00Z or 2026-06-05T23:30+08:00`,
    )
  }
}

/**
 * When a request would have to be answered under a charter: the same rules that open a case. Needs no database.
 * `CannotSimulate` when the calendar never opens.
 */
export function answerTo(charter: Charter, { received, severity, supportType, contract }: Ask): Answer {
  const granted = grantSeverity(charter, { severity, supportType, contract })
  const agreed = targetFor(charter, {
    clock: 'initial-response',
    severity: granted.severity,
    supportType,
    contract,
  })
  if (!agreed) throw new CannotSimulate(`no initial response is promised for severity ${granted.severity} there`)
  const { calendar } = agreed
  const why = explainDue(received, { target: agreed.target, calendar, workingDay: charter.workingDay })
  if (!why) throw new CannotSimulate(`the calendar ${calendar.id} never opens long enough`)

  const target = writtenTarget(agreed.target)
  const unknownYear = assumesUnknownYear(layersOf(charter, calendar.id), why.due, calendar.zone)
  const steps = [{ code: 'requested', severity } as const, ...granted.because]
  const opened = why.startedAt.equals(received)
    ? 'received while it is open'
    : `closed when received, counted from ${why.startedAt.toString()}`
  return {
    due: why.due,
    granted: granted.severity,
    target,
    calendar: calendar.id,
    zone: calendar.zone,
    because: [
      ...steps.map((step) => ({ ...step, text: becauseText(step, charter, 'en') })),
      { code: 'granted', severity: granted.severity, text: `Severity ${granted.severity} is given.` },
      {
        code: 'target',
        target,
        rule: why.rule,
        calendar: calendar.id,
        zone: calendar.zone,
        startedAt: why.startedAt.toString(),
        text: `${target} on the calendar ${calendar.id} (${calendar.zone}), ${opened}: ${RULES[why.rule]}.`,
      },
      ...(unknownYear === undefined
        ? []
        : [{ code: 'unknown-year', year: unknownYear, text: `${missingYearText(unknownYear, 'en')}.` }]),
      {
        code: 'segments',
        segments: why.segments.map(({ kind, from, until }) => ({
          kind,
          from: from.toString(),
          until: until.toString(),
        })),
        text: 'The way from receipt to due, open and closed in turn.',
      },
    ],
  }
}

const RULES: Readonly<Record<NonNullable<ReturnType<typeof explainDue>>['rule'], string>> = {
  'open-time': 'open time is counted',
  'same-time-next-working-day': 'the same wall time on that working day',
  'clamped-to-closing': 'that working day closes earlier, so at its closing',
  'clamped-to-opening': 'that working day opens later, so at its opening',
  'closing-of-working-day': 'the closing of that working day',
}

/** A moment worth trying, and why. */
export type Arrival = { readonly at: Temporal.Instant; readonly why: string }

/**
 * Moments of a year that show what a charter does: a plain week at 03:00, 12:00 and 23:30, the evening before each run of
 * holidays, and either side of each clock change. In the operator's zone.
 */
export function arrivalsIn(charter: Charter, year: number): readonly Arrival[] {
  const all = [...plainWeek(charter, year), ...holidayEves(charter, year), ...clockChanges(charter, year)]
  const first = new Map(
    all.map((arrival) => [arrival.at.epochMilliseconds, arrival]).toReversed() as [number, Arrival][],
  )
  return [...first.values()].toSorted((one, other) => Temporal.Instant.compare(one.at, other.at))
}

function plainWeek({ zone }: Charter, year: number): readonly Arrival[] {
  const june = Temporal.PlainDate.from({ year, month: 6, day: 1 })
  const monday = june.add({ days: (8 - june.dayOfWeek) % 7 })
  return Array.from({ length: 7 }, (_, day) => monday.add({ days: day })).flatMap((date) =>
    ['03:00', '12:00', '23:30'].map((time) => ({
      at: date.toZonedDateTime({ timeZone: zone, plainTime: time }).toInstant(),
      why: 'a plain week',
    })),
  )
}

function holidayEves({ zone, holidays }: Charter, year: number): readonly Arrival[] {
  return Object.values(holidays).flatMap(({ id, days }) => {
    const closed = (date: Temporal.PlainDate) => days[date.toString()]?.kind === 'closed'
    return Object.keys(days)
      .map((date) => Temporal.PlainDate.from(date))
      .filter((date) => date.year === year && closed(date) && !closed(date.subtract({ days: 1 })))
      .map((date) => ({
        at: date.subtract({ days: 1 }).toZonedDateTime({ timeZone: zone, plainTime: '20:00' }).toInstant(),
        why: `the evening before holidays (${id})`,
      }))
  })
}

function clockChanges({ zone }: Charter, year: number): readonly Arrival[] {
  const start = Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(zone)
  const found: Arrival[] = []
  let change = start.getTimeZoneTransition('next')
  while (change?.year === year) {
    const at = change.toInstant()
    found.push({ at: at.subtract({ minutes: 30 }), why: 'just before the clock changes' })
    found.push({ at: at.add({ minutes: 30 }), why: 'just after the clock has changed' })
    change = change.getTimeZoneTransition('next')
  }
  return found
}
