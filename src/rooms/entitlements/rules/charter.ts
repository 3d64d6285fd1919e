import type { Locale, Words } from '../../../base/locale.ts'
import type { BusinessCalendar } from '../../calendars/rules/calendar.ts'
import type { ApprovedLayer } from '../../calendars/rules/holiday-years.ts'

/** A severity's name in its charter, such as "A" or "P1". Which is worse is the order in which the charter declares them. */
export type Severity = string

/** What is promised a time for; the last one is the customer's own. Source: response-targets rule 2. */
export const CLOCK_KINDS = [
  'initial-response',
  'next-response',
  'progress-update',
  'resolution',
  'customer-answer',
] as const
export type ClockKind = (typeof CLOCK_KINDS)[number]

/** A duration with a unit, on a calendar; a working day is a unit of its own, never 24 hours. */
export type TargetTerms = { readonly amount: number; readonly unit: 'minute' | 'hour' | 'working day' }

/** `callback`: we call, at once or at a time the customer chooses. */
export const CHANNELS = ['portal', 'phone', 'callback', 'chat'] as const
export type Channel = (typeof CHANNELS)[number]

/** What an operator offers, as validated data; see `charter-schema.ts` for the YAML it is read from. */
export type Charter = {
  readonly operator: string
  readonly name: Words
  readonly product: Words
  readonly languages: readonly Locale[]
  readonly hosts: readonly string[]
  /** Where the public status stands at the root. */
  readonly statusHosts: readonly string[]
  /** IANA zone the operator's hours are told in. */
  readonly zone: string
  readonly workingDay: 'same-time' | 'closing'
  readonly holidays: Readonly<Record<string, NamedLayer>>
  readonly calendars: Readonly<Record<string, NamedCalendar>>
  readonly services: readonly Service[]
  readonly severities: readonly SeverityTerms[]
  readonly supportTypes: readonly SupportType[]
  readonly topics: readonly Topic[]
  readonly checklists: readonly Checklist[]
  readonly impactQuestions: readonly ImpactQuestion[]
  readonly assessment: readonly AssessmentRule[]
  readonly roles: readonly Role[]
  readonly phones: readonly PhoneEntry[]
  readonly responsibilities: readonly Responsibility[]
  readonly notes: readonly Note[]
  readonly brand: Brand
  /** A closed case may be reopened within so many days. */
  readonly reopenDays: number
  /** Whether another support lead has to approve what is published in the product. */
  readonly selfHelp: { readonly review: 'required' | 'optional' }
  /** How incidents are declared and told; so many organizations within so many hours propose one. */
  readonly serviceHealth: {
    readonly review: 'required' | 'optional'
    readonly declare: 'leads' | 'agents'
    readonly propose: { readonly organizations: number; readonly hours: number }
  }
  /** Who is promised what; the first rule that fits. */
  readonly targets: readonly TargetRule[]
  readonly nonResponse?: NonResponse | undefined
  readonly pauses: { readonly thirdParty: boolean; readonly atMost?: TargetTerms | undefined }
  /** Shares of a target's open time at which the agents are warned, 0 to 1. */
  readonly warnAt: readonly number[]
  readonly escalations: readonly EscalationRule[]
  /** How promised calls are made, where a support type has the channel `callback`. */
  readonly calls: CallTerms
}

/** Lengths of slots and retries in minutes, of offers and presence in seconds; `aheadDays` are working days. */
export type CallTerms = {
  readonly slotMinutes: 15 | 30
  readonly aheadDays: number
  readonly offerSeconds: number
  readonly lostSeconds: number
  readonly retryMinutes: number
  readonly retryTimes: number
}

/** One line of the table of targets; what is absent fits all. */
export type TargetRule = {
  readonly clock: ClockKind
  readonly severities?: readonly Severity[] | undefined
  readonly supportTypes?: readonly string[] | undefined
  /** Ids of contracts; `none` for those without one. */
  readonly contracts?: readonly string[] | undefined
  readonly target: TargetTerms
  readonly calendar: string
}

/** What follows when the customer owes an answer; each length counts from the question, on the customer's calendar. */
export type NonResponse = {
  readonly calendar: string
  readonly remindAfter: readonly TargetTerms[]
  readonly noticeAfter: TargetTerms
  readonly lowerAfter: TargetTerms
  readonly closeAfter: TargetTerms
  /** Whether an answer gives back the severity that silence took. */
  readonly restore: boolean
}

/** Who is told of a clock that is due or overdue: `after` is a share of its target's open time, 1 at the breach. */
export type EscalationRule = {
  readonly clock: ClockKind
  readonly after: number
  readonly severities?: readonly Severity[] | undefined
  readonly tell: readonly ('assignee' | 'leads')[]
  /** The duty calendar: mails wait for its next opening. Absent: at once. */
  readonly calendar?: string | undefined
}

/** An administrator role: what its people may ask, and whether they may give and end rights. */
export type Role = Named & {
  /** Ids of support types; absent: all. */
  readonly asks?: readonly string[] | undefined
  readonly manages: boolean
}

/** What can break, with its parts. Without names of subscriptions everybody has it. */
export type Service = Named & {
  readonly features: readonly Named[]
  readonly subscriptions?: readonly string[] | undefined
}

export type Named = { readonly id: string; readonly name: Words }

/** A calendar with the days of its holiday layers among its exceptions; `holidays` names the layers, later ones win. */
export type NamedCalendar = BusinessCalendar & { readonly name: Words; readonly holidays: readonly string[] }

/** The public holidays of a country or region (ISO 3166-1 or -2), and where they were read. */
export type NamedLayer = ApprovedLayer & { readonly name: Words; readonly region: string; readonly source: string }

export type SeverityTerms = {
  readonly id: Severity
  readonly name: Words
  readonly description: Words
  readonly examples: readonly Words[]
  readonly followUp?: Words | undefined
  readonly customerDuties: readonly Words[]
  /** Who may have it; absent: everyone. */
  readonly requires?:
    | { readonly contract?: string | undefined; readonly supportTypes?: readonly string[] | undefined }
    | undefined
}

export type SupportType = {
  readonly id: string
  readonly name: Words
  readonly summary: Words
  readonly channels: readonly Channel[]
  /** The highest severity a request of this type may have. */
  readonly highest: Severity
  /** The calendar its hours are told by. */
  readonly calendar: string
  readonly examples: readonly Words[]
  readonly boundaries: readonly Words[]
  /** What the form asks besides, for this type alone. */
  readonly questions: readonly TypeQuestion[]
  /** What is not for us: the form asks whether it is one of these. */
  readonly scope: readonly ScopeLimit[]
  readonly requesters: 'administrators' | 'employees' | 'everyone'
  readonly requires?: { readonly addOn: string; readonly seats?: number | undefined } | undefined
}

/** A question with a text for an answer, or with options to choose from. */
export type TypeQuestion = Named & {
  readonly required: boolean
  readonly options: readonly Named[]
}

/** Something out of scope: how people say it, why it is not for us, and where to go instead. */
export type ScopeLimit = {
  readonly id: string
  readonly applies: Words
  readonly reason: Words
  readonly instead: Words
  readonly link?: { readonly href: string; readonly name: Words } | undefined
}

export type Topic = {
  readonly id: string
  readonly supportType: string
  readonly name: Words
  readonly examples: readonly Words[]
}

/** What an organization goes through, step by step, with a support type that an add-on brings. */
export type Checklist = Named & {
  readonly supportType: string
  readonly description: Words
  readonly steps: readonly ChecklistStep[]
}

/** One thing to do. Its id is what is kept of it: words may change, and steps may come and go. */
export type ChecklistStep = {
  readonly id: string
  readonly title: Words
  /** What it is good for. */
  readonly why: Words
  readonly how?: Words | undefined
  /** The path of an article of the operator's own, such as `multi-factor-sign-in`. */
  readonly article?: string | undefined
  /** The administrator role that can do it; absent: everybody can. */
  readonly role?: string | undefined
}

export type ImpactQuestion = {
  readonly id: string
  readonly question: Words
  readonly options: readonly Named[]
}

/** First match wins: every named question must have one of the named answers. */
export type AssessmentRule = {
  readonly when: Readonly<Record<string, readonly string[]>>
  readonly severity: Severity
}

export type PhoneEntry = {
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  readonly numbers: readonly { readonly e164: string; readonly display: string; readonly label?: Words | undefined }[]
  readonly hours: readonly {
    readonly supportType: string
    readonly calendar: string
    readonly languages: readonly string[]
  }[]
  readonly source: string
}

/** A list of duties under a heading: of administrators, of the operator. */
export type Responsibility = {
  readonly title: Words
  readonly intro?: Words | undefined
  readonly items: readonly Words[]
}

/** A short section of the Get support page: community, feature availability, WeChat, boundaries. */
export type Note = {
  readonly id: string
  readonly title: Words
  readonly text: Words
  readonly link?: { readonly href: string; readonly name: Words } | undefined
}

export type Brand = {
  /** Shown before the pages' titles. */
  readonly shortName: string
  /** The brand's colour for buttons and links in the light and the dark theme, as `#rrggbb`. */
  readonly color: { readonly light: string; readonly dark: string }
  /** The address mails come from. */
  readonly mailFrom: string
}
