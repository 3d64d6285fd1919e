import { Hono } from 'hono'
import type { Context } from 'hono'
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { problemOf, statusOf } from '../api/problem.ts'
import { read, text } from '../api/read.ts'
import { chooseLocale, LOCALES, wishesOf } from '../base/locale.ts'
import type { Locale } from '../base/locale.ts'
import { Refused } from '../base/refused.ts'
import type { Actor, Agent, Member } from '../database/actor.ts'
import type { Work } from '../database/work.ts'
import { callChoice, callJson, callSchema, cancelCall, keptPromises, promiseCall } from '../rooms/callbacks/index.ts'
import {
  MESSAGE_LIMIT,
  caseFor,
  caseLineJson,
  caseJson,
  clocksFor,
  clocksJson,
  closeCase,
  eventsOf,
  mayBeAbout,
  messageJson,
  messagesOf,
  myCases,
  openCase,
  openedJson,
  queueOf,
  replyAsCustomer,
  sayIsAbout,
  sayIsNotAbout,
  writeAsAgent,
} from '../rooms/cases/index.ts'
import type { After } from '../rooms/cases/index.ts'
import { answersJson, askedAnswersSchema, readAnswers } from '../rooms/answers/index.ts'
import type { AnswersReport } from '../rooms/answers/index.ts'
import { newSlip, noteQuestion, noting, questionIdOf, referring } from '../rooms/evidence/index.ts'
import { requestSchema } from '../rooms/contact/index.ts'
import { charterAt, charterInForce } from '../rooms/entitlements/index.ts'
import { requireLead, whoShows } from '../rooms/people/index.ts'
import type { Identity } from '../rooms/people/index.ts'
import { whichProgram } from '../rooms/programs/index.ts'
import type { ShownProgram } from '../rooms/programs/index.ts'
import { isAboutRights, noteRefused } from '../rooms/rights/index.ts'
import { askedSchema, readReport, reportJson } from '../rooms/reports/index.ts'
import type { Report } from '../rooms/reports/index.ts'
import { groupingWords, pointsOf, search, suggest } from '../rooms/self-help/index.ts'
import type { Found } from '../rooms/self-help/index.ts'
import type { AppParts } from './app-parts.ts'
import { openApi } from './open-api.ts'
import { memberOf } from './visits.ts'

/** Who calls, and in which language he wants to be refused. */
type Caller = {
  readonly actor: Member | Agent
  readonly operatorId: string
  readonly identity: Identity
  readonly scope: string
}
type ApiEnv = { Variables: { caller: Caller; locale: Locale; requestId: string } }

const LIMIT = 1024 * 1024

/** The JSON door, version 1: the same verbs as the pages, by bearer token. */
export function api(parts: AppParts): Hono<ApiEnv> {
  const { database, operators } = parts
  const door = new Hono<ApiEnv>()
  door.onError((error, context) => {
    if (!(error instanceof Refused)) {
      parts.log.error({ requestId: context.get('requestId'), route: context.req.routePath, err: error }, 'broken')
      const broken = {
        type: 'urn:svar:broken',
        title: 'Internal error',
        status: 500,
        code: 'broken',
        requestId: context.get('requestId'),
      }
      return problem(context, 500, broken)
    }
    return problem(context, statusOf(error.code), problemOf(error, context.get('locale'), context.get('requestId')))
  })
  door.use(async (context, next) => {
    context.set('locale', chooseLocale(wishesOf(context.req.header('accept-language')), LOCALES))
    await next()
  })
  door.get('/openapi.json', (context) => context.json(openApi()))

  door.get('/articles/search', (context) => articles(context, search))
  door.get('/articles/suggest', (context) => articles(context, suggest))

  door.get('/program', async (context) => {
    const token = tokenIn(context)
    const shown = token ? await whichProgram(database, token) : undefined
    if (!shown) throw new Refused('not-signed-in')
    return context.json(programJson(shown))
  })

  door.use(async (context, next) => {
    context.set('caller', await callerOf(context))
    await next()
  })
  door.get('/me', (context) => context.json(meJson(context.get('caller'))))
  door.get('/service-requests/options', async (context) => {
    const { operatorId, actor } = context.get('caller')
    const { charter, version } = await database.work(actor, (work) => charterInForce(work, operatorId))
    const { severities, supportTypes, topics, impactQuestions, languages } = charter
    return context.json({ charterVersion: version, severities, supportTypes, topics, impactQuestions, languages })
  })
  door.get('/cases', async (context) => {
    const { limit, after } = pageOf(context)
    const { actor, operatorId } = context.get('caller')
    const waitingFor = context.req.query('waitingFor') === 'customer' ? 'customer' : 'operator'
    const lines = await database.work(actor, (work) =>
      actor.kind === 'agent'
        ? queueOf(work, { operatorId, waitingFor, limit: limit + 1, after })
        : myCases(work, limit + 1, after),
    )
    const shown = lines.slice(0, limit)
    const last = lines.length > limit ? shown.at(-1) : undefined
    const at = actor.kind === 'agent' ? (last?.dueAt?.toString() ?? 'infinity') : last?.openedAt.toString()
    return context.json({ cases: shown.map(caseLineJson), next: last ? cursor(at ?? '', last.caseId) : null })
  })
  door.post('/cases', async (context) => {
    const { actor, operatorId } = writer(context)
    const key = context.req.header('idempotency-key') ?? ''
    if (!/^[\x21-\x7e]{1,200}$/.test(key)) throw new Refused('idempotency-key-missing')
    const { body, fingerprint } = await bodyOf(context)
    const operator = await operators.byId(operatorId)
    if (!operator) throw new Refused('not-found')
    // Read with the charter as it was known a moment ago; the verb decides with the one in force.
    const request = read(requestSchema(operator.charter), body)
    const answer = await database
      .workAtOnce(actor, (work) => openCase(work, request, { key, fingerprint }))
      .catch(async (error: unknown) => {
        if (actor.kind === 'member' && isAboutRights(error)) {
          const { supportType, title } = request
          await noteRefused(database, actor, { why: error.code, supportType, title })
        }
        throw error
      })
    const opened = openedJson(answer, operator.charter, context.get('locale'))
    parts.nudge()
    context.header('location', `/api/v1/cases/${opened.number}`)
    return context.json(opened, 201)
  })
  door.get('/cases/:number', (context) =>
    reading(context, async (work, number) => {
      const one = await caseFor(work, number)
      const charter = await charterAt(work, one.operatorId, one.charterVersion)
      return caseJson(one, charter, context.get('locale'), {
        messages: await messagesOf(work, one),
        events: await eventsOf(work, one),
        mayBeAbout: await mayBeAbout(work, one),
      })
    }),
  )
  door.get('/cases/:number/messages', (context) =>
    reading(context, async (work, number) => ({
      messages: (await messagesOf(work, await caseFor(work, number))).map(messageJson),
    })),
  )
  door.post('/cases/:number/messages', async (context) => {
    const { actor } = writer(context)
    const { body } = await bodyOf(context)
    const number = context.req.param('number')
    await database.work<Member | Agent, void>(actor, async (work) => {
      if (actor.kind === 'agent') {
        const input = read(agentMessage, body)
        return writeAsAgent(work, number, input.kind, input.body)
      }
      return replyAsCustomer(work, number, read(customerMessage, body).body)
    })
    parts.nudge()
    return reading(
      context,
      async (work, id) => ({ messages: (await messagesOf(work, await caseFor(work, id))).map(messageJson) }),
      201,
    )
  })
  door.post('/cases/:number/close', async (context) => {
    const { actor } = writer(context)
    await database.work<Member | Agent, void>(actor, (work) => closeCase(work, context.req.param('number')))
    parts.nudge()
    return context.body(null, 204)
  })
  door.post('/cases/:number/about', async (context) => {
    const { actor } = writer(context)
    if (actor.kind !== 'member') throw new Refused('not-an-administrator')
    const { body } = await bodyOf(context)
    const { yes, no } = read(aboutSchema, body)
    const number = context.req.param('number')
    await database.work(actor, (work) => (yes ? sayIsAbout(work, number, yes) : sayIsNotAbout(work, number, no)))
    parts.nudge()
    return context.body(null, 204)
  })
  door.get('/cases/:number/clocks', (context) =>
    reading(context, async (work, number) => {
      return clocksJson(await clocksFor(work, await caseFor(work, number)))
    }),
  )
  door.get('/cases/:number/call', (context) =>
    reading(context, async (work, number) => callJson(await callChoice(work, number))),
  )
  door.post('/cases/:number/call', async (context) => {
    const { actor, identity } = writer(context)
    const { body } = await bodyOf(context)
    const { phone, at, language } = read(callSchema, body)
    const [person] = identity.people
    const request = {
      at,
      phone,
      phoneWritten: writtenPhone(body),
      language: language ?? person?.language ?? 'en',
      zone: person?.zone ?? 'UTC',
    }
    await database.work<Actor, unknown>(actor, (work) => promiseCall(work, context.req.param('number'), request))
    parts.nudge()
    return reading(context, async (work, number) => callJson(await callChoice(work, number)), 201)
  })
  door.delete('/cases/:number/call', async (context) => {
    const { actor } = writer(context)
    await database.work<Actor, void>(actor, (work) => cancelCall(work, context.req.param('number')))
    parts.nudge()
    return context.body(null, 204)
  })
  door.get('/reports/calls', async (context) => {
    const { actor, operatorId } = context.get('caller')
    return context.json(await database.work<Actor, object>(actor, (work) => keptPromises(work, operatorId)))
  })
  door.get('/reports/questions', async (context) => {
    const { actor, operatorId } = context.get('caller')
    const asked = read(askedAnswersSchema, context.req.query())
    return context.json(
      answersJson(await database.work<Actor, AnswersReport>(actor, (work) => readAnswers(work, operatorId, asked))),
    )
  })
  door.get('/reports/response-targets', async (context) => {
    const { actor, operatorId } = context.get('caller')
    const asked = read(askedSchema, context.req.query())
    return context.json(
      reportJson(await database.work<Actor, Report>(actor, (work) => readReport(work, operatorId, asked))),
    )
  })
  door.all('*', () => {
    throw new Refused('not-found')
  })
  return door

  async function callerOf(context: Context<ApiEnv>): Promise<Caller> {
    const token = tokenIn(context)
    const identity = token ? await whoShows(database, token) : undefined
    const actor = identity && actorOf(identity, context.req.header('svar-organization'))
    if (!identity || !actor) throw new Refused('not-signed-in')
    const scope = identity.scope ?? ''
    if (scope === 'articles') throw new Refused('scope-missing')
    const operatorId = actor.kind === 'member' ? actor.operatorId : (actor.operatorIds[0] ?? '')
    return { identity, actor, operatorId, scope }
  }

  async function reading(
    context: Context<ApiEnv>,
    question: (work: Work, number: string) => Promise<object>,
    status: 200 | 201 = 200,
  ): Promise<Response> {
    const { actor } = context.get('caller')
    return context.json(
      await database.work<Actor, object>(actor, (work) => question(work, context.req.param('number') ?? '')),
      status,
    )
  }

  async function articles(context: Context<ApiEnv>, find: typeof search): Promise<Response> {
    const { q, language, operator, limit, product, audience, explain, settled } = read(
      articlesQuery,
      context.req.query(),
    )
    const known = operator ? await operators.bySlug(operator) : (await operators.all())[0]
    if (!known) throw new Refused('invalid-input', { operator: { code: 'not-an-option' } })
    const { operatorId, slug } = known
    const asked = { operatorId, language, q, limit, product, audience }
    const reference = settled && !explain ? questionIdOf(newSlip(), language, q) : undefined
    const found = explain
      ? await database.work((await callerOf(context)).actor, async (work) => {
          await requireLead(work, operatorId)
          return find(work, asked)
        })
      : await noting(database, { kind: 'visitor', operatorId }, async (work, note) => {
          const list = await find(work, asked)
          if (reference) note(() => noteAsked(work, { operatorId, language, q, reference, list }))
          return list
        })
    return context.json({
      ...(reference ? { reference } : {}),
      results: found.map(({ anchor, features, ...one }, at) => {
        const path = `/${slug}/articles/${one.id}${anchor ? `#${anchor}` : ''}`
        return {
          ...one,
          ...(explain ? { because: pointsOf(features) } : {}),
          url: reference ? referring(path, { asked: reference, place: at + 1 }) : path,
        }
      }),
    })
  }
}

function tokenIn(context: Context<ApiEnv>): string | undefined {
  return /^Bearer (svar_[\w-]{20,100})$/i.exec(context.req.header('authorization') ?? '')?.[1]
}

/** Notes what a person settled on in somebody else's program; called by `noting` only. */
function noteAsked(
  work: Work,
  of: {
    readonly operatorId: string
    readonly language: Locale
    readonly q: string
    readonly reference: string
    readonly list: readonly Found[]
  },
): void {
  const { operatorId, language, q, reference, list } = of
  noteQuestion(work, {
    operatorId,
    questionId: reference,
    visitId: reference,
    language,
    text: q.slice(0, 200),
    place: 'api',
    found: list.length,
    shown: list.map(({ id }) => id),
    wordsOf: (words) => groupingWords(words, language),
  })
}

const articlesQuery = z.object({
  q: z.string().max(400).default(''),
  language: z
    .string()
    .max(35)
    .default('en')
    .transform((tag) => chooseLocale([tag], LOCALES)),
  operator: z.string().max(40).optional(),
  product: z.string().max(80).optional(),
  audience: z.string().max(80).optional(),
  explain: z
    .literal('1')
    .optional()
    .transform((one) => one !== undefined),
  limit: z.coerce.number().int().min(1).max(50).default(10),
  /** A person has settled on this question: it is noted as evidence, and the links carry its reference. */
  settled: z
    .enum(['yes', 'no'])
    .default('no')
    .transform((settled) => settled === 'yes'),
})

const customerMessage = z.strictObject({ body: text(MESSAGE_LIMIT) })
const aboutSchema = z.strictObject({ yes: z.uuid().optional(), no: z.array(z.uuid()).max(20).default([]) })
const agentMessage = z.strictObject({
  body: text(MESSAGE_LIMIT),
  kind: z.enum(['answer', 'question', 'note']).default('answer'),
})

/** A member acts for the organization he names, else for his first; somebody who is both agent and member acts as agent. */
function actorOf({ people, agents }: Identity, chosen?: string): Member | Agent | undefined {
  const [agent] = agents
  if (agent)
    return {
      kind: 'agent',
      agentId: agent.agentId,
      operatorIds: agents.map(({ operatorId }) => operatorId),
      lead: agent.lead,
    }
  const person = chosen === undefined ? people[0] : people.find(({ organizationId }) => organizationId === chosen)
  return person && memberOf(person)
}

function writer(context: Context<ApiEnv>): Caller {
  const caller = context.get('caller')
  if (caller.scope !== 'all') throw new Refused('scope-missing')
  return caller
}

function programJson({ actor, name, expiresAt }: ShownProgram) {
  const { programId, organizationId, scopes } = actor
  return { clientId: programId, name, organizationId, scopes, expiresAt: expiresAt.toString() }
}

function meJson({ identity: { people, agents }, scope }: Caller) {
  return {
    scope,
    people: people.map(
      ({ organizationId, organizationName, email, name, phone, language, zone, roles, partnerName, active }) => ({
        organizationId,
        organization: organizationName,
        partner: partnerName,
        active,
        email,
        name,
        phone,
        language,
        zone,
        roles,
      }),
    ),
    agents: agents.map(({ email, name, language, zone, lead }) => ({ email, name, language, zone, lead })),
  }
}

/** The number as it was sent, beside the one it was read as. */
function writtenPhone(body: unknown): string {
  const { phone = '' } = body as { readonly phone?: string }
  return phone.trim()
}

/** The body as strict UTF-8 JSON within the limit, and a fingerprint of its bytes for repeated keys. */
async function bodyOf(context: Context<ApiEnv>): Promise<{ readonly body: unknown; readonly fingerprint: string }> {
  if (Number(context.req.header('content-length') ?? 0) > LIMIT) throw new Refused('too-large')
  const bytes = new Uint8Array(await context.req.arrayBuffer())
  if (bytes.length > LIMIT) throw new Refused('too-large')
  try {
    const written = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return { body: JSON.parse(written) as unknown, fingerprint: createHash('sha256').update(bytes).digest('base64url') }
  } catch (cause) {
    throw new Refused('invalid-input', { body: { code: cause instanceof SyntaxError ? 'wrong-type' : 'broken-text' } })
  }
}

function pageOf(context: Context<ApiEnv>): { readonly limit: number; readonly after: After | undefined } {
  const { limit, cursor: written } = read(
    z.object({ limit: z.coerce.number().int().min(1).max(100).default(25), cursor: z.string().max(200).optional() }),
    context.req.query(),
  )
  if (written === undefined) return { limit, after: undefined }
  const match = /^(infinity|[\dT:.Z-]{20,32}) ([0-9a-f-]{36})$/.exec(Buffer.from(written, 'base64url').toString())
  if (!match) throw new Refused('invalid-input', { cursor: { code: 'wrong-type' } })
  return { limit, after: { at: match[1] ?? '', caseId: match[2] ?? '' } }
}

function cursor(at: string, caseId: string): string {
  return Buffer.from(`${at} ${caseId}`).toString('base64url')
}

function problem(context: Context<ApiEnv>, status: number, body: object): Response {
  const headers = {
    'content-type': 'application/problem+json',
    'x-request-id': context.get('requestId'),
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  }
  return new Response(JSON.stringify(body), { status, headers })
}
