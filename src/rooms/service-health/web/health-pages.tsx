import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { optionalText, read, text } from '../../../api/read.ts'
import { Refused } from '../../../base/refused.ts'
import type { Member } from '../../../database/actor.ts'
import type { Bulletin } from '../../../jobs/bulletin.ts'
import { EMPTY } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { readForm } from '../../../ui/forms.ts'
import { follow as followNews } from '../../../ui/follow.ts'
import { isMember } from '../../../ui/visit.ts'
import type { Env, Visit } from '../../../ui/visit.ts'
import { asMember } from '../../rights/index.ts'
import {
  addImpact,
  confirmWorking,
  followIncident,
  healthNews,
  healthOf,
  incidentFor,
  incidentsFor,
  ownPartIn,
  ownReports,
  reportIssue,
  servicesOf,
  unfollowIncident,
} from '../index.ts'
import { LIMITS } from '../limits.ts'
import { momentIn } from '../read-moment.ts'
import { HealthPage, HealthNow } from './health-page.tsx'
import { IncidentPage } from './incident-page.tsx'
import { ReportPage } from './report-page.tsx'

/** My health: what a customer's services do now and did lately, each incident with its posts, and the way to say what is missing. */
export function healthPages(bulletin: Bulletin): Hono<Env> {
  return new Hono<Env>()
    .get('/health', showHealth)
    .get('/health/changes', (context) => {
      const { actor, operatorId } = context.get('visit')
      // An open line costs the server something: for people we know.
      if (actor.kind === 'visitor') throw new Refused('not-signed-in')
      return followNews(context, bulletin, healthNews(operatorId))
    })
    .get('/health/report', (context) => showReport(context, EMPTY))
    .post('/health/report', sendReport)
    .get('/health/incidents/:incident', (context) => showIncident(context, EMPTY))
    .post('/health/incidents/:incident/follow', follow)
    .post('/health/incidents/:incident/impact', sendImpact)
    .post('/health/incidents/:incident/works', confirm)
}

const LISTED = 100
const PAST = { hours: 30 * 24 }

async function showHealth(context: Context<Env>): Promise<Response> {
  const visit = context.get('visit')
  const found = await visit.database.work(visit.actor, async (work) => ({
    health: await healthOf(work, visit.operatorId, visit.zone),
    incidents: await incidentsFor(work, visit.operatorId, { since: work.now.subtract(PAST), limit: LISTED }),
    reports: isMember(visit.actor) ? await ownReports(asMember(work)) : [],
    now: work.now,
  }))
  const props = { visit, ...found }
  if (context.req.query('part') === 'now') return context.html(<HealthNow {...props} />)
  return context.html(<HealthPage {...props} said={context.req.query('said')} />)
}

type MemberVisit = Visit & { readonly actor: Member }

function memberVisit(context: Context<Env>): MemberVisit {
  const visit = context.get('visit')
  if (visit.actor.kind === 'visitor') throw new Refused('not-signed-in')
  if (!isMember(visit.actor)) throw new Refused('not-an-administrator')
  return { ...visit, actor: visit.actor }
}

async function showIncident(context: Context<Env>, form: Filled, status: 200 | 422 = 200): Promise<Response> {
  const visit = context.get('visit')
  const { actor } = visit
  const incidentId = context.req.param('incident') ?? ''
  const found = await visit.database.work(actor, async (work) => ({
    ...(await incidentFor(work, visit.operatorId, incidentId)),
    services: await servicesOf(work, visit.operatorId),
    own: isMember(actor) ? await ownPartIn(asMember(work), incidentId) : undefined,
  }))
  const { mergedInto } = found.incident
  if (mergedInto) return context.redirect(visit.link(`/health/incidents/${mergedInto}`), 303)
  const props = { visit, form, ...found }
  return context.html(<IncidentPage {...props} />, status)
}

async function follow(context: Context<Env>): Promise<Response> {
  const { values } = await readForm(context)
  return acting(context, values['act'] === 'unfollow' ? unfollowIncident : followIncident)
}

async function confirm(context: Context<Env>): Promise<Response> {
  const { values } = await readForm(context)
  return acting(context, (work, incidentId) => confirmWorking(work, incidentId, values['works'] === 'yes'))
}

async function acting(
  context: Context<Env>,
  act: (work: Parameters<typeof followIncident>[0], incidentId: string) => Promise<void>,
): Promise<Response> {
  const visit = memberVisit(context)
  const incidentId = context.req.param('incident') ?? ''
  await visit.database.work(visit.actor, async (work) => {
    await incidentFor(work, visit.operatorId, incidentId)
    await act(work, incidentId)
  })
  return context.redirect(visit.link(`/health/incidents/${incidentId}`), 303)
}

const MOST_PEOPLE = 1_000_000
const people = z
  .string()
  .trim()
  .max(20)
  .transform((written, context) => {
    const count = Number(written)
    if (Number.isInteger(count) && count >= 1 && count <= MOST_PEOPLE) return count
    context.addIssue({ code: 'custom', params: { problem: { code: 'not-a-count', limit: MOST_PEOPLE } } })
    return z.NEVER
  })
const impactSchema = z.object({ people, word: optionalText(LIMITS.word) })

async function sendImpact(context: Context<Env>): Promise<Response> {
  const visit = memberVisit(context)
  const incidentId = context.req.param('incident') ?? ''
  const { values } = await readForm(context)
  try {
    const told = read(impactSchema, values)
    await visit.database.work(visit.actor, (work) => addImpact(work, incidentId, told))
    return context.redirect(visit.link(`/health/incidents/${incidentId}`), 303)
  } catch (error) {
    if (!(error instanceof Refused) || Object.keys(error.fields).length === 0) throw error
    return showIncident(context, { values, problems: error.fields }, 422)
  }
}

async function showReport(context: Context<Env>, form: Filled, status: 200 | 422 = 200): Promise<Response> {
  const visit = memberVisit(context)
  const found = await visit.database.work(visit.actor, async (work) => ({
    services: await servicesOf(work, visit.operatorId),
    now: work.now,
  }))
  return context.html(<ReportPage visit={visit} form={form} {...found} />, status)
}

const reportSchema = z.object({
  service: text(40),
  symptom: text(LIMITS.symptom),
  since: text(25),
  people,
})

async function sendReport(context: Context<Env>): Promise<Response> {
  const visit = memberVisit(context)
  const { values } = await readForm(context)
  try {
    const { since, ...told } = read(reportSchema, values)
    const report = { ...told, language: visit.locale, since: momentIn(since, visit.zone, 'since') }
    await visit.database.work(visit.actor, (work) => reportIssue(work, report))
    return context.redirect(visit.link('/health?said=reported'), 303)
  } catch (error) {
    if (!(error instanceof Refused) || Object.keys(error.fields).length === 0) throw error
    return showReport(context, { values, problems: error.fields }, 422)
  }
}
