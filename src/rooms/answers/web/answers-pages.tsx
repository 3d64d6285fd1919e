import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { read, text } from '../../../api/read.ts'
import { LOCALES } from '../../../base/locale.ts'
import { readForm } from '../../../ui/forms.ts'
import { agentVisit } from '../../../ui/visit.ts'
import type { Env } from '../../../ui/visit.ts'
import { askedAnswersSchema } from '../asked.ts'
import { groupsCsv } from '../csv.ts'
import { readAnswers } from '../read-answers.ts'
import { articlesToTeach, teachPhrase, unteachPhrase } from '../teach.ts'
import { AnswersPage } from './answers-page.tsx'
import { TeachPage } from './teach-page.tsx'

/** What was not answered, below the agents' workplace, and what to do about it. For support leads only. */
export function answersPages(): Hono<Env> {
  return new Hono<Env>()
    .get('/answers', show)
    .get('/answers.csv', download)
    .get('/answers/teach', offer)
    .post('/answers/teach', decide)
}

async function show(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const asked = read(askedAnswersSchema, context.req.query())
  const report = await visit.database.work(visit.actor, (work) => readAnswers(work, visit.operatorId, asked))
  return context.html(<AnswersPage visit={visit} report={report} />)
}

async function download(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const asked = read(askedAnswersSchema, context.req.query())
  const report = await visit.database.work(visit.actor, (work) => readAnswers(work, visit.operatorId, asked))
  return context.body(groupsCsv(report.groups), 200, {
    'content-type': 'text/csv; charset=utf-8; header=present',
    'content-disposition': `attachment; filename="unanswered-${report.from}-${report.to}.csv"`,
    'cache-control': 'no-store',
  })
}

const offerSchema = z.object({
  question: text(200),
  language: z.enum(LOCALES),
  q: z.string().max(200).default(''),
})

async function offer(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const { question, language, q } = read(offerSchema, context.req.query())
  const offered = await visit.database.work(visit.actor, (work) =>
    articlesToTeach(work, visit.operatorId, { language, q: q.trim() || question }),
  )
  return context.html(<TeachPage visit={visit} question={question} language={language} q={q} {...offered} />)
}

const decisionSchema = z.object({
  question: text(200),
  /** The phrase that is taken back, where it is another than the question. */
  phrase: z.string().max(200).default(''),
  language: z.enum(LOCALES),
  article: z.string().min(1).max(300),
  act: z.enum(['teach', 'withdraw']).default('teach'),
})

async function decide(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const { question, phrase, language, article, act } = read(decisionSchema, (await readForm(context)).values)
  const of = { language, phrase: phrase || question, articleId: article }
  const verb = act === 'teach' ? teachPhrase : unteachPhrase
  await visit.database.work(visit.actor, (work) => verb(work, visit.operatorId, of))
  return context.redirect(visit.link(`/agent/answers/teach?${new URLSearchParams({ question, language })}`), 303)
}
