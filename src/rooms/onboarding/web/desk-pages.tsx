import { Hono } from 'hono'
import type { Context } from 'hono'
import { isId } from '../../../base/ids.ts'
import { Refused } from '../../../base/refused.ts'
import { agentVisit } from '../../../ui/visit.ts'
import type { AgentVisit, Env } from '../../../ui/visit.ts'
import { checklistHistory, checklistsFor, followersOf, readerFor } from '../follow.ts'
import type { Of } from '../follow.ts'
import { markStepFor } from '../mark-step.ts'
import { STAGES } from '../rules/stages.ts'
import type { StepForm } from './checklists.tsx'
import { DeskPage, OrganizationPage } from './desk-page.tsx'
import { HistoryPage } from './history-page.tsx'
import { saidPath, saying } from './marking.tsx'
import { afterOf, beforeOf, EVENTS_SHOWN } from './paging.ts'

const PAGE = 50

/** Who is how far, and what specialists say together with their customers. */
export function onboardingDeskPages(): Hono<Env> {
  return new Hono<Env>()
    .get('/', async (context) => {
      const visit = agentVisit(context)
      const stage = STAGES.find((one) => one === context.req.query('stage')) ?? 'under-way'
      const asked = { checklistId: context.req.query('checklist'), stage, after: afterOf(context), limit: PAGE + 1 }
      const found = await visit.database.work(visit.actor, async (work) => ({
        ...(await followersOf(work, visit.operatorId, asked)),
        now: work.now,
      }))
      const followers = found.followers.slice(0, PAGE)
      const more = found.followers.length > PAGE
      return context.html(<DeskPage visit={visit} {...found} stage={stage} followers={followers} more={more} />)
    })
    .get('/:organization', (context) => show(context))
    .get('/:organization/:checklist/history', async (context) => {
      const visit = agentVisit(context)
      const of = ofPath(context, visit)
      const asked = { checklistId: context.req.param('checklist'), before: beforeOf(context), limit: EVENTS_SHOWN + 1 }
      const history = await visit.database.work(visit.actor, async (work) =>
        checklistHistory(work, await readerFor(work, of), asked),
      )
      const events = history.events.slice(0, EVENTS_SHOWN)
      const more = history.events.length > EVENTS_SHOWN
      const path = `/agent/onboarding/${of.organizationId}`
      return context.html(<HistoryPage visit={visit} history={{ ...history, events }} path={path} more={more} />)
    })
    .post('/:organization/:checklist', async (context) => {
      const visit = agentVisit(context)
      const of = ofPath(context, visit)
      const answer = await saying(context, context.req.param('checklist'), (said) =>
        visit.database.work(visit.actor, (work) => markStepFor(work, of, said)),
      )
      if ('form' in answer) return show(context, answer.form, answer.status)
      const number = (answer.values['case'] ?? '').replaceAll(/\D/g, '').slice(0, 20)
      const back = number ? `/agent/cases/${number}#onboarding` : undefined
      return context.redirect(visit.link(back ?? `/agent/onboarding/${of.organizationId}${saidPath(answer.said)}`), 303)
    })
}

function ofPath(context: Context<Env>, { operatorId }: AgentVisit): Of {
  const organizationId = context.req.param('organization') ?? ''
  if (!isId(organizationId)) throw new Refused('not-found')
  return { organizationId, operatorId }
}

async function show(context: Context<Env>, form?: StepForm, status: 200 | 403 | 409 | 422 = 200): Promise<Response> {
  const visit = agentVisit(context)
  const of = ofPath(context, visit)
  const shown = await visit.database.work(visit.actor, (work) => checklistsFor(work, of, visit.locale))
  return context.html(<OrganizationPage visit={visit} shown={shown} form={form} said={context.req.query()} />, status)
}
