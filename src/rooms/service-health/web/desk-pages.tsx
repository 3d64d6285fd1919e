import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { optionalText, read, text } from '../../../api/read.ts'
import { LOCALES } from '../../../base/locale.ts'
import type { Locale } from '../../../base/locale.ts'
import { Refused } from '../../../base/refused.ts'
import type { FieldProblems } from '../../../base/refused.ts'
import type { Agent } from '../../../database/actor.ts'
import type { Work } from '../../../database/work.ts'
import { EMPTY } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { readForm } from '../../../ui/forms.ts'
import { agentVisit } from '../../../ui/visit.ts'
import type { AgentVisit, Env } from '../../../ui/visit.ts'
import { charterInForce } from '../../entitlements/index.ts'
import {
  approveIncident,
  changeState,
  declareIncident,
  hearProposals,
  hearsOfProposals,
  incidentAtDesk,
  incidentsAtDesk,
  mergeIncident,
  muteProposals,
  ORIGINS,
  POST_KINDS,
  requireDeclarer,
  reviewPost,
  rewriteIncident,
  translatePost,
  writePost,
} from '../index.ts'
import { LIMITS } from '../limits.ts'
import { words } from '../messages/words.ts'
import { momentIn } from '../read-moment.ts'
import { KINDS, STATES } from '../rules/states.ts'
import type { Texts } from '../rules/texts.ts'
import { DeclarePage } from './declare-page.tsx'
import { DeskPage } from './desk-page.tsx'
import { DeskIncidentPage, TEMPLATES } from './desk-incident-page.tsx'

/** Where incidents are declared, written about in every language, and brought to their end. */
export function incidentDeskPages(): Hono<Env> {
  return new Hono<Env>()
    .get('/', showDesk)
    .get('/new', (context) => showDeclare(context, { ...EMPTY, values: prefilled(context) }))
    .post('/new', declare)
    .post('/mail', chooseMail)
    .get('/:incident', (context) => showIncident(context, EMPTY))
    .post('/:incident/state', (context) =>
      changing(context, (work, visit, incidentId, values) => {
        const { to, at } = read(stateSchema, values)
        return changeState(work, visit.operatorId, incidentId, {
          to,
          at: at ? momentIn(at, visit.zone, 'at') : work.now,
        })
      }),
    )
    .post('/:incident/posts', post)
    .post('/:incident/texts', (context) =>
      changing(context, (work, visit, incidentId, values) =>
        rewriteIncident(work, visit.operatorId, incidentId, {
          title: textsIn(values, 'title', LIMITS.title),
          impact: textsIn(values, 'impact', LIMITS.impact),
        }),
      ),
    )
    .post('/:incident/translate', (context) =>
      changing(context, (work, visit, incidentId, values) =>
        translatePost(
          work,
          visit.operatorId,
          { incidentId, postId: values['post'] ?? '' },
          textsIn(values, 'text', LIMITS.post),
        ),
      ),
    )
    .post('/:incident/review', (context) =>
      changing(context, (work, visit, incidentId, values) => {
        const { post: postId, review } = read(reviewSchema, values)
        return postId === ''
          ? approveIncident(work, visit.operatorId, incidentId)
          : reviewPost(work, visit.operatorId, { incidentId, postId, review })
      }),
    )
    .post('/:incident/merge', (context) =>
      changing(context, (work, visit, from, values) =>
        mergeIncident(work, visit.operatorId, { from, into: values['into'] ?? '' }),
      ),
    )
}

const LISTED = 100

async function showDesk(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const found = await visit.database.work(visit.actor, async (work) => ({
    open: await incidentsAtDesk(work, visit.operatorId, { open: true, limit: LISTED }),
    over: await incidentsAtDesk(work, visit.operatorId, { open: false, limit: LISTED }),
    charter: (await charterInForce(work, visit.operatorId)).charter,
    hears: await hearsOfProposals(work, visit.operatorId),
  }))
  return context.html(<DeskPage visit={visit} {...found} />)
}

async function chooseMail(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const { act } = (await readForm(context)).values
  await visit.database.work(visit.actor, (work) =>
    (act === 'stop' ? muteProposals : hearProposals)(work, visit.operatorId),
  )
  return context.redirect(visit.link('/agent/incidents'), 303)
}

/** A declaration may be begun elsewhere, from what customers noticed. */
function prefilled(context: Context<Env>): Record<string, string> {
  const { service = '', title = '', impact = '' } = context.req.query()
  const { locale } = context.get('visit')
  return {
    ...(service ? { service: service.slice(0, 40) } : {}),
    ...(title ? { [`title-${locale}`]: title.slice(0, LIMITS.title) } : {}),
    ...(impact ? { [`impact-${locale}`]: impact.slice(0, LIMITS.impact) } : {}),
  }
}

async function showDeclare(
  context: Context<Env>,
  form: Filled,
  { preview = false, status = 200 }: { readonly preview?: boolean; readonly status?: 200 | 422 } = {},
): Promise<Response> {
  const visit = agentVisit(context)
  const found = await visit.database.work(visit.actor, async (work) => {
    const { charter, reviewed } = await requireDeclarer(work, visit.operatorId)
    return { charter, reviewed, now: work.now }
  })
  return context.html(<DeclarePage visit={visit} form={form} preview={preview} {...found} />, status)
}

const language = z.enum(LOCALES)
const local = z.string().max(25).default('')
const declarationSchema = z.object({
  kind: z.enum(KINDS),
  service: text(80),
  origin: z.enum(ORIGINS).default('operator'),
  state: z.enum(STATES),
  language,
  startedAt: text(25),
  plannedEndAt: local,
  organizations: optionalText(20_000),
  regions: z
    .string()
    .max(1000)
    .default('')
    .transform((written) =>
      written
        .toUpperCase()
        .split(/[\s,]+/)
        .filter(Boolean),
    )
    .pipe(z.array(z.string().regex(/^[A-Z]{2}$/)).max(250)),
})
const stateSchema = z.object({ to: z.enum(STATES), at: local })
const reviewSchema = z.object({ post: z.string().max(40).default(''), review: z.enum(['approved', 'rejected']) })

/** Fields named for languages, such as `title-da`, as one text. */
function textsIn(values: Filled['values'], name: string, max: number): Texts {
  const given: Partial<Record<Locale, string>> = {}
  for (const locale of LOCALES) {
    const field = `${name}-${locale}`
    const { [field]: written } = read(z.object({ [field]: optionalText(max) }), values)
    if (written) given[locale] = written
  }
  return given
}

/** What is needed in the language something is written in, and is not there: told with whatever else is wrong. */
function textsMissing(values: Filled['values'], names: readonly string[]): FieldProblems {
  const fields = names.map((name) => `${name}-${values['language'] ?? ''}`)
  return Object.fromEntries(fields.flatMap((field) => (values[field] === '' ? [[field, { code: 'missing' }]] : [])))
}

async function declare(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const { values } = await readForm(context)
  try {
    const { startedAt, plannedEndAt, organizations, service, ...given } = read(declarationSchema, values)
    const [serviceId = '', feature = null] = service.split('/')
    const declared = {
      ...given,
      service: serviceId,
      feature,
      title: textsIn(values, 'title', LIMITS.title),
      impact: textsIn(values, 'impact', LIMITS.impact),
      startedAt: momentIn(startedAt, visit.zone, 'startedAt'),
      plannedEndAt: plannedEndAt ? momentIn(plannedEndAt, visit.zone, 'plannedEndAt') : null,
      organizations: organizations.split('\n').flatMap((name) => name.trim() || []),
    }
    if (values['preview']) return showDeclare(context, { values, problems: {} }, { preview: true })
    const incidentId = await visit.database.work(visit.actor, (work) =>
      declareIncident(work, visit.operatorId, declared),
    )
    return context.redirect(visit.link(`/agent/incidents/${incidentId}`), 303)
  } catch (error) {
    if (!(error instanceof Refused) || Object.keys(error.fields).length === 0) throw error
    const problems = { ...error.fields, ...textsMissing(values, ['title', 'impact']) }
    return showDeclare(context, { values, problems }, { status: 422 })
  }
}

async function showIncident(
  context: Context<Env>,
  form: Filled,
  {
    preview = false,
    status = 200,
    refused,
  }: { readonly preview?: boolean; readonly status?: 200 | 409 | 422; readonly refused?: Refused } = {},
): Promise<Response> {
  const visit = agentVisit(context)
  const found = await visit.database.work(visit.actor, async (work) => ({
    ...(await incidentAtDesk(work, visit.operatorId, context.req.param('incident') ?? '')),
    charter: (await charterInForce(work, visit.operatorId)).charter,
    others: await incidentsAtDesk(work, visit.operatorId, { open: true, limit: LISTED }),
    mayDeclare: await mayDeclare(work, visit.operatorId),
    now: work.now,
  }))
  return context.html(
    <DeskIncidentPage visit={visit} form={form} preview={preview} refused={refused} {...found} />,
    status,
  )
}

/** Others may look, and link cases. */
async function mayDeclare(work: Work<Agent>, operatorId: string): Promise<boolean> {
  try {
    await requireDeclarer(work, operatorId)
    return true
  } catch (error) {
    if (error instanceof Refused) return false
    throw error
  }
}

type Change = (work: Work<Agent>, visit: AgentVisit, incidentId: string, values: Filled['values']) => Promise<unknown>

async function changing(context: Context<Env>, change: Change): Promise<Response> {
  const { values } = await readForm(context)
  return changingWith(context, values, change)
}

async function changingWith(context: Context<Env>, values: Filled['values'], change: Change): Promise<Response> {
  const visit = agentVisit(context)
  const incidentId = context.req.param('incident') ?? ''
  try {
    await visit.database.work(visit.actor, (work) => change(work, visit, incidentId, values))
    return context.redirect(visit.link(`/agent/incidents/${incidentId}`), 303)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (Object.keys(error.fields).length > 0)
      return showIncident(context, { values, problems: error.fields }, { status: 422 })
    if (AGAIN.has(error.code)) return showIncident(context, { values, problems: {} }, { status: 409, refused: error })
    throw error
  }
}

/** Refusals after which the page itself is the way on. */
const AGAIN: ReadonlySet<string> = new Set(['state-jump', 'own-draft', 'draft-not-open'])

/** A template fills the languages in which nothing was written, or only another template. */
function begunWith(template: string, typed: Filled['values']): Filled['values'] {
  const chosen = TEMPLATES.find((one) => one === template)
  if (!chosen) return typed
  const texts = LOCALES.flatMap((locale) => {
    const say = words(locale)
    const before = (typed[`text-${locale}`] ?? '').replaceAll('\r\n', '\n').trim()
    const isOwn = before !== '' && !TEMPLATES.some((one) => say(`template.${one}`) === before)
    return isOwn ? [] : [[`text-${locale}`, say(`template.${chosen}`)] as const]
  })
  return { ...typed, ...(chosen === 'review' ? { kind: 'strategic' } : {}), ...Object.fromEntries(texts) }
}

const postSchema = z.object({ kind: z.enum(POST_KINDS), language, publishAt: local })

async function post(context: Context<Env>): Promise<Response> {
  const { values } = await readForm(context)
  const { template, ...typed } = values
  if (template) return showIncident(context, { values: begunWith(template, typed), problems: {} })
  if (values['preview']) return showIncident(context, { values, problems: {} }, { preview: true })
  return changingWith(context, values, (work, visit, incidentId) => {
    const { publishAt, ...given } = read(postSchema, values)
    return writePost(work, visit.operatorId, incidentId, {
      ...given,
      texts: textsIn(values, 'text', LIMITS.post),
      publishAt: publishAt ? momentIn(publishAt, visit.zone, 'publishAt') : null,
    })
  })
}
