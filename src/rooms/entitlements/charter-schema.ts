import { z } from 'zod'
import { LOCALES } from '../../base/locale.ts'
import type { Words } from '../../base/locale.ts'
import { layered, parseLayerDay, parseSpan, WEEKDAYS } from '../calendars/index.ts'
import type { LayerDay, Span, Weekday } from '../calendars/index.ts'
import { CHANNELS, CLOCK_KINDS } from './rules/charter.ts'
import type { Charter } from './rules/charter.ts'
import { danglingNames } from './rules/faults.ts'
import { parseTargetTerms } from './rules/terms.ts'

/** The YAML of `charters/<operator>/*.yaml`, put together; every string and list has a limit. */

const text = z.string().trim().min(1).max(2000)
/** In the operator's languages; what is missing is a fault where the operator has that language, and the first one given elsewhere. */
const words = z
  .strictObject({ en: text.optional(), da: text.optional(), 'zh-Hans': text.optional() })
  .transform((given, context): Words => {
    const first = given.en ?? given.da ?? given['zh-Hans']
    if (first !== undefined) return { en: first, da: first, 'zh-Hans': first, ...given }
    context.addIssue({ code: 'custom', message: 'a text in at least one language is missing' })
    return z.NEVER
  })
const key = z.string().regex(/^[a-z][a-zA-Z0-9-]{0,39}$/, 'a key is letters, digits and hyphens')
/** The first part of every path of the operator; the words before the house's own paths are taken. */
const operatorName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'an operator is lower-case letters, digits and hyphens')
  .refine(
    (name) => !['api', 'assets', 'auth', 'healthz', 'readyz', 'metrics'].includes(name),
    'this name is taken by the house itself',
  )
const severity = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,11}$/, 'a severity is up to 12 letters, digits and hyphens')
const country = z.string().regex(/^[A-Z]{2}$/, 'an ISO 3166-1 alpha-2 code')
const color = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour as #rrggbb')
const named = z.strictObject({ id: key, name: words })
const zone = z.string().max(60).refine(isZone, 'an IANA time zone such as Asia/Shanghai')

const span = z.string().transform((written, context): Span => {
  const parsed = parseSpan(written)
  if (parsed) return parsed
  context.addIssue({ code: 'custom', message: `"${written}" is not a span such as 09:00-24:00` })
  return z.NEVER
})
const spans = z.array(span).max(12)

/** `every` names the days of one week pattern; `also` adds days with other spans. */
const dayPattern = z.union([z.enum(['day', 'weekday']), z.array(z.enum(WEEKDAYS)).min(1).max(7)])
const calendar = z
  .strictObject({
    name: words,
    zone: zone.optional(),
    every: dayPattern,
    open: spans,
    also: z
      .array(z.strictObject({ every: dayPattern, open: spans }))
      .max(7)
      .default([]),
    holidays: z.array(key).max(8).default([]),
    exceptions: z.record(z.iso.date(), spans).default({}),
  })
  .transform(({ name, zone: own, every, open, also, holidays, exceptions }) => ({
    name,
    zone: own,
    days: daysOf([{ every, open }, ...also]),
    holidays,
    exceptions,
  }))

/** The public holidays of a country or region: what each special day is, and which years a person has approved. */
const oneHoliday = z.string().max(20)
const holiday = z
  .union([oneHoliday, z.array(oneHoliday).max(12), z.strictObject({ within: z.array(oneHoliday).max(12) })])
  .transform((day, context): LayerDay => {
    const parsed = parseLayerDay(day)
    if (parsed) return parsed
    const message = `${JSON.stringify(day)} is not "closed", "open as monday", ["09:00-12:00"] or { within: ["09:00-12:00"] }`
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
const holidayLayer = z.strictObject({
  name: words,
  region: z.string().regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'an ISO 3166 code such as CN or DE-BY'),
  source: z.string().trim().min(1).max(300),
  approved: z
    .array(
      z.strictObject({ year: z.int().min(1900).max(2999), by: z.string().trim().min(1).max(120), on: z.iso.date() }),
    )
    .max(100),
  days: z.record(z.iso.date(), holiday).default({}),
})

const target = z.string().transform((written, context) => {
  const parsed = parseTargetTerms(written)
  if (parsed) return parsed
  context.addIssue({ code: 'custom', message: `"${written}" is not a target such as "1 hour" or "3 working days"` })
  return z.NEVER
})

const severityTerms = z.strictObject({
  id: severity,
  name: words,
  description: words,
  examples: z.array(words).max(20).default([]),
  followUp: words.optional(),
  customerDuties: z.array(words).max(20).default([]),
  requires: z.strictObject({ contract: key.optional(), supportTypes: z.array(key).max(20).optional() }).optional(),
})

const targetRule = z.strictObject({
  clock: z.enum(CLOCK_KINDS),
  severities: z.array(severity).min(1).max(6).optional(),
  supportTypes: z.array(key).min(1).max(20).optional(),
  contracts: z.array(key).min(1).max(20).optional(),
  target,
  calendar: key,
})

const nonResponse = z.strictObject({
  calendar: key,
  remindAfter: z.array(target).min(1).max(5),
  noticeAfter: target,
  lowerAfter: target,
  closeAfter: target,
  restore: z.boolean().default(true),
})

const escalation = z.strictObject({
  clock: z.enum(CLOCK_KINDS),
  after: z.number().min(0.1).max(10),
  severities: z.array(severity).min(1).max(6).optional(),
  tell: z
    .array(z.enum(['assignee', 'leads']))
    .min(1)
    .max(2),
  calendar: key.optional(),
})

const supportType = z.strictObject({
  id: key,
  name: words,
  summary: words,
  channels: z.array(z.enum(CHANNELS)).min(1).max(5),
  highest: severity,
  calendar: key,
  examples: z.array(words).max(30).default([]),
  boundaries: z.array(words).max(20).default([]),
  requesters: z.enum(['administrators', 'employees', 'everyone']).default('administrators'),
  requires: z.strictObject({ addOn: key, seats: z.int().positive().max(100000).optional() }).optional(),
})

const phone = z.strictObject({
  country,
  numbers: z
    .array(
      z.strictObject({
        e164: z.string().regex(/^\+[1-9]\d{4,14}$/),
        display: z.string().max(40),
        label: words.optional(),
      }),
    )
    .max(6),
  hours: z
    .array(z.strictObject({ supportType: key, calendar: key, languages: z.array(z.string().max(20)).min(1).max(12) }))
    .max(12),
  source: z.string().max(300),
})

const shape = z.strictObject({
  operator: operatorName,
  name: words,
  product: words,
  languages: z.array(z.enum(LOCALES)).min(1).max(3),
  hosts: z.array(z.string().max(253)).max(10).default([]),
  zone,
  workingDay: z.enum(['same-time', 'closing']).default('same-time'),
  holidays: z.record(key, holidayLayer).default({}),
  calendars: z.record(key, calendar),
  services: z.array(named).min(1).max(50),
  severities: z.array(severityTerms).min(1).max(6),
  supportTypes: z.array(supportType).min(1).max(20),
  topics: z
    .array(z.strictObject({ id: key, supportType: key, name: words, examples: z.array(words).max(20).default([]) }))
    .min(1)
    .max(100),
  impactQuestions: z.array(z.strictObject({ id: key, question: words, options: z.array(named).min(2).max(8) })).max(8),
  assessment: z
    .array(z.strictObject({ when: z.record(key, z.array(key).min(1).max(8)), severity }))
    .min(1)
    .max(30),
  roles: z.array(named).min(1).max(40),
  phones: z.array(phone).max(260).default([]),
  responsibilities: z
    .array(z.strictObject({ title: words, intro: words.optional(), items: z.array(words).min(1).max(30) }))
    .max(10)
    .default([]),
  notes: z
    .array(
      z.strictObject({
        id: key,
        title: words,
        text: words,
        link: z.strictObject({ href: z.url().max(500), name: words }).optional(),
      }),
    )
    .max(20)
    .default([]),
  brand: z.strictObject({
    shortName: z.string().min(1).max(40),
    color: z.strictObject({ light: color, dark: color }),
    mailFrom: z.email().max(254),
  }),
  reopenDays: z.int().min(0).max(365).default(14),
  targets: z.array(targetRule).min(1).max(200),
  nonResponse: nonResponse.optional(),
  pauses: z
    .strictObject({ thirdParty: z.boolean().default(false), atMost: target.optional() })
    .default({ thirdParty: false }),
  warnAt: z.array(z.number().min(0.05).max(0.95)).max(4).default([0.8]),
  escalations: z.array(escalation).max(20).default([]),
})

/** Reads a charter as it is written, whatever it names; `charter-faults.ts` looks at what the names lead to. */
export const readCharter = shape.transform((read): Charter => {
  const holidays = Object.fromEntries(Object.entries(read.holidays).map(([id, layer]) => [id, { id, ...layer }]))
  return { ...read, holidays, calendars: withIds(read.calendars, { zone: read.zone, holidays }) }
})

/** Reads a charter; every name another part uses must exist, and the last assessment rule must catch everything. */
export const charterSchema = readCharter.superRefine((charter, context) => {
  for (const { path, message } of danglingNames(charter)) context.addIssue({ code: 'custom', path: [...path], message })
})

/** A charter as its files say it. */
export type CharterDocument = z.input<typeof shape>

type CalendarRead = z.output<typeof calendar>

/** Calendars under their names, in a zone, with the days of their holiday layers laid over their usual hours. */
function withIds(
  calendars: Record<string, CalendarRead>,
  { zone: fallback, holidays }: Pick<Charter, 'zone' | 'holidays'>,
): Charter['calendars'] {
  return Object.fromEntries(
    Object.entries(calendars).map(([id, { zone: own, ...rest }]) => {
      const layers = rest.holidays.flatMap((name) => holidays[name] ?? [])
      return [id, { ...rest, ...layered({ id, zone: own ?? fallback, ...rest }, layers) }]
    }),
  )
}

function daysOf(
  patterns: readonly { every: z.output<typeof dayPattern>; open: readonly Span[] }[],
): Record<Weekday, readonly Span[]> {
  const open = (day: Weekday) =>
    patterns.filter(({ every }) => names(every).includes(day)).flatMap((pattern) => pattern.open)
  return {
    monday: open('monday'),
    tuesday: open('tuesday'),
    wednesday: open('wednesday'),
    thursday: open('thursday'),
    friday: open('friday'),
    saturday: open('saturday'),
    sunday: open('sunday'),
  }
}

function names(every: z.output<typeof dayPattern>): readonly Weekday[] {
  if (every === 'day') return WEEKDAYS
  if (every === 'weekday') return WEEKDAYS.slice(0, 5)
  return every
}

function isZone(name: string): boolean {
  try {
    return Temporal.Now.instant().toZonedDateTimeISO(name).timeZoneId !== ''
  } catch {
    return false
  }
}
