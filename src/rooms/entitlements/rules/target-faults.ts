import { addOpenMinutesMs, nextOpeningMs } from '../../calendars/rules/opening.ts'
import { addWorkingDaysMs } from '../../calendars/rules/working-days.ts'
import type { Charter, NamedCalendar, TargetRule, TargetTerms } from './charter.ts'
import type { Fault } from './fault.ts'
import { mayHave, rankOf } from './severity.ts'
import { fits, NO_CONTRACT } from './targets.ts'
import type { Asked } from './targets.ts'
import { minutesOf, writtenTarget } from './terms.ts'

/** A case as the table of targets sees it. */
type Case = Omit<Asked, 'clock'>

/** What is wrong with the table of targets as a whole: gaps, rules never used, rules that fight, targets nobody can keep. */
export function targetFaults(charter: Charter): readonly Fault[] {
  const unused = unusedRules(charter)
  const unusedPlaces = new Set(unused.map(({ path }) => path[1]))
  return [
    ...gaps(charter),
    ...unused,
    ...overlaps(charter).filter(({ path }) => !unusedPlaces.has(path[1])),
    ...neverOpen(charter),
    ...longerThanTheWhole(charter),
    ...idleEscalations(charter),
  ]
}

/** Severities that no support type can have, whatever the contract. */
export function unreachableSeverities(charter: Charter): readonly Fault[] {
  return charter.severities.flatMap(({ id, requires }, at) => {
    const contract = requires?.contract ?? null
    if (charter.supportTypes.some((type) => mayHave(charter, id, { supportType: type.id, contract }))) return []
    const path = ['severities', at, ...(requires?.supportTypes ? ['requires', 'supportTypes'] : [])]
    const highest = charter.supportTypes.map((type) => `${type.id} has ${type.highest}`).join(', ')
    const message = `nobody can have severity ${id}: raise "highest" of a support type (${highest}) or let more support types have it`
    return [{ path, message }]
  })
}

/** Support types with the portal, with a severity they can have and no initial response for it: one fault for all contracts. */
function gaps(charter: Charter): readonly Fault[] {
  const offered = charter.supportTypes.filter(({ channels }) => channels.includes('portal')).map(({ id }) => id)
  const missing = casesOf(charter, contractsIn(charter))
    .filter(({ supportType }) => offered.includes(supportType))
    .filter((one) => ruleFor(charter, 'initial-response', one) < 0)
  const groups = Map.groupBy(missing, ({ severity, supportType }) => `severity ${severity} of ${supportType}`)
  return [...groups].map(([what, cases]) => {
    const contracts = cases.map(({ contract }) => contractText(contract)).join(', ')
    const message = `no initial response is promised for ${what} with ${contracts}; add a rule with clock: initial-response that fits`
    return { path: ['targets'], message }
  })
}

/** Rules that decide nothing: earlier ones of their clock fit all their cases, or no case fits. */
function unusedRules(charter: Charter): readonly Fault[] {
  const cases = casesOf(charter, [...contractsIn(charter), ANY_OTHER])
  return charter.targets.flatMap((rule, at): Fault[] => {
    if (namesUnknown(charter, rule)) return []
    const fitting = cases.filter((one) => fits(rule, { clock: rule.clock, ...one }))
    const deciding = fitting.map((one) => ruleFor(charter, rule.clock, one))
    if (deciding.includes(at)) return []
    if (fitting.length === 0)
      return [{ path: ['targets', at], message: 'no case can fit this rule; see "highest" and "requires"' }]
    const earlier = [...new Set(deciding)].map((place) => `targets.${place}`).join(', ')
    return [{ path: ['targets', at], message: `unreachable: ${earlier} fits first; move this rule up or take it out` }]
  })
}

/** Two rules of one clock that share a case, where neither is a special case of the other: their order is a guess. */
function overlaps(charter: Charter): readonly Fault[] {
  const cases = casesOf(charter, [...contractsIn(charter), ANY_OTHER])
  const fitting = charter.targets.map(
    (rule) => new Set(cases.filter((one) => fits(rule, { clock: rule.clock, ...one }))),
  )
  return charter.targets.flatMap((rule, at) =>
    charter.targets.slice(0, at).flatMap((earlier, before): Fault[] => {
      const [mine, theirs] = [fitting[at], fitting[before]]
      if (rule.clock !== earlier.clock || !mine || !theirs) return []
      const [shared] = mine.intersection(theirs)
      if (!shared || theirs.isSubsetOf(mine) || mine.isSubsetOf(theirs)) return []
      const message = `overlaps targets.${before}: both fit ${inWords(shared)}, and neither is part of the other; narrow one of them`
      return [{ path: ['targets', at], message }]
    }),
  )
}

/** Targets, and what follows silence, on calendars that never open. */
function neverOpen(charter: Charter): readonly Fault[] {
  const used = [
    ...charter.targets.map(({ calendar }, at) => ({ calendar, path: ['targets', at, 'calendar'] })),
    ...charter.supportTypes.map(({ calendar }, at) => ({ calendar, path: ['supportTypes', at, 'calendar'] })),
    ...(charter.nonResponse ? [{ calendar: charter.nonResponse.calendar, path: ['nonResponse', 'calendar'] }] : []),
    ...charter.escalations.flatMap(({ calendar }, at) =>
      calendar ? [{ calendar, path: ['escalations', at, 'calendar'] }] : [],
    ),
  ]
  return used.flatMap(({ calendar, path }) => {
    const found = charter.calendars[calendar]
    const never = found && Object.values(found.days).every((spans) => spans.length === 0)
    return never
      ? [{ path, message: `impossible: the calendar "${calendar}" never opens; give it hours in "open"` }]
      : []
  })
}

/** News promised less often than the solution, and a first answer that comes after it. */
function longerThanTheWhole(charter: Charter): readonly Fault[] {
  const seen = new Set<string>()
  return casesOf(charter, [...contractsIn(charter), ANY_OTHER]).flatMap((one) =>
    (['initial-response', 'progress-update'] as const).flatMap((clock): Fault[] => {
      const [at, whole] = [ruleFor(charter, clock, one), ruleFor(charter, 'resolution', one)]
      const [part, resolution] = [charter.targets[at], charter.targets[whole]]
      if (!part || !resolution || seen.has(`${at} ${whole}`) || !isLonger(charter, part, resolution)) return []
      seen.add(`${at} ${whole}`)
      const message = `impossible: ${writtenTarget(part.target)} is longer than the resolution of ${writtenTarget(resolution.target)} in targets.${whole}, for ${inWords(one)}; shorten it`
      return [{ path: ['targets', at, 'target'], message }]
    }),
  )
}

/** Escalations of clocks that run for nobody. */
function idleEscalations(charter: Charter): readonly Fault[] {
  const cases = casesOf(charter, [...contractsIn(charter), ANY_OTHER])
  return charter.escalations.flatMap(({ clock, severities }, at) => {
    const promised = cases.filter((one) => ruleFor(charter, clock, one) >= 0).map(({ severity }) => severity)
    if (promised.length === 0)
      return [
        { path: ['escalations', at, 'clock'], message: `nobody is promised the clock ${clock}; add a target for it` },
      ]
    return (severities ?? []).flatMap((id, place) =>
      rankOf(charter, id) < 0 || promised.includes(id)
        ? []
        : [
            {
              path: ['escalations', at, 'severities', place],
              message: `nobody is promised the clock ${clock} at severity ${id}; add a target for it`,
            },
          ],
    )
  })
}

/** Stands for a contract that the charter names nowhere. */
const ANY_OTHER = 'any other'

/** Every contract the charter names, and null for none. */
function contractsIn({ severities, targets }: Charter): readonly (string | null)[] {
  const named = [
    ...severities.flatMap(({ requires }) => requires?.contract ?? []),
    ...targets.flatMap(({ contracts }) => contracts ?? []),
  ]
  return [null, ...new Set(named.filter((id) => id !== NO_CONTRACT))]
}

/** Every kind of case that can come to be. */
function casesOf(charter: Charter, contracts: readonly (string | null)[]): readonly Case[] {
  return charter.supportTypes.flatMap(({ id: supportType }) =>
    charter.severities.flatMap(({ id: severity }) =>
      contracts
        .filter((contract) => mayHave(charter, severity, { supportType, contract }))
        .map((contract) => ({ severity, supportType, contract })),
    ),
  )
}

function ruleFor(charter: Charter, clock: TargetRule['clock'], one: Case): number {
  return charter.targets.findIndex((rule) => fits(rule, { clock, ...one }))
}

/** Names that are not declared are a fault of their own. */
function namesUnknown(charter: Charter, { severities = [], supportTypes = [] }: TargetRule): boolean {
  return (
    severities.some((id) => rankOf(charter, id) < 0) ||
    supportTypes.some((id) => !charter.supportTypes.some((type) => type.id === id))
  )
}

function inWords({ severity, supportType, contract }: Case): string {
  return `severity ${severity} of ${supportType} with ${contractText(contract)}`
}

function contractText(contract: string | null): string {
  if (contract === null) return 'no contract'
  return contract === ANY_OTHER ? 'any other contract' : `contract ${contract}`
}

const HOUR = 3_600_000
/** A plain week, every four hours of it, from Monday 1 June 2026. */
const SAMPLE = Array.from({ length: 42 }, (_, at) => Date.UTC(2026, 5, 1) + at * 4 * HOUR)

/** Whether one target is due after another at every moment of a plain week, each on its own calendar. */
function isLonger(charter: Charter, one: TargetRule, other: TargetRule): boolean {
  const [mine, theirs] = [charter.calendars[one.calendar], charter.calendars[other.calendar]]
  if (!mine || !theirs) return false
  return SAMPLE.every((from) => {
    const due = dueFrom(from, one.target, mine, charter.workingDay)
    const whole = dueFrom(from, other.target, theirs, charter.workingDay)
    return due !== undefined && whole !== undefined && due > whole
  })
}

function dueFrom(
  from: number,
  target: TargetTerms,
  calendar: NamedCalendar,
  workingDay: Charter['workingDay'],
): number | undefined {
  const minutes = minutesOf(target)
  if (minutes === undefined) return addWorkingDaysMs(calendar, from, target.amount, workingDay)
  const start = nextOpeningMs(calendar, from)
  return start === undefined ? undefined : addOpenMinutesMs(calendar, start, minutes)
}
