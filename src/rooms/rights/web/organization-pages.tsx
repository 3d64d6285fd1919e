import { Hono } from 'hono'
import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import { z } from 'zod'
import { email, read, text } from '../../../api/read.ts'
import { Refused } from '../../../base/refused.ts'
import type { Member } from '../../../database/actor.ts'
import type { Work } from '../../../database/work.ts'
import { EMPTY } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { readForm } from '../../../ui/forms.ts'
import { isMember } from '../../../ui/visit.ts'
import type { Env, Visit } from '../../../ui/visit.ts'
import { colleagueQuestions, declineQuestion } from '../colleagues.ts'
import { changeRoles, delegate, endDelegation, inviteColleague, peopleAndRights, takeSeatBack } from '../manage.ts'
import { giveConsent, keepOn, partnerRelations, withdrawConsent } from '../partner.ts'
import { OrganizationsPage } from './organizations-page.tsx'
import { PartnerPage } from './partner-page.tsx'
import { PeoplePage } from './people-page.tsx'
import { QuestionsPage } from './questions-page.tsx'

/** The cookie that says which of his organizations somebody acts for; named as `app/visits.ts` reads it. */
const CHOSEN = 'svar_organization'
const YEAR_SECONDS = 365 * 24 * 3600

/** What an organization's people do about rights: who has which, questions of colleagues, the partner, and which organization. */
export function organizationPages(): Hono<Env> {
  return new Hono<Env>()
    .get('/organization', (context) => showPeople(context, EMPTY))
    .post('/organization/roles', (context) =>
      changing(context, '/organization?said=roles', (work, values) => {
        const { person } = read(personSchema, values)
        return changeRoles(work, person, chosenIn(values, 'role-'))
      }),
    )
    .post('/organization/delegations', (context) =>
      changing(context, '/organization?said=lent', (work, values, { zone }) => {
        const { person, role, subscription, from, until } = read(delegationSchema, values)
        return delegate(work, {
          personId: person,
          role,
          supportTypes: chosenIn(values, 'type-'),
          subscriptionId: subscription,
          startsAt: from === '' ? work.now : momentIn(from, zone, 'from'),
          endsAt: momentIn(until, zone, 'until'),
        })
      }),
    )
    .post('/organization/delegations/end', (context) =>
      changing(context, '/organization?said=ended', (work, { grant }) => endDelegation(work, idFrom(grant))),
    )
    .post('/organization/seats/free', (context) =>
      changing(context, '/organization?said=freed', (work, { addOn = '', person }) =>
        takeSeatBack(work, addOn.slice(0, 40), idFrom(person)),
      ),
    )
    .post('/organization/invite', (context) =>
      changing(context, '/organization?said=invited', (work, values) =>
        inviteColleague(work, read(invitationSchema, values)),
      ),
    )
    .get('/organization/questions', (context) => showQuestions(context, EMPTY))
    .post('/organization/questions/decline', declining)
    .get('/organization/partner', async (context) => {
      const visit = memberVisit(context)
      const found = await visit.database.work(visit.actor, partnerRelations)
      return context.html(<PartnerPage visit={visit} {...found} />)
    })
    .post('/organization/partner', async (context) => {
      const visit = memberVisit(context)
      const { values } = await readForm(context)
      const { partner, act } = read(consentSchema, values)
      const verb = { give: giveConsent, withdraw: withdrawConsent, extend: keepOn(true), stop: keepOn(false) }[act]
      await visit.database.work(visit.actor, (work) => verb(work, partner))
      return context.redirect(visit.link('/organization/partner'), 303)
    })
    .get('/organizations', (context) => context.html(<OrganizationsPage visit={memberVisit(context)} />))
    .post('/organizations', async (context) => {
      const visit = memberVisit(context)
      const { values } = await readForm(context)
      const own = visit.person?.organizations.find(({ organizationId }) => organizationId === values['organization'])
      if (!own) throw new Refused('not-found')
      const options = { path: '/', maxAge: YEAR_SECONDS, sameSite: 'Lax', httpOnly: true } as const
      setCookie(context, CHOSEN, own.organizationId, options)
      return context.redirect(visit.link('/cases'), 303)
    })
}

type MemberVisit = Visit & { readonly actor: Member }

function memberVisit(context: Context<Env>): MemberVisit {
  const visit = context.get('visit')
  if (visit.actor.kind === 'visitor') throw new Refused('not-signed-in')
  if (!isMember(visit.actor)) throw new Refused('not-an-administrator')
  return { ...visit, actor: visit.actor }
}

const id = z.uuid()
const personSchema = z.object({ person: id })
const delegationSchema = z.object({
  person: id,
  role: z.string().min(1).max(40),
  subscription: z
    .union([z.literal(''), id])
    .default('')
    .transform((written) => written || null),
  from: z.string().max(25).default(''),
  until: text(25),
})
const invitationSchema = z.object({ name: text(120), email })
const consentSchema = z.object({ partner: id, act: z.enum(['give', 'withdraw', 'extend', 'stop']) })
const declineSchema = z.object({ question: id, word: text(2000) })

/** Names of ticked boxes, without their prefix. */
function chosenIn(values: Filled['values'], prefix: string): readonly string[] {
  return Object.keys(values)
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length, prefix.length + 40))
}

function idFrom(written: string | undefined): string {
  if (!id.safeParse(written).success) throw new Refused('not-found')
  return written ?? ''
}

/** A local time as the browser writes it, in a zone; a time that a clock change skips is the one after it. */
function momentIn(written: string, zone: string, field: string): Temporal.Instant {
  try {
    return Temporal.PlainDateTime.from(written).toZonedDateTime(zone).toInstant()
  } catch {
    throw new Refused('invalid-input', { [field]: { code: 'wrong-type' } })
  }
}

type Change = (work: Work<Member>, values: Filled['values'], visit: MemberVisit) => Promise<void>

async function changing(context: Context<Env>, next: string, change: Change): Promise<Response> {
  const visit = memberVisit(context)
  const { values } = await readForm(context)
  try {
    await visit.database.work(visit.actor, (work) => change(work, values, visit))
    return context.redirect(visit.link(next), 303)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    if (error.code === 'last-administrator' || error.code === 'already-a-colleague')
      return showPeople(context, { values, problems: {} }, 409, error)
    if (Object.keys(error.fields).length === 0) throw error
    return showPeople(context, { values, problems: error.fields }, 422)
  }
}

async function showPeople(
  context: Context<Env>,
  form: Filled,
  status: 200 | 409 | 422 = 200,
  refused?: Refused,
): Promise<Response> {
  const visit = memberVisit(context)
  const found = await visit.database.work(visit.actor, peopleAndRights)
  const said = context.req.query('said')
  return context.html(<PeoplePage visit={visit} form={form} said={said} refused={refused} {...found} />, status)
}

async function declining(context: Context<Env>): Promise<Response> {
  const visit = memberVisit(context)
  const { values } = await readForm(context)
  try {
    const { question, word } = read(declineSchema, values)
    await visit.database.work(visit.actor, (work) => declineQuestion(work, question, word))
    return context.redirect(visit.link('/organization/questions?said=declined'), 303)
  } catch (error) {
    if (!(error instanceof Refused) || Object.keys(error.fields).length === 0) throw error
    return showQuestions(context, { values, problems: error.fields }, 422)
  }
}

async function showQuestions(context: Context<Env>, form: Filled, status: 200 | 422 = 200): Promise<Response> {
  const visit = memberVisit(context)
  const found = await visit.database.work(visit.actor, colleagueQuestions)
  const said = context.req.query('said')
  return context.html(<QuestionsPage visit={visit} form={form} said={said} {...found} />, status)
}
