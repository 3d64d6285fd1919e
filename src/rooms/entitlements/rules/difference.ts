import { LOCALES } from '../../../base/locale.ts'
import { WEEKDAYS } from '../../calendars/rules/calendar.ts'
import type { Span } from '../../calendars/rules/calendar.ts'
import { writtenDay } from '../../calendars/rules/layer-day.ts'
import { spanText } from '../../calendars/rules/span.ts'
import type { Charter, NamedCalendar, NamedLayer, TargetRule } from './charter.ts'
import { writtenTarget } from './terms.ts'
import { textsIn } from './texts.ts'

/** What would change from one charter to the next, as English lines; none when only texts differ. */
export function differenceOf(before: Charter, after: Charter): readonly string[] {
  return [
    ...listed('severity', bySeverity(before), bySeverity(after)),
    ...orderChanged('severities', idsOf(before.severities), idsOf(after.severities)),
    ...targetChanges(before.targets, after.targets),
    ...listed('calendar', mapped(before.calendars, calendarFacts), mapped(after.calendars, calendarFacts)),
    ...listed('holidays', mapped(before.holidays, layerFacts), mapped(after.holidays, layerFacts)),
    ...listed('support type', byType(before), byType(after)),
    ...listed('topic', byTopic(before), byTopic(after)),
    ...listed('service', byService(before), byService(after)),
    ...listed('role', byRole(before), byRole(after)),
    ...listed('checklist', byChecklist(before), byChecklist(after)),
    ...listed('step', byStep(before), byStep(after)),
    ...listed('note', idsAlone(before.notes), idsAlone(after.notes)),
    ...listed('phones of', byCountry(before), byCountry(after)),
    ...listed('question', byQuestion(before), byQuestion(after)),
    ...assessmentChanges(before, after),
    ...factChanges('', plainFacts(before), plainFacts(after)),
  ]
}

/** How many texts differ between two documents as they were written: entries with an id are compared by it, others by place. */
export function textsChanged(before: unknown, after: unknown): number {
  const [old, next] = [textsById(before), textsById(after)]
  return [...new Set([...old.keys(), ...next.keys()])].filter((path) => old.get(path) !== next.get(path)).length
}

function textsById(document: unknown): ReadonlyMap<string, string> {
  return new Map(
    textsIn(document).map(({ name, text }) => [name, LOCALES.map((locale) => JSON.stringify(text[locale])).join()]),
  )
}

/** Named facts about one thing, in words. */
type Facts = Readonly<Record<string, string>>

function bySeverity({ severities }: Charter): ReadonlyMap<string, Facts> {
  return new Map(
    severities.map(({ id, requires }) => [
      id,
      { contract: requires?.contract ?? NONE, 'support types': joined(requires?.supportTypes) },
    ]),
  )
}

function byType({ supportTypes }: Charter): ReadonlyMap<string, Facts> {
  return new Map(
    supportTypes.map(({ id, highest, calendar, channels, requesters, requires, questions, scope }) => [
      id,
      {
        highest,
        calendar,
        channels: joined(channels),
        requesters,
        questions: joined(questions.map(({ id: name, required }) => `${name}${required ? ' (required)' : ''}`)),
        'out of scope': joined(idsOf(scope)),
        'add-on': requires ? `${requires.addOn}${requires.seats ? `, ${requires.seats} seats` : ''}` : NONE,
      },
    ]),
  )
}

function byService({ services }: Charter): ReadonlyMap<string, Facts> {
  return new Map(
    services.map(({ id, features, subscriptions }) => [
      id,
      {
        features: joined(idsOf(features)),
        subscriptions: subscriptions === undefined ? 'all' : joined(subscriptions),
      },
    ]),
  )
}

function byRole({ roles }: Charter): ReadonlyMap<string, Facts> {
  return new Map(
    roles.map(({ id, asks, manages }) => [
      id,
      { asks: asks === undefined ? 'all support types' : joined(asks), 'gives rights': manages ? 'yes' : NONE },
    ]),
  )
}

function byChecklist({ checklists }: Charter): ReadonlyMap<string, Facts> {
  return new Map(
    checklists.map(({ id, supportType, steps }) => [id, { 'support type': supportType, steps: joined(idsOf(steps)) }]),
  )
}

function byStep({ checklists }: Charter): ReadonlyMap<string, Facts> {
  return new Map(
    checklists.flatMap(({ id: list, steps }) =>
      steps.map(({ id, article = NONE, role = NONE }) => [`${id} of ${list}`, { article, role }] as const),
    ),
  )
}

function byTopic({ topics }: Charter): ReadonlyMap<string, Facts> {
  return new Map(topics.map(({ id, supportType }) => [id, { 'support type': supportType }]))
}

function byQuestion({ impactQuestions }: Charter): ReadonlyMap<string, Facts> {
  return new Map(impactQuestions.map(({ id, options }) => [id, { answers: joined(idsOf(options)) }]))
}

function byCountry({ phones }: Charter): ReadonlyMap<string, Facts> {
  return new Map(
    phones.map(({ country, numbers, hours }) => [
      country,
      {
        numbers: joined(numbers.map(({ e164 }) => e164)),
        hours: joined(hours.map((one) => `${one.supportType} on ${one.calendar} in ${one.languages.join('/')}`)),
      },
    ]),
  )
}

function idsAlone(list: readonly { readonly id: string }[]): ReadonlyMap<string, Facts> {
  return new Map(list.map(({ id }) => [id, {}]))
}

function idsOf(list: readonly { readonly id: string }[]): readonly string[] {
  return list.map(({ id }) => id)
}

function calendarFacts({ zone, days, exceptions = {}, holidays }: NamedCalendar): Facts {
  return {
    zone,
    ...Object.fromEntries(WEEKDAYS.map((day) => [day, spansText(days[day])])),
    'holidays followed': joined(holidays),
    ...Object.fromEntries(Object.entries(exceptions).map(([date, spans]) => [date, spansText(spans)])),
  }
}

function spansText(spans: readonly Span[]): string {
  return spans.length === 0 ? 'closed' : spans.map(spanText).join(' and ')
}

function layerFacts({ region, approved, days }: NamedLayer): Facts {
  const written = Object.entries(days).map(([date, day]) => [date, plain(writtenDay(day))] as const)
  return {
    region,
    'approved years': joined(approved.map(({ year }) => String(year))),
    ...Object.fromEntries(written),
  }
}

/** What is not a list of things with names. */
function plainFacts(charter: Charter): Facts {
  const { nonResponse, pauses, calls } = charter
  return {
    languages: joined(charter.languages),
    hosts: joined(charter.hosts),
    'status hosts': joined(charter.statusHosts),
    zone: charter.zone,
    'working day': charter.workingDay,
    'days to reopen': String(charter.reopenDays),
    'review of articles': charter.selfHelp.review,
    'review of incidents': charter.serviceHealth.review,
    'incidents are declared by': charter.serviceHealth.declare,
    'incidents are proposed by': `${charter.serviceHealth.propose.organizations} organizations within ${charter.serviceHealth.propose.hours} hours`,
    'silence of customers': nonResponse
      ? `on ${nonResponse.calendar}, reminders after ${nonResponse.remindAfter.map(writtenTarget).join(' and ')}, notice after ${writtenTarget(nonResponse.noticeAfter)}, lower severity after ${writtenTarget(nonResponse.lowerAfter)}, closed after ${writtenTarget(nonResponse.closeAfter)}, ${nonResponse.restore ? 'an answer gives the severity back' : 'the severity stays'}`
      : NONE,
    'pauses for third parties': pauses.thirdParty
      ? `yes${pauses.atMost ? `, ${writtenTarget(pauses.atMost)} at most` : ''}`
      : 'no',
    calls: `times of ${calls.slotMinutes} minutes, ${calls.aheadDays} working days ahead, offered for ${calls.offerSeconds} seconds, agents away after ${calls.lostSeconds} seconds, tried again after ${calls.retryMinutes} minutes, ${calls.retryTimes} times`,
    'warnings at': joined(charter.warnAt.map(String)),
    escalations: joined(
      charter.escalations.map(
        ({ clock, after, severities, tell, calendar }) =>
          `${clock}${severities ? ` at ${severities.join('/')}` : ''} after ${after} to ${tell.join(' and ')}${calendar ? ` on ${calendar}` : ''}`,
      ),
    ),
    'mail from': charter.brand.mailFrom,
    'short name': charter.brand.shortName,
    colors: `${charter.brand.color.light} and ${charter.brand.color.dark}`,
  }
}

function assessmentChanges(before: Charter, after: Charter): readonly string[] {
  const rules = ({ assessment }: Charter) => assessment.map(({ when, severity }) => `${plain(when)} gives ${severity}`)
  return linesChanged('assessment', rules(before), rules(after))
}

function targetChanges(before: readonly TargetRule[], after: readonly TargetRule[]): readonly string[] {
  const [old, next] = [promises(before), promises(after)]
  const changed = [...next].flatMap(([who, promise]) => {
    const was = old.get(who)
    return was === undefined || was === promise ? [] : [`target ${who}: ${was} -> ${promise}`]
  })
  const gone = [...old].filter(([who]) => !next.has(who)).map(([who, was]) => `target removed: ${who}: ${was}`)
  const added = [...next].filter(([who]) => !old.has(who)).map(([who, promise]) => `target added: ${who}: ${promise}`)
  return [...changed, ...gone, ...added, ...orderChanged('targets', [...old.keys()], [...next.keys()])]
}

/** Whom a rule is about, with what it promises. */
function promises(rules: readonly TargetRule[]): ReadonlyMap<string, string> {
  return new Map(
    rules.map(({ clock, severities, supportTypes, contracts, target, calendar }) => [
      [
        clock,
        ...(severities ? [`severity ${severities.join('/')}`] : []),
        ...(supportTypes ? [supportTypes.join('/')] : []),
        ...(contracts ? [`contract ${contracts.join('/')}`] : []),
      ].join(', '),
      `${writtenTarget(target)} on ${calendar}`,
    ]),
  )
}

const NONE = 'none'

/** Things by their name: those that are new, those that are gone, and what changed about the others. */
function listed(
  kind: string,
  before: ReadonlyMap<string, Facts>,
  after: ReadonlyMap<string, Facts>,
): readonly string[] {
  return [
    ...[...before.keys()].filter((id) => !after.has(id)).map((id) => `${kind} ${id} removed`),
    ...[...after].flatMap(([id, facts]) => {
      const old = before.get(id)
      return old ? factChanges(`${kind} ${id}: `, old, facts) : [`${kind} ${id} added${factsText(facts)}`]
    }),
  ]
}

const SHOWN = 12

function factsText(facts: Facts): string {
  const said = Object.entries(facts).filter(([, value]) => value !== NONE)
  const more = said.length > SHOWN ? `, and ${said.length - SHOWN} more` : ''
  const shown = said.slice(0, SHOWN).map(([name, value]) => `${name} ${value}`)
  return said.length === 0 ? '' : `: ${shown.join(', ')}${more}`
}

function factChanges(prefix: string, before: Facts, after: Facts): readonly string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .filter((name) => before[name] !== after[name])
    .map((name) => `${prefix}${name}: ${before[name] ?? USUAL} -> ${after[name] ?? USUAL}`)
}

/** What holds of a date that nothing is said about. */
const USUAL = 'as usual'

function linesChanged(kind: string, before: readonly string[], after: readonly string[]): readonly string[] {
  return [
    ...before.filter((line) => !after.includes(line)).map((line) => `${kind} removed: ${line}`),
    ...after.filter((line) => !before.includes(line)).map((line) => `${kind} added: ${line}`),
    ...orderChanged(`${kind} rules`, before, after),
  ]
}

function orderChanged(kind: string, before: readonly string[], after: readonly string[]): readonly string[] {
  const kept = after.filter((one) => before.includes(one))
  return before.filter((one) => after.includes(one)).join('\n') === kept.join('\n')
    ? []
    : [`the order of the ${kind} changes`]
}

function mapped<T>(things: Readonly<Record<string, T>>, facts: (thing: T) => Facts): ReadonlyMap<string, Facts> {
  return new Map(Object.entries(things).map(([id, thing]) => [id, facts(thing)]))
}

function joined(values: readonly string[] | undefined): string {
  return values === undefined || values.length === 0 ? NONE : values.join(', ')
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
