import { csvHead, csvRows } from '../../api/csv.ts'
import type { Cell } from '../../api/csv.ts'
import { complianceOf } from './rules/figures.ts'
import type { FigureRow } from './rules/figures.ts'
import type { PromiseRow } from './rules/promises.ts'

type Columns<Row> = Readonly<Record<string, (row: Row) => Cell>>

/** Named as in the JSON door, so that what reads one reads the other. */
const FIGURES: Columns<FigureRow> = {
  month: (row) => row.month,
  clock: (row) => row.clock,
  severity: (row) => row.severity,
  supportType: (row) => row.supportType,
  met: (row) => row.met,
  breached: (row) => row.breached,
  compliance: complianceOf,
  running: (row) => row.running,
  paused: (row) => row.paused,
  stopped: (row) => row.stopped,
  unpromised: (row) => row.unpromised,
}

const PROMISES: Columns<PromiseRow> = {
  number: (row) => row.number,
  title: (row) => row.title,
  organization: (row) => row.organizationName,
  supportType: (row) => row.supportType,
  clock: (row) => row.clock,
  cycle: (row) => row.cycle,
  severity: (row) => row.severity,
  outcome: (row) => row.outcome,
  due: (row) => utc(row.dueAt),
  met: (row) => utc(row.metAt),
  overdueSince: (row) => utc(row.breachedAt),
}

/** Figures as CSV, a line for each month, clock, severity and support type. */
export function figuresCsv(rows: readonly FigureRow[]): string {
  return csvHead(Object.keys(FIGURES)) + linesOf(FIGURES, rows)
}

/** The first line of a list of clocks. */
export function promisesHead(): string {
  return csvHead(Object.keys(PROMISES))
}

/** Lines of that list, moments as ISO 8601 in UTC. */
export function promisesCsv(rows: readonly PromiseRow[]): string {
  return linesOf(PROMISES, rows)
}

function linesOf<Row>(columns: Columns<Row>, rows: readonly Row[]): string {
  return csvRows(rows.map((row) => Object.values(columns).map((cellOf) => cellOf(row))))
}

function utc(at: Temporal.Instant | null): string | null {
  return at === null ? null : at.toString()
}
