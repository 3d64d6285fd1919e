import { Hono } from 'hono'
import type { Context } from 'hono'
import { Refused } from '../../../base/refused.ts'
import type { Member } from '../../../database/actor.ts'
import { isMember } from '../../../ui/visit.ts'
import type { Env, Visit } from '../../../ui/visit.ts'
import { checklistHistory, ownChecklists, ownReader } from '../follow.ts'
import { markOwnStep } from '../mark-step.ts'
import type { StepForm } from './checklists.tsx'
import { HistoryPage } from './history-page.tsx'
import { saidPath, saying } from './marking.tsx'
import { OwnChecklistsPage } from './own-page.tsx'
import { beforeOf, EVENTS_SHOWN } from './paging.ts'

/** What customers see and say of their checklists. */
export function onboardingPages(): Hono<Env> {
  return new Hono<Env>()
    .get('/', (context) => show(context))
    .get('/:checklist/history', async (context) => {
      const visit = memberVisit(context)
      const asked = { checklistId: context.req.param('checklist'), before: beforeOf(context), limit: EVENTS_SHOWN + 1 }
      const history = await visit.database.work(visit.actor, async (work) =>
        checklistHistory(work, await ownReader(work), asked),
      )
      const events = history.events.slice(0, EVENTS_SHOWN)
      const more = history.events.length > EVENTS_SHOWN
      return context.html(<HistoryPage visit={visit} history={{ ...history, events }} path="/onboarding" more={more} />)
    })
    .post('/:checklist', async (context) => {
      const visit = memberVisit(context)
      const checklist = context.req.param('checklist')
      const answer = await saying(context, checklist, (said) =>
        visit.database.work(visit.actor, (work) => markOwnStep(work, said)),
      )
      if ('form' in answer) return show(context, answer.form, answer.status)
      return context.redirect(visit.link(`/onboarding${saidPath(answer.said)}`), 303)
    })
}

async function show(context: Context<Env>, form?: StepForm, status: 200 | 403 | 409 | 422 = 200): Promise<Response> {
  const visit = memberVisit(context)
  const shown = await visit.database.work(visit.actor, (work) => ownChecklists(work, visit.locale))
  return context.html(
    <OwnChecklistsPage visit={visit} shown={shown} form={form} said={context.req.query()} />,
    shown.lists.length === 0 ? 403 : status,
  )
}

function memberVisit(context: Context<Env>): Visit & { readonly actor: Member } {
  const visit = context.get('visit')
  if (!isMember(visit.actor)) throw new Refused('not-signed-in')
  return { ...visit, actor: visit.actor }
}
