import type { Charter, Severity, SeverityTerms, SupportType } from './charter.ts'

/** Why a severity is what it is: codes with parameters, put into words at the edge. */
export type Because =
  | { readonly code: 'assessed'; readonly severity: Severity }
  | { readonly code: 'requested'; readonly severity: Severity }
  | { readonly code: 'needs-contract'; readonly severity: Severity; readonly contract: string }
  | { readonly code: 'needs-support-type'; readonly severity: Severity; readonly supportType: string }
  | { readonly code: 'highest-of-support-type'; readonly severity: Severity; readonly supportType: string }

export type Granted = {
  readonly severity: Severity
  /** The severity that was asked for, when it is not the one given. */
  readonly cappedFrom: Severity | undefined
  readonly because: readonly Because[]
}

/** What the impact answers amount to by the charter's rules; first match wins, and the last rule catches all. */
export function assessSeverity(charter: Charter, answers: Readonly<Record<string, string>>): Severity {
  const rule = charter.assessment.find(({ when }) =>
    Object.entries(when).every(([question, wanted]) => wanted.includes(answers[question] ?? '')),
  )
  return rule?.severity ?? mildest(charter)
}

/**
 * The severity a service request gets, given the one asked for: the first at or below it that contract, support type and
 * charter allow, with a reason for each step down.
 * Source: model page, "initial response times", note 2: A needs an advanced agreement and a technical topic; billing stops at B.
 */
export function grantSeverity(
  charter: Charter,
  asked: { readonly severity: Severity; readonly supportType: string; readonly contract: string | null },
): Granted {
  const steps = charter.severities.map(({ id }) => id).slice(Math.max(0, rankOf(charter, asked.severity)))
  const because: Because[] = []
  for (const severity of steps) {
    const refusal = refusalOf(charter, severity, asked)
    if (!refusal) return { severity, cappedFrom: severity === asked.severity ? undefined : asked.severity, because }
    because.push(refusal)
  }
  const last = mildest(charter)
  return { severity: last, cappedFrom: asked.severity === last ? undefined : asked.severity, because }
}

/** Whether a case can have a severity: the mildest is for all. */
export function mayHave(
  charter: Charter,
  severity: Severity,
  of: { readonly supportType: string; readonly contract: string | null },
): boolean {
  return severity === mildest(charter) || refusalOf(charter, severity, of) === undefined
}

function refusalOf(
  charter: Charter,
  severity: Severity,
  { supportType, contract }: { readonly supportType: string; readonly contract: string | null },
): Because | undefined {
  const highest = supportTypeOf(charter, supportType)?.highest ?? mildest(charter)
  if (rankOf(charter, severity) < rankOf(charter, highest))
    return { code: 'highest-of-support-type', severity, supportType }
  const requires = termsOf(charter, severity).requires
  if (requires?.supportTypes && !requires.supportTypes.includes(supportType)) {
    return { code: 'needs-support-type', severity, supportType }
  }
  if (requires?.contract && requires.contract !== contract)
    return { code: 'needs-contract', severity, contract: requires.contract }
  return undefined
}

/** A severity's place from worst (0) to mildest; -1 for one the charter does not have. */
export function rankOf(charter: Charter, severity: Severity): number {
  return charter.severities.findIndex(({ id }) => id === severity)
}

function mildest(charter: Charter): Severity {
  return charter.severities.at(-1)?.id ?? ''
}

function termsOf(charter: Charter, severity: Severity): SeverityTerms {
  const terms = charter.severities.find(({ id }) => id === severity)
  if (!terms) throw new Error(`the charter has no severity ${severity}`)
  return terms
}

export function supportTypeOf(charter: Charter, id: string): SupportType | undefined {
  return charter.supportTypes.find((type) => type.id === id)
}
