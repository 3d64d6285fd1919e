import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { read } from '../../../api/read.ts'
import { isId } from '../../../base/ids.ts'
import { Refused } from '../../../base/refused.ts'
import type { Bulletin } from '../../../jobs/bulletin.ts'
import type { Filled } from '../../../ui/fields.tsx'
import { follow } from '../../../ui/follow.ts'
import { readForm } from '../../../ui/forms.ts'
import { agentVisit } from '../../../ui/visit.ts'
import type { Env } from '../../../ui/visit.ts'
import { callsOfOperator, desktopOf, moveCall, sayPresence } from '../make-call.ts'
import { AGENT_MOVES } from '../rules/moves.ts'
import { declareStaffing, readShift, staffingOf } from '../staff-calls.ts'
import { Desk, DeskPage } from './desk-page.tsx'
import { StaffingPage } from './staffing-page.tsx'

/** The agents' calls: presence, offers, the call in hand, the line; and for support leads skills and shifts. */
export function deskPages(bulletin: Bulletin): Hono<Env> {
  return new Hono<Env>()
    .get('/calls', showDesk)
    .get('/calls/changes', (context) => follow(context, bulletin, callsOfOperator(agentVisit(context).operatorId)))
    .post('/calls/presence', async (context) => {
      const visit = agentVisit(context)
      const { presence } = read(presenceSchema, (await readForm(context)).values)
      await visit.database.work(visit.actor, (work) => sayPresence(work, visit.operatorId, presence))
      return context.redirect(visit.link('/agent/calls'), 303)
    })
    .post('/calls/:call', async (context) => {
      const visit = agentVisit(context)
      const callId = context.req.param('call')
      if (!isId(callId)) throw new Refused('not-found')
      const { move, to } = read(moveSchema, (await readForm(context)).values)
      await visit.database.work(visit.actor, (work) => moveCall(work, visit.operatorId, { callId, move, to }))
      return context.redirect(visit.link('/agent/calls'), 303)
    })
    .get('/staffing', (context) => showStaffing(context))
    .post('/staffing/:agent', declare)
}

const presenceSchema = z.object({ presence: z.enum(['ready', 'paused']) })
const moveSchema = z.object({ move: z.enum(AGENT_MOVES), to: z.uuid().optional() })

async function showDesk(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const desktop = await visit.database.work(visit.actor, (work) => desktopOf(work, visit.operatorId))
  const props = { visit, desktop }
  return context.html(context.req.query('part') === 'desk' ? <Desk {...props} /> : <DeskPage {...props} />)
}

async function showStaffing(
  context: Context<Env>,
  returned?: { readonly agentId: string; readonly form: Filled },
): Promise<Response> {
  const visit = agentVisit(context)
  const found = await visit.database.work(visit.actor, (work) => staffingOf(work, visit.operatorId))
  return context.html(<StaffingPage visit={visit} {...found} returned={returned} />, returned ? 422 : 200)
}

async function declare(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const agentId = context.req.param('agent') ?? ''
  const { values } = await readForm(context)
  try {
    await visit.database.work(visit.actor, async (work) => {
      const { staff, charter } = await staffingOf(work, visit.operatorId)
      const one = staff.find(({ agent }) => agent.agentId === agentId)
      if (!one) throw new Refused('not-found')
      await declareStaffing(work, visit.operatorId, readShift(one.agent, values, charter))
    })
    return context.redirect(visit.link('/agent/staffing'), 303)
  } catch (error) {
    if (!(error instanceof Refused) || Object.keys(error.fields).length === 0) throw error
    return showStaffing(context, { agentId, form: { values, problems: error.fields } })
  }
}
