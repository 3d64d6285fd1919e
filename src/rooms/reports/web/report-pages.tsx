import { Hono } from 'hono'
import type { Context } from 'hono'
import { read } from '../../../api/read.ts'
import { agentVisit } from '../../../ui/visit.ts'
import type { AgentVisit, Env } from '../../../ui/visit.ts'
import { askedSchema, behindSchema, placeOf } from '../asked.ts'
import { figuresCsv, promisesCsv, promisesHead } from '../csv.ts'
import { askReport, readPromises, readReport } from '../read-report.ts'
import type { Question } from '../rules/months.ts'
import { placeAfter } from '../rules/promises.ts'
import type { Behind, Place } from '../rules/promises.ts'
import { MOST_LINES } from './limits.ts'
import { ReportCasesPage } from './report-cases-page.tsx'
import { ReportPage } from './report-page.tsx'

const PAGE = 50
const BATCH = 2000

/** Reports, below the agents' workplace: figures, the cases behind them, and both to take away. For support leads only. */
export function reportPages(): Hono<Env> {
  return new Hono<Env>()
    .get('/reports', show)
    .get('/reports.csv', download)
    .get('/reports/cases', showCases)
    .get('/reports/cases.csv', downloadCases)
}

async function show(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const asked = read(askedSchema, context.req.query())
  const report = await visit.database.work(visit.actor, (work) => readReport(work, visit.operatorId, asked))
  return context.html(<ReportPage visit={visit} report={report} />)
}

async function download(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const asked = read(askedSchema, context.req.query())
  const { rows, question } = await visit.database.work(visit.actor, (work) => readReport(work, visit.operatorId, asked))
  return context.body(figuresCsv(rows), 200, csvHeaders(`response-targets-${question.asOf}`))
}

async function showCases(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const asked = read(askedSchema, context.req.query())
  const behind = read(behindSchema, context.req.query())
  const after = placeOf(context.req.query('after'))
  const found = await visit.database.work(visit.actor, async (work) => {
    const { question, charter } = await askReport(work, visit.operatorId, asked)
    const rows = await readPromises(work, visit.operatorId, { question, behind, after, limit: PAGE + 1 })
    return { question, charter, rows }
  })
  const rows = found.rows.slice(0, PAGE)
  return context.html(
    <ReportCasesPage visit={visit} {...found} behind={behind} rows={rows} more={found.rows.length > PAGE} />,
  )
}

async function downloadCases(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const asked = read(askedSchema, context.req.query())
  const behind = read(behindSchema, context.req.query())
  const { question } = await visit.database.work(visit.actor, (work) => askReport(work, visit.operatorId, asked))
  return context.body(
    streamOf(promiseLines(visit, question, behind)),
    200,
    csvHeaders(`response-target-cases-${question.asOf}`),
  )
}

/** All lines in batches, each in a short transaction of its own, so that a slow reader holds no connection. */
async function* promiseLines(visit: AgentVisit, question: Question, behind: Behind): AsyncGenerator<string> {
  yield promisesHead()
  let after: Place | undefined
  for (let lines = 0; lines < MOST_LINES; lines += BATCH) {
    const asking = { question, behind, after, limit: BATCH }
    const rows = await visit.database.work(visit.actor, (work) => readPromises(work, visit.operatorId, asking))
    yield promisesCsv(rows)
    const last = rows.at(-1)
    if (!last || rows.length < BATCH) return
    after = placeAfter(last)
  }
}

function streamOf(texts: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const next = await texts.next()
      if (next.done) controller.close()
      else controller.enqueue(encoder.encode(next.value))
    },
    async cancel() {
      await texts.return(undefined)
    },
  })
}

function csvHeaders(name: string): Record<string, string> {
  return {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="${name}.csv"`,
    'cache-control': 'no-store',
  }
}
