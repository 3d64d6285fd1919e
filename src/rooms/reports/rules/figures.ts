import type { Outcome } from './outcome.ts'

/** How many clocks came to what. */
export type Figures = Readonly<Record<Outcome, number>>

/** Clocks of one kind, severity and support type that were due in a month ("2026-05"); null for those without a due. */
export type FigureRow = Figures & {
  readonly month: string | null
  readonly clock: string
  readonly severity: string
  readonly supportType: string
}

const NONE: Figures = { met: 0, breached: 0, running: 0, paused: 0, stopped: 0, unpromised: 0 }

export function sumOf(rows: readonly Figures[]): Figures {
  return rows.reduce<Figures>(
    (sum, row) => ({
      met: sum.met + row.met,
      breached: sum.breached + row.breached,
      running: sum.running + row.running,
      paused: sum.paused + row.paused,
      stopped: sum.stopped + row.stopped,
      unpromised: sum.unpromised + row.unpromised,
    }),
    NONE,
  )
}

/** The share of promises kept, 0 to 1, in thousandths, 1 only when all were; null where none was due. */
export function complianceOf({ met, breached }: Figures): number | null {
  const due = met + breached
  if (due === 0) return null
  return breached > 0 ? Math.min(999, Math.round((met * 1000) / due)) / 1000 : 1
}

/** Clocks that neither kept nor broke a promise. */
export function excludedOf({ running, paused, stopped, unpromised }: Figures): number {
  return running + paused + stopped + unpromised
}
