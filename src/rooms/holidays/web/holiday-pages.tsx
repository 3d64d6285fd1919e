import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { read } from '../../../api/read.ts'
import { readForm } from '../../../ui/forms.ts'
import { agentVisit } from '../../../ui/visit.ts'
import type { Env } from '../../../ui/visit.ts'
import { approveProposal, holidaysOf, rejectProposal } from '../decide.ts'
import { HolidaysPage } from './holidays-page.tsx'

/** Holidays, below the agents' workplace: layers, proposals, and their approval. For support leads only. */
export function holidayPages(): Hono<Env> {
  return new Hono<Env>().get('/', show).post('/:proposal', decide)
}

async function show(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const { layers, proposals, today } = await visit.database.work(visit.actor, async (work) => {
    const found = await holidaysOf(work, visit.operatorId)
    return { ...found, today: work.now.toZonedDateTimeISO(found.zone).toPlainDate().toString() }
  })
  return context.html(<HolidaysPage visit={visit} layers={layers} proposals={proposals} today={today} />)
}

const decisionSchema = z.object({ decision: z.enum(['approve', 'reject']) })

async function decide(context: Context<Env>): Promise<Response> {
  const visit = agentVisit(context)
  const proposal = context.req.param('proposal') ?? ''
  const { decision } = read(decisionSchema, (await readForm(context)).values)
  const verb = decision === 'approve' ? approveProposal : rejectProposal
  await visit.database.work(visit.actor, (work) => verb(work, visit.operatorId, proposal))
  return context.redirect(visit.link('/agent/holidays'), 303)
}
