import type { Outcome } from './outcome.ts'

/** Which clocks behind a figure: what came of them, and whether they have a due at all; absent means both. */
export type Behind = {
  readonly outcome?: 'met' | 'breached' | 'excluded' | undefined
  readonly due?: 'dated' | 'none' | undefined
}

/** A clock behind a figure, with its case. */
export type PromiseRow = {
  readonly caseId: string
  readonly number: string
  readonly title: string
  readonly organizationName: string
  readonly clock: string
  readonly cycle: number
  readonly severity: string
  readonly supportType: string
  readonly outcome: Outcome
  readonly dueAt: Temporal.Instant | null
  /** When it was met and since when it is overdue, as far as that was known. */
  readonly metAt: Temporal.Instant | null
  readonly breachedAt: Temporal.Instant | null
}

/** A place in the list of clocks. */
export type Place = {
  readonly due: string
  readonly caseId: string
  readonly clock: string
  readonly cycle: number
}

/** Where a list goes on after a row. */
export function placeAfter({ dueAt, caseId, clock, cycle }: PromiseRow): Place {
  return { due: dueAt?.toString() ?? 'infinity', caseId, clock, cycle }
}
