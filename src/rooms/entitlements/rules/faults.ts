import type { Locale } from '../../../base/locale.ts'
import { WEEKDAYS } from '../../calendars/rules/calendar.ts'
import type { Weekday } from '../../calendars/rules/calendar.ts'
import { parseSpan } from '../../calendars/rules/span.ts'
import type { AssessmentRule, Charter, TargetTerms } from './charter.ts'
import type { Fault } from './fault.ts'
import { targetFaults, unreachableSeverities } from './target-faults.ts'
import { minutesOf, writtenTarget } from './terms.ts'
import { textsIn } from './texts.ts'

type Path = Fault['path']

/** The parts of a charter that must be looked at as they were written, because reading them loses what is asked. */
export type WrittenCharter = {
  readonly calendars: Readonly<
    Record<
      string,
      {
        readonly every: WrittenDays
        readonly open: readonly string[]
        readonly also?: readonly { readonly every: WrittenDays; readonly open: readonly string[] }[] | undefined
        readonly exceptions?: Readonly<Record<string, readonly string[]>> | undefined
      }
    >
  >
}

type WrittenDays = 'day' | 'weekday' | readonly Weekday[]

/** Everything that is wrong with a charter whose shape is right, in no particular order. */
export function faultsOf(charter: Charter, written: WrittenCharter): readonly Fault[] {
  return [
    ...danglingNames(charter),
    ...repeatedIds(charter),
    ...targetFaults(charter),
    ...unreachableSeverities(charter),
    ...unusedAssessments(charter),
    ...typesNobodyAsks(charter),
    ...stagesOutOfOrder(charter),
    ...warningsOutOfOrder(charter),
    ...repeatedDays(written),
    ...overlappingHours(written),
    ...repeatedHosts(charter),
    ...callsWithoutCases(charter),
    ...checklistsForNobody(charter),
  ]
}

/** A call is promised in a case, and a case is opened through the portal. */
function callsWithoutCases({ supportTypes }: Charter): readonly Fault[] {
  return supportTypes.flatMap(({ channels }, at) =>
    channels.includes('callback') && !channels.includes('portal')
      ? [{ path: ['supportTypes', at, 'channels'], message: 'callback needs portal: a call is promised in a case' }]
      : [],
  )
}

/** Whom a checklist is for is decided by an add-on. */
function checklistsForNobody({ checklists, supportTypes }: Charter): readonly Fault[] {
  const withAddOn = supportTypes.flatMap(({ id, requires }) => (requires ? [id] : []))
  return checklists.flatMap(({ supportType }, at) => {
    if (withAddOn.includes(supportType) || !supportTypes.some(({ id }) => id === supportType)) return []
    const others = withAddOn.length > 0 ? `name one that does: ${withAddOn.join(', ')}` : 'no support type does'
    const message = `"${supportType}" requires no add-on, which says whom a checklist is for; give it "requires", or ${others}`
    return [{ path: ['checklists', at, 'supportType'], message }]
  })
}

/** What a charter names but does not declare. */
export function danglingNames(charter: Charter): readonly Fault[] {
  const types = charter.supportTypes.map(({ id }) => id)
  const calendars = Object.keys(charter.calendars)
  const severities = charter.severities.map(({ id }) => id)
  const roles = charter.roles.map(({ id }) => id)
  const one = (declared: readonly string[], name: string | undefined, ...path: Path): readonly Fault[] =>
    name === undefined || declared.includes(name) ? [] : [{ path, message: notDeclared(name, declared) }]
  const each = (declared: readonly string[], names: readonly string[] | undefined, ...path: Path) =>
    (names ?? []).flatMap((name, at) => one(declared, name, ...path, at))
  return [
    ...charter.severities.flatMap(({ requires }, at) =>
      each(types, requires?.supportTypes, 'severities', at, 'requires', 'supportTypes'),
    ),
    ...charter.targets.flatMap((rule, at) => [
      ...one(calendars, rule.calendar, 'targets', at, 'calendar'),
      ...each(severities, rule.severities, 'targets', at, 'severities'),
      ...each(types, rule.supportTypes, 'targets', at, 'supportTypes'),
    ]),
    ...charter.assessment.flatMap((rule, at) => one(severities, rule.severity, 'assessment', at, 'severity')),
    ...charter.supportTypes.flatMap(({ highest, calendar }, at) => [
      ...one(severities, highest, 'supportTypes', at, 'highest'),
      ...one(calendars, calendar, 'supportTypes', at, 'calendar'),
    ]),
    ...charter.escalations.flatMap((rule, at) => [
      ...each(severities, rule.severities, 'escalations', at, 'severities'),
      ...one(calendars, rule.calendar, 'escalations', at, 'calendar'),
    ]),
    ...charter.roles.flatMap(({ asks }, at) => each(types, asks, 'roles', at, 'asks')),
    ...one(calendars, charter.nonResponse?.calendar, 'nonResponse', 'calendar'),
    ...charter.topics.flatMap(({ supportType }, at) => one(types, supportType, 'topics', at, 'supportType')),
    ...charter.checklists.flatMap(({ supportType, steps }, at) => [
      ...one(types, supportType, 'checklists', at, 'supportType'),
      ...steps.flatMap(({ role }, place) => one(roles, role, 'checklists', at, 'steps', place, 'role')),
    ]),
    ...charter.phones.flatMap(({ hours }, at) =>
      hours.flatMap(({ supportType, calendar }, place) => [
        ...one(types, supportType, 'phones', at, 'hours', place, 'supportType'),
        ...one(calendars, calendar, 'phones', at, 'hours', place, 'calendar'),
      ]),
    ),
    ...Object.values(charter.calendars).flatMap(({ id, holidays }) =>
      each(Object.keys(charter.holidays), holidays, 'calendars', id, 'holidays'),
    ),
    ...unapprovedDays(charter),
    ...danglingAnswers(charter),
  ]
}

function notDeclared(name: string, declared: readonly string[]): string {
  return `"${name}" is not declared; ${declared.length ? `declared are ${[...new Set(declared)].join(', ')}` : 'nothing is declared'}`
}

/** Days of years that no person has approved. */
function unapprovedDays({ holidays }: Charter): readonly Fault[] {
  return Object.values(holidays).flatMap(({ id, days, approved }) =>
    Object.keys(days)
      .filter((date) => !approved.some(({ year }) => date.startsWith(String(year))))
      .map((date) => ({ path: ['holidays', id, 'days', date], message: 'its year is not among "approved"' })),
  )
}

function danglingAnswers({ assessment, impactQuestions }: Charter): readonly Fault[] {
  const questions = impactQuestions.map(({ id }) => id)
  const dangling = assessment.flatMap(({ when }, at) =>
    Object.entries(when).flatMap(([question, wanted]): readonly Fault[] => {
      const path = ['assessment', at, 'when', question]
      const asked = impactQuestions.find(({ id }) => id === question)
      if (!asked) return [{ path, message: notDeclared(question, questions) }]
      const options = asked.options.map(({ id }) => id)
      return wanted.flatMap((answer, place) =>
        options.includes(answer) ? [] : [{ path: [...path, place], message: notDeclared(answer, options) }],
      )
    }),
  )
  const last = assessment.length - 1
  const open = Object.keys(assessment[last]?.when ?? {}).length === 0
  const message = 'the last rule must have an empty "when": it catches everything else'
  return open ? dangling : [...dangling, { path: ['assessment', last, 'when'], message }]
}

/** Ids that stand twice in one list, and the impact options of one question. */
function repeatedIds(charter: Charter): readonly Fault[] {
  const lists: readonly (readonly [Path, readonly { readonly id: string }[]])[] = [
    [['severities'], charter.severities],
    [['supportTypes'], charter.supportTypes],
    [['topics'], charter.topics],
    [['services'], charter.services],
    ...charter.services.map(({ features }, at) => [['services', at, 'features'], features] as const),
    [['roles'], charter.roles],
    [['checklists'], charter.checklists],
    ...charter.checklists.map(({ steps }, at) => [['checklists', at, 'steps'], steps] as const),
    [['notes'], charter.notes],
    [['impactQuestions'], charter.impactQuestions],
    ...charter.impactQuestions.map(({ options }, at) => [['impactQuestions', at, 'options'], options] as const),
    ...charter.supportTypes.flatMap(({ questions, scope }, at) => [
      [['supportTypes', at, 'questions'], questions] as const,
      [['supportTypes', at, 'scope'], scope] as const,
      ...questions.map(({ options }, place) => [['supportTypes', at, 'questions', place, 'options'], options] as const),
    ]),
  ]
  return lists.flatMap(([path, list]) =>
    repeatsIn(list.map(({ id }) => id)).map(({ value, at, first }) => ({
      path: [...path, at, 'id'],
      message: `the id "${value}" stands twice, first in ${[...path, first].join('.')}; give each its own`,
    })),
  )
}

function repeatedHosts({ hosts, statusHosts }: Charter): readonly Fault[] {
  const all = [...hosts, ...statusHosts].map((host) => host.toLowerCase())
  return repeatsIn(all).map(({ value, at }) => ({
    path: at < hosts.length ? ['hosts', at] : ['statusHosts', at - hosts.length],
    message: `the host "${value}" is named twice; take one out`,
  }))
}

function repeatsIn(
  values: readonly string[],
): readonly { readonly value: string; readonly at: number; readonly first: number }[] {
  return values.flatMap((value, at) => {
    const first = values.indexOf(value)
    return first < at ? [{ value, at, first }] : []
  })
}

/** Support types that can be asked for online by administrators only, and by no role of them. */
function typesNobodyAsks({ supportTypes, roles }: Charter): readonly Fault[] {
  return supportTypes.flatMap(({ id, channels, requesters }, at) =>
    requesters !== 'administrators' ||
    !channels.includes('portal') ||
    roles.some(({ asks }) => asks === undefined || asks.includes(id))
      ? []
      : [{ path: ['supportTypes', at], message: `no role asks "${id}"; name it in "asks" of a role` }],
  )
}

/** Rules that never decide, because an earlier one fits whenever they do. */
function unusedAssessments({ assessment }: Charter): readonly Fault[] {
  return assessment.flatMap((rule, at) => {
    const before = assessment.slice(0, at).findIndex((earlier) => fitsWhenever(earlier, rule))
    const message = `unreachable: assessment.${before} fits first; move this rule up or take it out`
    return before < 0 ? [] : [{ path: ['assessment', at], message }]
  })
}

function fitsWhenever(earlier: AssessmentRule, later: AssessmentRule): boolean {
  return Object.entries(earlier.when).every(([question, wanted]) => {
    const answers = later.when[question]
    return answers?.every((answer) => wanted.includes(answer)) ?? false
  })
}

/** What follows silence must come in its order: reminders, the notice, the lower severity, the closing. */
function stagesOutOfOrder({ nonResponse }: Charter): readonly Fault[] {
  if (!nonResponse) return []
  const { remindAfter, noticeAfter, lowerAfter, closeAfter } = nonResponse
  const stages: readonly { readonly path: Path; readonly after: TargetTerms }[] = [
    ...remindAfter.map((after, at) => ({ path: ['nonResponse', 'remindAfter', at], after })),
    { path: ['nonResponse', 'noticeAfter'], after: noticeAfter },
    { path: ['nonResponse', 'lowerAfter'], after: lowerAfter },
    { path: ['nonResponse', 'closeAfter'], after: closeAfter },
  ]
  return stages.flatMap(({ path, after }, at) => {
    const before = stages[at - 1]
    if (!before) return []
    const name = before.path.slice(1).join('.')
    const [mine, theirs] = [lengthOf(after), lengthOf(before.after)]
    if (mine.unit !== theirs.unit)
      return [{ path, message: `${writtenTarget(after)} cannot be compared with ${name}; use one unit for all stages` }]
    if (mine.length > theirs.length) return []
    return [{ path, message: `must be later than ${name}, which is ${writtenTarget(before.after)}` }]
  })
}

function lengthOf(terms: TargetTerms): { readonly unit: string; readonly length: number } {
  const minutes = minutesOf(terms)
  return minutes === undefined ? { unit: 'working day', length: terms.amount } : { unit: 'minute', length: minutes }
}

function warningsOutOfOrder({ warnAt }: Charter): readonly Fault[] {
  return warnAt.flatMap((share, at) => {
    const before = warnAt[at - 1]
    return before === undefined || share > before
      ? []
      : [{ path: ['warnAt', at], message: `${share} must be more than ${before} before it; write them in order` }]
  })
}

/** Days that `also` names although the calendar has hours for them already. */
function repeatedDays({ calendars }: WrittenCharter): readonly Fault[] {
  return Object.entries(calendars).flatMap(([id, { every, also = [] }]) =>
    also.flatMap((pattern, at) => {
      const known = [every, ...also.slice(0, at).map((earlier) => earlier.every)].flatMap(weekdaysOf)
      const twice = weekdaysOf(pattern.every).filter((day) => known.includes(day))
      const path = ['calendars', id, 'also', at, 'every']
      return twice.length === 0
        ? []
        : [{ path, message: `${twice.join(', ')} has hours above already; name each day once, with all its spans` }]
    }),
  )
}

function weekdaysOf(days: WrittenDays): readonly Weekday[] {
  switch (days) {
    case 'day':
      return WEEKDAYS
    case 'weekday':
      return WEEKDAYS.slice(0, 5)
    default:
      return days
  }
}

/** Spans of one day that share minutes. */
function overlappingHours({ calendars }: WrittenCharter): readonly Fault[] {
  return Object.entries(calendars).flatMap(([id, { open, also = [], exceptions = {} }]) => [
    ...overlapIn(open, ['calendars', id, 'open']),
    ...also.flatMap((pattern, at) => overlapIn(pattern.open, ['calendars', id, 'also', at, 'open'])),
    ...Object.entries(exceptions).flatMap(([date, spans]) => overlapIn(spans, ['calendars', id, 'exceptions', date])),
  ])
}

function overlapIn(written: readonly string[], path: Path): readonly Fault[] {
  const spans = written
    .flatMap((text, at) => {
      const span = parseSpan(text)
      return span ? [{ text, at, ...span }] : []
    })
    .toSorted((one, other) => one.from - other.from)
  return spans.flatMap(({ text, at, from }, place) => {
    const before = spans[place - 1]
    return before && from < before.until
      ? [
          {
            path: [...path, at],
            message: `${text} overlaps ${before.text} of the same day; make them one or part them`,
          },
        ]
      : []
  })
}

/**
 * Texts that lack a language the operator offers, anywhere in the document as it was written: an object all of whose keys
 * are languages is a text.
 */
export function textsMissing(document: unknown, languages: readonly Locale[]): readonly Fault[] {
  return textsIn(document).flatMap(({ path, text }) => {
    const missing = languages.filter((locale) => text[locale] === undefined)
    return missing.length === 0
      ? []
      : [
          {
            path,
            message: `the text is missing in ${missing.join(', ')}; the operator's languages are ${languages.join(', ')}`,
          },
        ]
  })
}
