import { z } from 'zod'
import { LOCALES } from '../../base/locale.ts'
import type { Words } from '../../base/locale.ts'
import { layered, parseLayerDay, parseSpan, WEEKDAYS } from '../calendars/index.ts'
import type { LayerDay, Span, Weekday } from '../calendars/index.ts'
import { CHANNELS, CLOCK_KINDS } from './rules/charter.ts'
import type { Charter } from './rules/charter.ts'
import { danglingNames } from './rules/faults.ts'
import { parseTargetTerms } from './rules/terms.ts'

/**
 * The YAML of `charters/<operator>/*.yaml`, put together; every string and list has a limit. What `describe` says is shown by
 * editors, through `charters/charter.schema.json`.
 */

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
  .meta({ id: 'words', description: "A text in each of the operator's languages: { en: …, da: …, zh-Hans: … }." })
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
const ownId = key.describe(
  'Its id: letters, digits and hyphens, 40 at most. Cases keep it, so change names freely and ids never.',
)
const named = z.strictObject({ id: ownId, name: words.describe('Its name, in words.') })
const service = z.strictObject({
  id: ownId,
  name: words.describe('Its name, in words.'),
  features: z.array(named).max(40).default([]).describe('Its parts; an incident may name one.'),
  subscriptions: z
    .array(z.string().trim().min(1).max(120))
    .min(1)
    .max(100)
    .optional()
    .describe('Names of the subscriptions it comes with; absent: everybody has it.'),
})
const zone = z.string().max(60).refine(isZone, 'an IANA time zone such as Asia/Shanghai')

const span = z
  .string()
  .transform((written, context): Span => {
    const parsed = parseSpan(written)
    if (parsed) return parsed
    context.addIssue({ code: 'custom', message: `"${written}" is not a span such as 09:00-24:00` })
    return z.NEVER
  })
  .meta({ pattern: '^[0-9]{2}:[0-9]{2}-[0-9]{2}:[0-9]{2}([+][1-9])?$' })
const spans = z
  .array(span)
  .max(12)
  .describe(
    'Hours of one day such as ["08:00-12:00", "12:30-16:00"]; "22:00-06:00" runs into the next day; [] is closed.',
  )

/** `every` names the days of one week pattern; `also` adds days with other spans. */
const dayPattern = z
  .union([z.enum(['day', 'weekday']), z.array(z.enum(WEEKDAYS)).min(1).max(7)], {
    error: 'day, weekday or a list such as [monday, wednesday] is expected',
  })
  .describe('day, weekday (Monday to Friday), or a list such as [monday, wednesday].')
const calendar = z
  .strictObject({
    name: words.describe('What the hours are called on the page.'),
    zone: zone.optional().describe("IANA zone of these hours; else the operator's."),
    every: dayPattern,
    open: spans,
    also: z
      .array(z.strictObject({ every: dayPattern, open: spans }))
      .max(7)
      .default([])
      .describe('Further days with other hours; no day twice.'),
    holidays: z
      .array(key)
      .max(8)
      .default([])
      .describe('Ids of the layers of public holidays it follows; of two that name one date the later one wins.'),
    exceptions: z
      .record(z.iso.date(), spans)
      .default({})
      .describe('Hours of single dates, 2026-12-24: ["08:00-12:00"]; they win over holidays.'),
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
  .union(
    [
      oneHoliday,
      z.array(oneHoliday).max(12),
      z.strictObject({ within: z.array(oneHoliday).max(12).describe('The usual hours of that date, cut to these.') }),
    ],
    { error: 'closed, open as monday, ["09:00-12:00"] or { within: ["09:00-12:00"] } is expected' },
  )
  .transform((day, context): LayerDay => {
    const parsed = parseLayerDay(day)
    if (parsed) return parsed
    const message = `${JSON.stringify(day)} is not "closed", "open as monday", ["09:00-12:00"] or { within: ["09:00-12:00"] }`
    context.addIssue({ code: 'custom', message })
    return z.NEVER
  })
const holidayLayer = z.strictObject({
  name: words.describe('What the holidays are called.'),
  region: z
    .string()
    .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, 'an ISO 3166 code such as CN or DE-BY')
    .describe('Country or region as ISO 3166-1 or -2, such as CN or DE-BY.'),
  source: z.string().trim().min(1).max(300).describe('Where the days were read.'),
  approved: z
    .array(
      z.strictObject({
        year: z.int().min(1900).max(2999).describe('The year whose days were looked at.'),
        by: z.string().trim().min(1).max(120).describe('Who approved it.'),
        on: z.iso.date().describe('On which date, such as 2025-11-05.'),
      }),
    )
    .max(100)
    .describe('Years a person has approved; days of other years are refused.'),
  days: z
    .record(z.iso.date(), holiday)
    .default({})
    .describe('By date: closed; open as monday; hours such as ["09:00-12:00"]; or { within: ["00:00-12:00"] }.'),
})

const target = z
  .string()
  .transform((written, context) => {
    const parsed = parseTargetTerms(written)
    if (parsed) return parsed
    context.addIssue({ code: 'custom', message: `"${written}" is not a target such as "1 hour" or "3 working days"` })
    return z.NEVER
  })
  .meta({
    id: 'target',
    pattern: '^[0-9]{1,5} (minute|hour|working day)s?$',
    description:
      '30 minutes, 1 hour or 3 working days. Minutes and hours count open time; a working day is a date it opens on.',
  })
const clock = z.enum(CLOCK_KINDS)
const severities = z.array(severity).min(1).max(6).optional()

const severityTerms = z.strictObject({
  id: severity.describe('Its id, such as A or P1: letters, digits and hyphens, 12 at most.'),
  name: words.describe('Its name, such as Critical.'),
  description: words.describe('What counts as this severity.'),
  examples: z.array(words).max(20).default([]).describe('Examples, in words.'),
  followUp: words.optional().describe('What comes after the initial response.'),
  customerDuties: z.array(words).max(20).default([]).describe('What is asked of the customer.'),
  requires: z
    .strictObject({
      contract: key.optional().describe('The contract an organization must carry.'),
      supportTypes: z.array(key).max(20).optional().describe('The support types that may have it; absent: all.'),
    })
    .optional()
    .describe('Who may have it; others get the next severity down, with the reason.'),
})

const targetRule = z.strictObject({
  clock: clock.describe('What is promised a time for.'),
  severities: severities.describe('The severities it is for; absent: all.'),
  supportTypes: z.array(key).min(1).max(20).optional().describe('The support types it is for; absent: all.'),
  contracts: z
    .array(key)
    .min(1)
    .max(20)
    .optional()
    .describe('The contracts it is for, none for those without one; absent: all.'),
  target: target.describe('How soon: 30 minutes, 4 hours, 2 working days.'),
  calendar: key.describe('The calendar whose open time counts.'),
})

const nonResponse = z.strictObject({
  calendar: key.describe('The calendar that all stages run on.'),
  remindAfter: z.array(target).min(1).max(5).describe('When the customer is reminded, in order.'),
  noticeAfter: target.describe('When he is told that the severity will be lowered.'),
  lowerAfter: target.describe('When the severity goes one step down.'),
  closeAfter: target.describe('When the case is closed.'),
  restore: z.boolean().default(true).describe('Whether an answer gives back the severity that silence took.'),
})

const escalation = z.strictObject({
  clock: clock.describe('The clock that is watched; somebody must be promised it.'),
  after: z
    .number()
    .min(0.1)
    .max(10)
    .describe("The share of the target's open time: 0.8 is before, 1 is at the breach."),
  severities: severities.describe('The severities it is for; absent: all.'),
  tell: z
    .array(z.enum(['assignee', 'leads']))
    .min(1)
    .max(2)
    .describe('Who is told.'),
  calendar: key.optional().describe('The duty calendar: mails wait for its next opening; absent: at once.'),
})

const supportType = z.strictObject({
  id: ownId,
  name: words.describe('Its name.'),
  summary: words.describe('What it helps with, in a sentence.'),
  channels: z
    .array(z.enum(CHANNELS))
    .min(1)
    .max(5)
    .describe(
      'How it is reached. Service requests can be opened where portal is among them; callback is a call we promise in a case.',
    ),
  highest: severity.describe('The highest severity its requests may have.'),
  calendar: key.describe('The hours it is shown with. What is promised stands in targets.'),
  examples: z.array(words).max(30).default([]).describe('What it is for.'),
  boundaries: z.array(words).max(20).default([]).describe('What it is not for.'),
  questions: z
    .array(
      z.strictObject({
        id: ownId,
        name: words.describe('The question.'),
        required: z.boolean().default(false).describe('Whether a request cannot be sent without an answer.'),
        options: z
          .array(named)
          .max(12)
          .default([])
          .describe('The answers to choose from; none: a text of 500 characters.'),
      }),
    )
    .max(8)
    .default([])
    .describe('What the form asks besides, for this type alone. Answers are kept with the case.'),
  scope: z
    .array(
      z.strictObject({
        id: ownId,
        applies: words.describe('How people say that it is this: "It happens in our own network only".'),
        reason: words.describe('Why it is not for you.'),
        instead: words.describe('Who can help.'),
        link: z
          .strictObject({
            href: z.url().max(500).describe('Where to go, https://…'),
            name: words.describe('What the link says.'),
          })
          .optional()
          .describe('A link to there.'),
      }),
    )
    .max(10)
    .default([])
    .describe('What is out of scope. Whoever chooses one is told why and where to go, and may contest it.'),
  requesters: z
    .enum(['administrators', 'employees', 'everyone'])
    .default('administrators')
    .describe('Who may ask: people with a role that asks this type, everybody of the organization, or visitors too.'),
  requires: z
    .strictObject({
      addOn: key.describe('The add-on it takes.'),
      seats: z
        .int()
        .positive()
        .max(100000)
        .optional()
        .describe('For organizations that have bought it for so many people at most.'),
    })
    .optional()
    .describe('What must be bought. Each person who asks takes one of its seats.'),
})

const checklist = z.strictObject({
  id: ownId,
  supportType: key.describe('The support type it comes with, which requires an add-on.'),
  name: words.describe('Its name, such as Getting started.'),
  description: words.describe('What somebody has who has been through it.'),
  steps: z
    .array(
      z.strictObject({
        id: ownId,
        title: words.describe('What is done, as a heading: Turn on multi-factor sign-in.'),
        why: words.describe('What it is good for.'),
        how: words.optional().describe('How it is done, in short.'),
        article: z
          .string()
          .regex(
            /^[\p{L}\p{N}][\p{L}\p{N}_./-]{0,199}$/u,
            'a path such as admin/setup/add-domain, without a slash before it',
          )
          .optional()
          .describe("The path of one of the operator's own articles that tells how; not shown while there is none."),
        role: key.optional().describe('The administrator role that can do it; absent: everybody can.'),
      }),
    )
    .min(1)
    .max(30)
    .describe('What there is to do, in order.'),
})

const phone = z.strictObject({
  country: country.describe('ISO 3166-1 alpha-2, such as DK.'),
  numbers: z
    .array(
      z.strictObject({
        e164: z
          .string()
          .regex(/^\+[1-9]\d{4,14}$/, 'a number such as +4570101010')
          .describe('The number to call, such as "+4570101010".'),
        display: z.string().max(40).describe('The number as people write it.'),
        label: words.optional().describe('What to know before calling.'),
      }),
    )
    .max(6)
    .describe('The numbers, the first one first.'),
  hours: z
    .array(
      z.strictObject({
        supportType: key.describe('The support type that answers.'),
        calendar: key.describe('When it does.'),
        languages: z.array(z.string().max(20)).min(1).max(12).describe('In which languages, as BCP 47 tags: [da, en].'),
      }),
    )
    .max(12)
    .describe('Who answers when.'),
  source: z.string().max(300).describe('Where and when this was read.'),
})

const shape = z.strictObject({
  operator: operatorName.describe(
    "The operator's name in addresses: lower-case letters, digits and hyphens. It never changes.",
  ),
  name: words.describe('The name of the support operation.'),
  product: words.describe('What it supports.'),
  languages: z
    .array(z.enum(LOCALES))
    .min(1)
    .max(3)
    .describe('The languages offered. Every text is given in them; the first is for those who ask for none of them.'),
  hosts: z
    .array(z.string().max(253))
    .max(10)
    .default([])
    .describe('Host names of its own, where its pages stand at the root.'),
  statusHosts: z
    .array(z.string().max(253))
    .max(10)
    .default([])
    .describe(
      'Host names where its public status stands at the root, as Statuspage clients look for it: /api/v2/summary.json.',
    ),
  zone: zone.describe('IANA zone of its calendars, and of moments shown to visitors we do not know.'),
  workingDay: z
    .enum(['same-time', 'closing'])
    .default('same-time')
    .describe('When a working day ends: at the time of receipt on the next one, or when it closes.'),
  holidays: z
    .record(key, holidayLayer)
    .default({})
    .describe('Layers of public holidays by id; calendars name the ones they follow.'),
  calendars: z.record(key, calendar).describe('When somebody is there, by id. Hours stand nowhere else.'),
  services: z.array(service).min(1).max(50).describe('What can break; incidents name a service.'),
  severities: z
    .array(severityTerms)
    .min(1)
    .max(6)
    .describe('From worst to mildest, one to six; everybody may have the last.'),
  supportTypes: z.array(supportType).min(1).max(20).describe('What help there is.'),
  topics: z
    .array(
      z.strictObject({
        id: ownId,
        supportType: key.describe('The support type it belongs to.'),
        name: words.describe('Its name.'),
        examples: z.array(words).max(20).default([]).describe('Examples, in words.'),
      }),
    )
    .min(1)
    .max(100)
    .describe('What a request can be about; the requester chooses one, and with it the support type.'),
  impactQuestions: z
    .array(
      z.strictObject({
        id: ownId,
        question: words.describe('The question.'),
        options: z.array(named).min(2).max(8).describe('The answers to choose from.'),
      }),
    )
    .max(8)
    .describe('What is asked to find the severity; [] to ask nothing.'),
  assessment: z
    .array(
      z.strictObject({
        when: z.record(key, z.array(key).min(1).max(8)).describe('Answers that fit, by question; {} fits always.'),
        severity: severity.describe('The severity it gives.'),
      }),
    )
    .min(1)
    .max(30)
    .describe('From answers to a severity: the first rule that fits decides, and the last has an empty when.'),
  checklists: z
    .array(checklist)
    .max(10)
    .default([])
    .describe('What an organization goes through, step by step, with an add-on.'),
  roles: z
    .array(
      z.strictObject({
        id: ownId,
        name: words.describe('Its name, in words.'),
        asks: z.array(key).max(20).optional().describe('The support types its people may ask; absent: all; []: none.'),
        manages: z
          .boolean()
          .default(false)
          .describe('Whether its people give and end rights. Where no role says so, the first one does.'),
      }),
    )
    .min(1)
    .max(40)
    .describe('Administrator roles; what each may ask, and which gives rights.')
    .transform((roles) =>
      roles.some(({ manages }) => manages) ? roles : roles.map((role, at) => ({ ...role, manages: at === 0 })),
    ),
  phones: z.array(phone).max(260).default([]).describe('Phone numbers by country.'),
  responsibilities: z
    .array(
      z.strictObject({
        title: words.describe('Its heading.'),
        intro: words.optional().describe('A sentence before the list.'),
        items: z.array(words).min(1).max(30).describe('The duties.'),
      }),
    )
    .max(10)
    .default([])
    .describe('Cards of who does what.'),
  notes: z
    .array(
      z.strictObject({
        id: ownId,
        title: words.describe('Its heading.'),
        text: words.describe('What it says.'),
        link: z
          .strictObject({
            href: z.url().max(500).describe('Where it leads, https://…'),
            name: words.describe('What the link says.'),
          })
          .optional()
          .describe('Where to read on.'),
      }),
    )
    .max(20)
    .default([])
    .describe('What else is good to know, as cards.'),
  brand: z
    .strictObject({
      shortName: z.string().min(1).max(40).describe("Shown before the pages' titles."),
      color: z
        .strictObject({
          light: color.describe('In the light theme, contrast 4.5 to white.'),
          dark: color.describe('In the dark theme, contrast 4.5 to #1f1f1f.'),
        })
        .describe('The color of buttons and links, as #rrggbb.'),
      mailFrom: z.email().max(254).describe('The address mails come from.'),
    })
    .describe('How its pages and mails look.'),
  selfHelp: z
    .strictObject({
      review: z
        .enum(['required', 'optional'])
        .default('required')
        .describe('Whether another support lead has to approve an article before it is published.'),
    })
    .default({ review: 'required' })
    .describe('How help articles that are written in the product are published.'),
  serviceHealth: z
    .strictObject({
      review: z
        .enum(['required', 'optional'])
        .default('optional')
        .describe('Whether somebody else has to look at an incident or a post before customers see it.'),
      declare: z
        .enum(['leads', 'agents'])
        .default('leads')
        .describe('Who may declare incidents, post and change their state: support leads, or every agent.'),
      propose: z
        .strictObject({
          organizations: z.int().min(2).max(1000).default(3).describe('So many organizations that notice the same'),
          hours: z.int().min(1).max(168).default(6).describe('within so many hours propose an incident.'),
        })
        .default({ organizations: 3, hours: 6 })
        .describe('When what customers report proposes an incident.'),
    })
    .default({ review: 'optional', declare: 'leads', propose: { organizations: 3, hours: 6 } })
    .describe('How incidents are declared and told.'),
  reopenDays: z
    .int()
    .min(0)
    .max(365)
    .default(14)
    .describe('How long a closed case may be reopened, in days of 24 hours.'),
  targets: z
    .array(targetRule)
    .min(1)
    .max(200)
    .describe('Who is promised what, on whose hours: the first rule that fits.'),
  nonResponse: nonResponse
    .optional()
    .describe('What follows when the customer owes an answer, each counted from the question; absent: nothing.'),
  pauses: z
    .strictObject({
      thirdParty: z.boolean().default(false).describe('Whether clocks may stand still for a third party.'),
      atMost: target.optional().describe('For so long at most.'),
    })
    .default({ thirdParty: false })
    .describe('What may stop a clock besides a question to the customer.'),
  warnAt: z
    .array(z.number().min(0.05).max(0.95))
    .max(4)
    .default([0.8])
    .describe("Shares of a target's open time at which agents are warned, in order."),
  escalations: z.array(escalation).max(20).default([]).describe('Who is told of clocks that are due or overdue.'),
  calls: z
    .strictObject({
      slotMinutes: z
        .literal([15, 30], { error: '15 or 30 is expected' })
        .default(30)
        .describe('How long a time that can be chosen is kept, in minutes: 15 or 30.'),
      aheadDays: z.int().min(1).max(10).default(3).describe('For how many working days times are offered.'),
      offerSeconds: z
        .int()
        .min(10)
        .max(300)
        .default(30)
        .describe('How long an agent has to accept a call before it goes to the next.'),
      lostSeconds: z
        .int()
        .min(30)
        .max(600)
        .default(90)
        .describe('After how many seconds without a sign of an agent he is away.'),
      retryMinutes: z.int().min(1).max(1440).default(15).describe('When somebody who was not reached is called again.'),
      retryTimes: z
        .int()
        .min(0)
        .max(10)
        .default(2)
        .describe('How often he is called again, before he is asked for a new time.'),
    })
    .default({ slotMinutes: 30, aheadDays: 3, offerSeconds: 30, lostSeconds: 90, retryMinutes: 15, retryTimes: 2 })
    .describe('How promised calls are made, for support types with the channel callback.'),
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

/** The JSON Schema of one file of a charter's folder, for editors: any of the keys, since every file holds a part. */
export function charterJsonSchema(): Readonly<Record<string, unknown>> {
  const { required: _, ...part } = z.toJSONSchema(shape, { io: 'input', target: 'draft-7' })
  return { ...describedApart(part), title: 'A charter, or a part of one: what a support operation offers' }
}

/** Draft 7 reads nothing beside a $ref, so what is said there goes beside an allOf. */
function describedApart(node: object): Readonly<Record<string, unknown>> {
  const entries = Object.entries(node).map(([name, value]: [string, unknown]) => [name, apart(value)] as const)
  const refs = entries.filter(([name]) => name === '$ref')
  if (refs.length === 0 || entries.length === 1) return Object.fromEntries(entries)
  const rest = entries.filter(([name]) => name !== '$ref')
  return { ...Object.fromEntries(rest), allOf: [Object.fromEntries(refs)] }
}

function apart(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(apart)
  return typeof value === 'object' && value !== null ? describedApart(value) : value
}
