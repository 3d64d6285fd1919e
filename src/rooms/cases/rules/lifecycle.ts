/** The part of a case that says what may happen to it next. */
export type Standing = {
  readonly closedAt: Temporal.Instant | null
  readonly waitingFor: 'operator' | 'customer'
  /** When the initial response is owed; null once it was given. */
  readonly initialResponseOwed: Temporal.Instant | null
}

/** What an agent writes: an answer settles what was owed, a question does too and hands the case to the customer. */
export type AgentMessage = 'answer' | 'question' | 'note'

/** True when a message to the customer may be written: on open cases. */
export function mayWrite(standing: Standing): boolean {
  return standing.closedAt === null
}

export type Reopening = 'ok' | 'case-is-open' | 'reopen-too-late'

/** A closed case may be reopened within the charter's days of closing (response-targets rule 16). */
export function decideReopening(standing: Standing, reopenDays: number, now: Temporal.Instant): Reopening {
  if (standing.closedAt === null) return 'case-is-open'
  const until = standing.closedAt.add({ hours: reopenDays * 24 })
  return Temporal.Instant.compare(now, until) <= 0 ? 'ok' : 'reopen-too-late'
}

/** Whom the case waits for after a message, and whether the initial response is met by it (rule 4: a note is no response). */
export function afterAgentMessage(
  standing: Standing,
  kind: AgentMessage,
): { waitingFor: Standing['waitingFor']; meets: boolean } {
  if (kind === 'note') return { waitingFor: standing.waitingFor, meets: false }
  return { waitingFor: 'customer', meets: standing.initialResponseOwed !== null }
}
