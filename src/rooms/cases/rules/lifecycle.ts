import type { SeverityStep } from './facts-of.ts'

/** What an agent writes: an answer settles what was owed, a question does too and hands the case to the customer. */
export type AgentMessage = 'answer' | 'question' | 'note'

export type Reopening = 'ok' | 'case-is-open' | 'reopen-too-late'

/** A closed case may be reopened within the charter's days of closing (response-targets rule 16). */
export function decideReopening(
  closedAt: Temporal.Instant | null,
  reopenDays: number,
  now: Temporal.Instant,
): Reopening {
  if (closedAt === null) return 'case-is-open'
  const until = closedAt.add({ hours: reopenDays * 24 })
  return Temporal.Instant.compare(now, until) <= 0 ? 'ok' : 'reopen-too-late'
}

/**
 * The severity that the customer's silence took from a case, for his answer to give back; undefined when it took none, when
 * somebody has set another since, or when the charter gives nothing back. Source: response-targets rule 15.
 */
export function severityToRestore(restores: boolean, changes: readonly SeverityStep[]): string | undefined {
  const last = changes.at(-1)
  return restores && last?.reason === 'no-answer' ? last.from : undefined
}
