import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { optionalText, read, text } from '../../../api/read.ts'
import { Refused } from '../../../base/refused.ts'
import type { RefusalCode } from '../../../base/refused.ts'
import type { Bulletin } from '../../../jobs/bulletin.ts'
import { EMPTY } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { follow } from '../../../ui/follow.ts'
import { readForm } from '../../../ui/forms.ts'
import { agentVisit, isMember } from '../../../ui/visit.ts'
import type { Env } from '../../../ui/visit.ts'
import { checksOfMine, denyCall } from '../ask-caller.ts'
import { callersBy, confirmCode, newsOf, ownCheck, startCheck } from '../check-caller.ts'
import type { CallerCodes } from '../codes.ts'
import { CallerPage, CheckPage, CheckState } from './agent-caller-page.tsx'
import { OwnCallerPage } from './own-caller-page.tsx'

/** Somebody calls an agent: who he may be, the code he reads out, and what came of it. */
export function callerPages(codes: CallerCodes, bulletin: Bulletin): Hono<Env> {
  return new Hono<Env>()
    .get('/callers', (context) => showCallers(context, { told: context.req.query('told') ?? '' }))
    .post('/callers', start)
    .get('/callers/:check', (context) => showCheck(context, codes))
    .get('/callers/:check/changes', async (context) => {
      const visit = agentVisit(context)
      const checkId = context.req.param('check')
      await visit.database.work(visit.actor, (work) => ownCheck(work, visit.operatorId, checkId))
      return follow(context, bulletin, newsOf(checkId))
    })
    .post('/callers/:check', (context) => confirm(context, codes))
}

const startSchema = z.object({ who: text(100), told: optionalText(200), number: optionalText(40) })

async function start(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const { who, told, number } = read(startSchema, (await readForm(context)).values)
  const [organizationId = '', personId = ''] = who.split(' ')
  try {
    const checkId = await visit.database.work(visit.actor, (work) =>
      startCheck(work, visit.operatorId, { organizationId, personId, number: number || undefined }),
    )
    return context.redirect(visit.link(`/agent/callers/${checkId}`), 303)
  } catch (error) {
    if (!(error instanceof Refused) || !SHOWN.has(error.code)) throw error
    return showCallers(context, { told: told ?? '', refused: error.code })
  }
}

const SHOWN: ReadonlySet<RefusalCode> = new Set(['too-many-codes', 'contact-too-new'])

async function showCallers(
  context: Context<Env>,
  { told, refused }: { readonly told: string; readonly refused?: RefusalCode },
): Promise<Response> {
  const visit = agentVisit(context)
  const asked = told.trim().slice(0, 200)
  const found = await visit.database.work(visit.actor, (work) => callersBy(work, visit.operatorId, asked))
  return context.html(
    <CallerPage visit={visit} told={asked} found={asked === '' ? undefined : found} refused={refused} />,
    refused ? 409 : 200,
  )
}

async function showCheck(
  context: Context<Env>,
  codes: CallerCodes,
  { form = EMPTY, left }: { readonly form?: Filled; readonly left?: number } = {},
): Promise<Response> {
  const visit = agentVisit(context)
  const found = await visit.database.work(visit.actor, (work) =>
    ownCheck(work, visit.operatorId, context.req.param('check') ?? ''),
  )
  if (context.req.query('part') === 'state') return context.html(<CheckState visit={visit} {...found} />)
  const number = codes.numberOf(found.check.checkId)
  const isWrong = left !== undefined || Object.keys(form.problems).length > 0
  return context.html(
    <CheckPage visit={visit} {...found} number={number} form={form} left={left} />,
    isWrong ? 422 : 200,
  )
}

const codeSchema = z.object({ code: text(40) })

async function confirm(context: Context<Env>, codes: CallerCodes): Promise<Response> {
  const visit = agentVisit(context)
  const checkId = context.req.param('check') ?? ''
  const { values } = await readForm(context)
  try {
    const { code } = read(codeSchema, values)
    const outcome = await visit.database.work(visit.actor, (work) =>
      confirmCode(work, visit.operatorId, checkId, { code, codes }),
    )
    if (typeof outcome === 'object') return await showCheck(context, codes, { left: outcome.left })
    return context.redirect(visit.link(`/agent/callers/${checkId}`), 303)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.code === 'check-over') return context.redirect(visit.link(`/agent/callers/${checkId}`), 303)
    if (Object.keys(error.fields).length === 0) throw error
    return showCheck(context, codes, { form: { values, problems: error.fields } })
  }
}

/** The other side: the person whom an agent asks for a code sees who it is, and may say that it is not him. */
export function ownCallerPages(codes: CallerCodes): Hono<Env> {
  return new Hono<Env>()
    .get('/caller', async (context) => {
      const visit = memberVisit(context)
      const checks = await visit.database.work(visit.actor, checksOfMine)
      const shown = checks.map((one) => ({ ...one, number: codes.numberOf(one.checkId) }))
      return context.html(
        <OwnCallerPage visit={visit} checks={shown} denied={context.req.query('done') !== undefined} />,
      )
    })
    .post('/caller', async (context) => {
      const visit = memberVisit(context)
      const { check = '' } = (await readForm(context)).values
      await visit.database.work(visit.actor, (work) => denyCall(work, check))
      return context.redirect(visit.link('/caller?done'), 303)
    })
}

function memberVisit(context: Context<Env>) {
  const visit = context.get('visit')
  if (!isMember(visit.actor)) throw new Refused('not-found')
  return { ...visit, actor: visit.actor }
}
