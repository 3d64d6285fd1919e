import { Hono } from 'hono'
import type { Context } from 'hono'
import { read } from '../../../api/read.ts'
import { Refused } from '../../../base/refused.ts'
import type { Member } from '../../../database/actor.ts'
import type { Bulletin } from '../../../jobs/bulletin.ts'
import { EMPTY } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { follow } from '../../../ui/follow.ts'
import { readForm } from '../../../ui/forms.ts'
import { isMember } from '../../../ui/visit.ts'
import type { Env, Visit } from '../../../ui/visit.ts'
import { caseFor } from '../../cases/index.ts'
import { callFormSchema } from '../call-schema.ts'
import { callChoice, cancelCall, promiseCall } from '../promise-call.ts'
import { callsOfOperator } from '../make-call.ts'
import { CallPage } from './call-page.tsx'
import { CallPanel } from './call-panel.tsx'

/** The call of a case, for its customer: ask, choose a time, change it, call it off, and follow it. */
export function callPages(bulletin: Bulletin): Hono<Env> {
  return new Hono<Env>()
    .get('/cases/:number/call', (context) => show(context, EMPTY))
    .post('/cases/:number/call', ask)
    .post('/cases/:number/call/cancel', async (context) => {
      const visit = memberVisit(context)
      const number = context.req.param('number')
      await visit.database.work(visit.actor, (work) => cancelCall(work, number))
      return context.redirect(visit.link(`/cases/${number}`), 303)
    })
    .get('/cases/:number/call/changes', async (context) => {
      const visit = memberVisit(context)
      await visit.database.work(visit.actor, (work) => caseFor(work, context.req.param('number')))
      return follow(context, bulletin, callsOfOperator(visit.operatorId))
    })
}

type MemberVisit = Visit & { readonly actor: Member }

function memberVisit(context: Context<Env>): MemberVisit {
  const visit = context.get('visit')
  if (!isMember(visit.actor)) throw new Refused('not-an-administrator')
  return { ...visit, actor: visit.actor }
}

async function ask(context: Context<Env>): Promise<Response> {
  const visit = memberVisit(context)
  const number = context.req.param('number') ?? ''
  const { values } = await readForm(context)
  try {
    const { when, slot, phone } = read(callFormSchema, values)
    await visit.database.work(visit.actor, (work) =>
      promiseCall(work, number, {
        at: when === 'at' ? slot : undefined,
        phone,
        phoneWritten: values['phone'] ?? '',
        language: visit.locale,
        zone: visit.zone,
      }),
    )
    return context.redirect(visit.link(`/cases/${number}`), 303)
  } catch (error) {
    if (!(error instanceof Refused) || Object.keys(error.fields).length === 0) throw error
    return show(context, { values, problems: error.fields }, error.code === 'slot-taken' ? 409 : 422)
  }
}

async function show(context: Context<Env>, form: Filled, status: 200 | 409 | 422 = 200): Promise<Response> {
  const visit = memberVisit(context)
  const choice = await visit.database.work(visit.actor, (work) => callChoice(work, context.req.param('number') ?? ''))
  if (context.req.query('part') === 'panel') return context.html(<CallPanel visit={visit} choice={choice} />)
  return context.html(<CallPage visit={visit} form={form} choice={choice} />, status)
}
