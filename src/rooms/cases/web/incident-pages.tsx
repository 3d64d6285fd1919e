import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { read } from '../../../api/read.ts'
import { Refused } from '../../../base/refused.ts'
import type { Bulletin } from '../../../jobs/bulletin.ts'
import { readForm } from '../../../ui/forms.ts'
import { follow } from '../../../ui/follow.ts'
import { agentVisit } from '../../../ui/visit.ts'
import type { Env } from '../../../ui/visit.ts'
import { noticedNews, incidentAtDesk, incidentsAtDesk } from '../../service-health/index.ts'
import { BULK, linkCases, linkedCases } from '../index.ts'
import { casesLike, noticed, settleNoticed } from '../noticed.ts'
import { IncidentCasesPage } from './incident-cases-page.tsx'
import type { Done } from './incident-cases-page.tsx'
import { plainNumber } from '../rules/number.ts'
import { NoticedPage, NoticedGroups } from './noticed-page.tsx'

/** Where cases and incidents meet: those that hang on one, linked by the dozen, and what customers notice that is no incident yet. */
export function incidentPages(bulletin: Bulletin): Hono<Env> {
  return new Hono<Env>()
    .get('/incidents/:incident/cases', (context) => showCases(context))
    .post('/incidents/:incident/cases', link)
    .get('/noticed', showNoticed)
    .get('/noticed/changes', (context) => follow(context, bulletin, noticedNews(agentVisit(context).operatorId)))
    .post('/noticed', settle)
}

async function showCases(context: Context<Env>, bulk?: Done): Promise<Response> {
  const visit = agentVisit(context)
  const incidentId = context.req.param('incident') ?? ''
  const found = await visit.database.work(visit.actor, async (work) => ({
    incident: (await incidentAtDesk(work, visit.operatorId, incidentId)).incident,
    linked: await linkedCases(work, visit.operatorId, incidentId),
    similar: await casesLike(work, visit.operatorId, incidentId),
  }))
  return context.html(<IncidentCasesPage visit={visit} bulk={bulk} {...found} />)
}

const linkSchema = z.object({ act: z.enum(['link', 'unlink']), numbers: z.string().max(10_000).default('') })

async function link(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const incidentId = context.req.param('incident') ?? ''
  const { values } = await readForm(context)
  const { act, numbers } = read(linkSchema, values)
  const chosen = chosenIn(values, 'case-')
  const written = numbers.split(/[\n,;]+/).flatMap((one) => one.trim() || [])
  const bulk = await visit.database.work(visit.actor, async (work) => {
    await incidentAtDesk(work, visit.operatorId, incidentId)
    return linkCases(work, visit.operatorId, {
      numbers: [...chosen, ...written].slice(0, BULK),
      incidentId: act === 'link' ? incidentId : '',
    })
  })
  const isLeft = (one: string) => bulk.left.includes(plainNumber(one))
  return showCases(context, { ...bulk, act, typed: written.filter(isLeft) })
}

/** Names of ticked boxes, without their prefix. */
function chosenIn(values: Readonly<Record<string, string>>, prefix: string): readonly string[] {
  return Object.keys(values).flatMap((name) => (name.startsWith(prefix) ? name.slice(prefix.length) : []))
}

const LISTED = 50

async function showNoticed(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const found = await visit.database.work(visit.actor, async (work) => ({
    ...(await noticed(work, visit.operatorId)),
    incidents: await incidentsAtDesk(work, visit.operatorId, { open: true, limit: LISTED }),
  }))
  const props = { visit, ...found }
  return context.html(
    context.req.query('part') === 'groups' ? <NoticedGroups {...props} /> : <NoticedPage {...props} />,
  )
}

async function settle(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const { values } = await readForm(context)
  const reportIds = (values['reports'] ?? '').slice(0, 20_000).split(' ').filter(Boolean)
  if (reportIds.length === 0) throw new Refused('invalid-input')
  await visit.database.work(visit.actor, (work) =>
    settleNoticed(work, visit.operatorId, { reportIds, incidentId: values['incident'] ?? '' }),
  )
  return context.redirect(visit.link('/agent/noticed'), 303)
}
