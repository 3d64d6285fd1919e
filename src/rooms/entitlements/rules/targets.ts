import type { Charter, ClockKind, NamedCalendar, TargetRule, TargetTerms } from './charter.ts'

/** What a target is asked for. A contract of null is no contract. */
export type Asked = {
  readonly clock: ClockKind
  readonly severity: string
  readonly supportType: string
  readonly contract: string | null
}

/** A target with its calendar and the place of the rule that gave it, from 0. */
export type AgreedTarget = { readonly target: TargetTerms; readonly calendar: NamedCalendar; readonly rule: number }

/** How a rule names those without a contract. */
export const NO_CONTRACT = 'none'

/** What the charter promises: the first rule of its table that fits; undefined where it promises nothing. Source: rules 6 and 17. */
export function targetFor(charter: Charter, asked: Asked): AgreedTarget | undefined {
  const rule = charter.targets.findIndex((one) => fits(one, asked))
  const found = charter.targets[rule]
  const calendar = found && charter.calendars[found.calendar]
  return calendar && { target: found.target, calendar, rule }
}

/** Whether a rule is about what is asked. */
export function fits(rule: TargetRule, { clock, severity, supportType, contract }: Asked): boolean {
  return (
    rule.clock === clock &&
    (rule.severities?.includes(severity) ?? true) &&
    (rule.supportTypes?.includes(supportType) ?? true) &&
    (rule.contracts?.includes(contract ?? NO_CONTRACT) ?? true)
  )
}

/** The initial response that a severity has for a support type, for those who may have it at all: what a public page says. */
export function publicPromise(charter: Charter, severity: string, supportType: string): AgreedTarget | undefined {
  const contract = charter.severities.find(({ id }) => id === severity)?.requires?.contract ?? null
  return targetFor(charter, { clock: 'initial-response', severity, supportType, contract })
}
