import type { Report } from './read-report.ts'
import { complianceOf, sumOf } from './rules/figures.ts'
import type { Figures } from './rules/figures.ts'

/** What the JSON door shows of a report: figures by month, clock, severity and support type, and their sum. */
export function reportJson({ question, charter, rows }: Report) {
  return {
    from: question.months[0],
    to: question.months.at(-1),
    asOf: question.asOf,
    zone: charter.zone,
    total: figuresJson(sumOf(rows)),
    rows: rows.map(({ month, clock, severity, supportType, ...figures }) => ({
      month,
      clock,
      severity,
      supportType,
      ...figuresJson(figures),
    })),
  }
}

function figuresJson(figures: Figures) {
  const { met, breached, running, paused, stopped, unpromised } = figures
  return { met, breached, compliance: complianceOf(figures), excluded: { running, paused, stopped, unpromised } }
}
