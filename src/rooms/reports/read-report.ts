import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import type { Charter } from '../entitlements/index.ts'
import { requireLead } from '../people/index.ts'
import type { FigureRow } from './rules/figures.ts'
import { questionOf } from './rules/months.ts'
import type { Asked, Question } from './rules/months.ts'
import { figuresOf, promisesBehind } from './store.ts'
import type { Behind, Place, PromiseRow } from './rules/promises.ts'

/** A question with its moments, and the charter whose words it is told in. */
export type AskedReport = { readonly question: Question; readonly charter: Charter }

export type Report = AskedReport & { readonly rows: readonly FigureRow[] }

/** How the operator's promises were kept, as it was known at a date. For support leads only. */
export async function readReport(work: Work, operatorId: string, asked: Asked): Promise<Report> {
  const report = await askReport(work, operatorId, asked)
  return { ...report, rows: await figuresOf(work, operatorId, report.question) }
}

/** The question alone, for those who go on to ask for its cases. For support leads only. */
export async function askReport(work: Work, operatorId: string, asked: Asked): Promise<AskedReport> {
  await requireLead(work, operatorId)
  const { charter } = await charterInForce(work, operatorId)
  return { charter, question: questionOf(asked, { zone: charter.zone, now: work.now }) }
}

/** A page of the clocks behind a figure, first due first. For support leads only. */
export async function readPromises(
  work: Work,
  operatorId: string,
  of: {
    readonly question: Question
    readonly behind: Behind
    readonly limit: number
    readonly after?: Place | undefined
  },
): Promise<readonly PromiseRow[]> {
  await requireLead(work, operatorId)
  return promisesBehind(work, operatorId, of)
}
