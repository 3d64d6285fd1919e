import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { optionalText, read, text } from '../../../api/read.ts'
import { Refused } from '../../../base/refused.ts'
import type { Agent } from '../../../database/actor.ts'
import type { Work } from '../../../database/work.ts'
import type { Bulletin } from '../../../jobs/bulletin.ts'
import { EMPTY } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { follow } from '../../../ui/follow.ts'
import { readForm } from '../../../ui/forms.ts'
import { agentVisit } from '../../../ui/visit.ts'
import type { AgentVisit, Env } from '../../../ui/visit.ts'
import { charterAt, charterInForce } from '../../entitlements/index.ts'
import { checklistPanel } from '../../onboarding/index.ts'
import { requireAgent } from '../../people/index.ts'
import { currentHealth } from '../../service-health/index.ts'
import {
  caseFor,
  clocksFor,
  changeSeverity,
  closeCase,
  linkIncident,
  eventsOf,
  lookAt,
  mergeCase,
  messagesOf,
  queueFigures,
  queueOf,
  handToPartner,
  partnersFor,
  resumeClocks,
  takeCase,
  waitForThirdParty,
  writeAsAgent,
} from '../index.ts'
import { AgentCasePage } from './agent-case-page.tsx'
import { proposedNow } from '../noticed.ts'
import { MESSAGE_LIMIT } from '../rules/limits.ts'
import { AGENT_REASONS } from '../rules/severity-change.ts'
import { afterOf, download } from './case-pages.tsx'
import { QueuePage, QueueTable } from './queue-page.tsx'

const PAGE = 50

/** The agents' workplace: the queue by time to due, live, and one case with everything an answer needs. */
export function agentPages(bulletin: Bulletin): Hono<Env> {
  return new Hono<Env>()
    .get('/', showQueue)
    .get('/changes', (context) => follow(context, bulletin, agentVisit(context).operatorId))
    .get('/cases/:number', (context) => show(context, EMPTY))
    .get('/cases/:number/looking', async (context) => {
      const visit = agentVisit(context)
      const others = await visit.database.work(visit.actor, (work) => looking(work, visit, context.req.param('number')))
      return context.json({ others })
    })
    .get('/cases/:number/files/:file', (context) => download(agentVisit(context), context))
    .post('/cases/:number/messages', write)
    .post('/cases/:number/take', (context) => acting(context, takeCase))
    .post('/cases/:number/close', (context) => acting(context, closeCase))
    .post('/cases/:number/resume', (context) => acting(context, resumeClocks))
    .post('/cases/:number/severity', rate)
    .post('/cases/:number/merge', merge)
    .post('/cases/:number/incident', link)
}

async function showQueue(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const waitingFor = context.req.query('waiting') === 'customer' ? 'customer' : 'operator'
  const of = {
    operatorId: visit.operatorId,
    waitingFor,
    limit: PAGE + 1,
    after: afterOf(context.req.query('after')),
  } as const
  const found = await visit.database.workAtOnce(visit.actor, async (work) => {
    const [lines, figures, { charter }] = await Promise.all([
      queueOf(work, of),
      queueFigures(work, visit.operatorId),
      charterInForce(work, visit.operatorId),
    ])
    const table = context.req.query('part') === 'table'
    const proposed = visit.actor.lead && !table ? await proposedNow(work, visit.operatorId) : 0
    return { lines, figures, charter, proposed, now: work.now }
  })
  const props = {
    visit,
    ...found,
    waitingFor,
    lines: found.lines.slice(0, PAGE),
    more: found.lines.length > PAGE,
  } as const
  return context.html(context.req.query('part') === 'table' ? <QueueTable {...props} /> : <QueuePage {...props} />)
}

async function looking(work: Work<Agent>, visit: AgentVisit, number: string): Promise<readonly string[]> {
  const found = await caseFor(work, number)
  return lookAt(work, found, await requireAgent(work, visit.operatorId))
}

async function show(
  context: Context<Env>,
  form: Filled,
  status: 200 | 409 | 422 = 200,
  refused?: Refused,
): Promise<Response> {
  const visit = agentVisit(context)
  const found = await visit.database.work(visit.actor, async (work) => {
    const one = await caseFor(work, context.req.param('number') ?? '')
    const others = await lookAt(work, one, await requireAgent(work, one.operatorId))
    return {
      one,
      others,
      now: work.now,
      messages: await messagesOf(work, one),
      events: await eventsOf(work, one),
      charter: await charterAt(work, one.operatorId, one.charterVersion),
      clocks: await clocksFor(work, one),
      partners: await partnersFor(work, one),
      incidents: await currentHealth(work, one.operatorId),
      checklists: await checklistPanel(work, visit, one),
    }
  })
  return context.html(<AgentCasePage visit={visit} form={form} refused={refused} {...found} />, status)
}

const messageSchema = z.object({
  kind: z.enum(['answer', 'question', 'note', 'third-party', 'partner']),
  partner: z.uuid().optional().catch(undefined),
  body: text(MESSAGE_LIMIT),
})

async function write(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const number = context.req.param('number') ?? ''
  const { values } = await readForm(context)
  if (values['review']) return show(context, { values, problems: {} })
  try {
    const { kind, body, partner = '' } = read(messageSchema, values)
    await visit.database.work(visit.actor, (work) => {
      if (kind === 'third-party') return waitForThirdParty(work, number, body)
      if (kind === 'partner') return handToPartner(work, number, partner, body)
      return writeAsAgent(work, number, kind, body)
    })
    return context.redirect(visit.link(`/agent/cases/${number}#latest`), 303)
  } catch (error) {
    if (!(error instanceof Refused) || error.code === 'not-found') throw error
    const named = values['kind'] === 'note' ? renamed(error.fields['body'], 'note') : error.fields
    const kept = values['kind'] === 'note' ? { ...values, note: values['body'] ?? '', body: '' } : values
    return show(
      context,
      { values: kept, problems: named },
      error.code === 'case-closed' ? 409 : 422,
      error.code === 'case-closed' ? error : undefined,
    )
  }
}

const severitySchema = z.object({
  severity: z.string().min(1).max(40),
  reason: z.enum(AGENT_REASONS),
  why: optionalText(MESSAGE_LIMIT),
})

async function rate(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const number = context.req.param('number') ?? ''
  const { values } = await readForm(context)
  try {
    const { severity, reason, why } = read(severitySchema, values)
    await visit.database.work(visit.actor, (work) => changeSeverity(work, number, { severity, reason, text: why }))
    return context.redirect(visit.link(`/agent/cases/${number}`), 303)
  } catch (error) {
    if (!(error instanceof Refused) || error.code === 'not-found') throw error
    const refused = Object.keys(error.fields).length > 0 ? undefined : error
    return show(context, { values, problems: error.fields }, error.code === 'case-closed' ? 409 : 422, refused)
  }
}

async function merge(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const number = context.req.param('number') ?? ''
  const { values } = await readForm(context)
  const into = (values['into'] ?? '').replaceAll(/\D/g, '')
  try {
    await visit.database.work(visit.actor, (work) => mergeCase(work, number, into))
    return context.redirect(visit.link(`/agent/cases/${into}`), 303)
  } catch (error) {
    if (!(error instanceof Refused) || error.code === 'not-found') throw error
    const refused = Object.keys(error.fields).length > 0 ? undefined : error
    return show(context, { values, problems: error.fields }, error.code === 'case-closed' ? 409 : 422, refused)
  }
}

async function link(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const number = context.req.param('number') ?? ''
  const { values } = await readForm(context)
  try {
    await visit.database.work(visit.actor, (work) => linkIncident(work, number, values['incident'] ?? ''))
    return context.redirect(visit.link(`/agent/cases/${number}`), 303)
  } catch (error) {
    if (!(error instanceof Refused) || error.code === 'not-found') throw error
    const refused = Object.keys(error.fields).length > 0 ? undefined : error
    return show(context, { values, problems: error.fields }, error.code === 'case-closed' ? 409 : 422, refused)
  }
}

function renamed<T>(problem: T | undefined, name: string): Record<string, T> {
  return problem === undefined ? {} : { [name]: problem }
}

async function acting(
  context: Context<Env>,
  act: (work: Work<Agent>, number: string) => Promise<void>,
): Promise<Response> {
  const visit = agentVisit(context)
  const number = context.req.param('number') ?? ''
  await visit.database.work(visit.actor, (work) => act(work, number))
  return context.redirect(visit.link(`/agent/cases/${number}`), 303)
}
