import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { statusOf } from '../../../api/problem.ts'
import { read, text } from '../../../api/read.ts'
import { isId, newId } from '../../../base/ids.ts'
import { Refused } from '../../../base/refused.ts'
import type { Member } from '../../../database/actor.ts'
import type { Work } from '../../../database/work.ts'
import { EMPTY } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { readForm } from '../../../ui/forms.ts'
import { isMember } from '../../../ui/visit.ts'
import type { Env, Visit } from '../../../ui/visit.ts'
import { callOffers, callPanel, promiseCall } from '../../callbacks/index.ts'
import { aboutPanel, caseFor, noteNotAbout, openCase, promise } from '../../cases/index.ts'
import { idFrom, noteCase } from '../../evidence/index.ts'
import { charterInForce, rankOf } from '../../entitlements/index.ts'
import type { Charter } from '../../entitlements/index.ts'
import { partnerOf } from '../../partners/index.ts'
import { administratorsOf } from '../../people/index.ts'
import {
  askAdministrators,
  isAboutRights,
  mayAsk,
  noteRefused,
  noteSent,
  standingOf,
  typesToAsk,
  waitingQuestion,
} from '../../rights/index.ts'
import type { Asker, Reason, Subscription } from '../../rights/index.ts'
import { currentHealth, knownIncidents } from '../../service-health/index.ts'
import { LIMITS, requestSchema } from '../request-schema.ts'
import { AskAdministrators } from './ask-administrators.tsx'
import { ContactForm } from './contact-form.tsx'
import type { Promises } from './when.tsx'
import { formProblems, requestFrom, typeIn, wantsCall } from './form-request.ts'
import { PartnerFirst, SentPage } from './contact-parts.tsx'

/** Contact support: partner first, then the form, then a confirmation that says what happens next. */
export function contactSupportPages(): Hono<Env> {
  return new Hono<Env>()
    .get('/contact', async (context) => {
      const { question = '', article = '', asked = '' } = context.req.query()
      const draft = context.req.query('draft')
      if (draft !== undefined) return showDraft(context, draft)
      const values = { title: question.slice(0, 150), article: article.slice(0, 300), asked: idFrom(asked) ?? '' }
      return show(context, { ...EMPTY, values }, context.req.query('to') === 'operator')
    })
    .post('/contact', send)
    .post('/contact/colleagues', askColleagues)
    .get('/contact/sent/:number', async (context) => {
      const visit = memberVisit(context)
      const sent = await visit.database.work(visit.actor, async (work) => {
        const found = await caseFor(work, context.req.param('number'))
        const { charter } = await charterInForce(work, visit.operatorId)
        const about = await aboutPanel(work, visit, found, { back: 'sent' })
        return { found, charter, about, call: await callPanel(work, visit, found) }
      })
      return context.html(<SentPage visit={visit} {...sent} />)
    })
}

type MemberVisit = Visit & { readonly actor: Member }

function memberVisit(context: Context<Env>): MemberVisit {
  const visit = context.get('visit')
  if (!isMember(visit.actor)) throw new Refused('not-signed-in')
  return { ...visit, actor: visit.actor }
}

async function send(context: Context<Env>): Promise<Response> {
  const visit = memberVisit(context)
  const { values, files, refused } = await readForm(context)
  if (values['review']) return show(context, { values, problems: {} }, true)
  try {
    if (refused) throw refused
    if (files.length === 0 && (await isKnown(visit, values))) return show(context, { values, problems: {} }, true)
    const opened = await visit.database.work(visit.actor, async (work) => {
      const { charter } = await charterInForce(work, visit.operatorId)
      const request = read(requestSchema(charter), requestFrom(values, charter, visit))
      requireReachable(values, request, charter)
      const answer = await openCase(work, request, { key: values['key'] || newId(), fingerprint: 'form' }, files)
      if (values['draft']) await noteSent(work, draftFrom(values['draft']), answer.number)
      await noteNotAbout(work, answer.number, seenIn(values))
      noteCase(work, { operatorId: visit.operatorId, questionId: idFrom(values['asked']) })
      return answer
    })
    return context.redirect(visit.link(await calling(visit, values, opened.number)), 303)
  } catch (error) {
    if (isAboutRights(error)) return refuse(context, { values, problems: {} }, error.code)
    if (!(error instanceof Refused) || Object.keys(error.fields).length === 0) throw error
    const type = typeIn(values, await charterOf(visit))
    return show(context, { values, problems: formProblems(error.fields, type) }, true, 422)
  }
}

/**
 * Before a request is sent, once for each problem: is it something we know? One with files is sent at once, because they would have to
 * be chosen again; it is asked on the page that confirms it.
 */
async function isKnown(visit: MemberVisit, values: Filled['values']): Promise<boolean> {
  const known = await visit.database.work(visit.actor, (work) => knownTo(work, visit, values))
  const seen = seenIn(values)
  return known.some(({ incidentId }) => !seen.includes(incidentId))
}

/** The known problems that stood above the form when it was sent. */
function seenIn(values: Filled['values']): readonly string[] {
  return (values['known'] ?? '').split(' ').filter(isId).slice(0, 20)
}

function knownTo(work: Work<Member>, { operatorId, locale: language }: Visit, values: Filled['values']) {
  return knownIncidents(work, { operatorId, language, q: values['title'] ?? '' })
}

/** He may not ask, or no more: it is put on record, and he is told why, with all that he had typed. */
async function refuse(context: Context<Env>, form: Filled, why: Reason): Promise<Response> {
  const visit = memberVisit(context)
  const supportType = typeIn(form.values, await charterOf(visit))
  await noteRefused(visit.database, visit.actor, {
    why,
    supportType,
    title: (form.values['title'] ?? '').slice(0, 150),
  })
  return showAdministrators(context, form, [why], statusOf(why))
}

async function showAdministrators(
  context: Context<Env>,
  form: Filled,
  why: readonly Reason[],
  status: ReturnType<typeof statusOf>,
): Promise<Response> {
  const visit = memberVisit(context)
  const own = visit.person?.partner === null
  const administrators = own ? await visit.database.work(visit.actor, (work) => administratorsOf(work)) : []
  return context.html(
    <AskAdministrators visit={visit} form={form} why={why} administrators={administrators} own={own} />,
    status,
  )
}

const questionSchema = z.object({ title: text(LIMITS.title), description: text(LIMITS.description) })
const REST = 30

/** Somebody hands his question to his administrators. */
async function askColleagues(context: Context<Env>): Promise<Response> {
  const visit = memberVisit(context)
  const { values } = await readForm(context)
  try {
    const { title, description } = read(questionSchema, values)
    const rest = Object.entries(values)
      .filter(([name]) => !['title', 'description', 'key', 'review', 'draft'].includes(name))
      .slice(0, REST)
      .map(([name, value]) => [name.slice(0, 100), value.slice(0, LIMITS.businessImpact)] as const)
    await visit.database.work(visit.actor, (work) =>
      askAdministrators(work, { title, description, rest: Object.fromEntries(rest) }),
    )
    return context.redirect(visit.link('/organization/questions?said=asked'), 303)
  } catch (error) {
    if (!(error instanceof Refused) || Object.keys(error.fields).length === 0) throw error
    return showAdministrators(context, { values, problems: error.fields }, ['not-an-administrator'], 422)
  }
}

/** Whoever wants a call says on which number, and that it is right. */
function requireReachable(
  values: Readonly<Record<string, string>>,
  { contact, supportType }: { readonly contact: { readonly phone: string }; readonly supportType: string },
  charter: Charter,
): void {
  if (!wantsCall(values)) return
  const { channels = [] } = charter.supportTypes.find(({ id }) => id === supportType) ?? {}
  if (!channels.includes('callback')) throw new Refused('invalid-input', { method: { code: 'no-calls' } })
  if (contact.phone === '') throw new Refused('invalid-input', { phone: { code: 'missing' } })
  if (values['callConfirmed'] !== 'yes')
    throw new Refused('invalid-input', { callConfirmed: { code: 'not-confirmed' } })
}

/** The case is there; now the call is promised in it, or its time is chosen. Answers the page that comes next. */
async function calling(visit: MemberVisit, values: Readonly<Record<string, string>>, number: string): Promise<string> {
  if (values['method'] === 'at') return `/cases/${number}/call`
  if (values['method'] === 'now')
    await visit.database.work(visit.actor, async (work) => {
      const { contactPhone } = await caseFor(work, number)
      await promiseCall(work, number, {
        at: undefined,
        phone: contactPhone ?? '',
        phoneWritten: values['phone'] ?? '',
        language: visit.locale,
        zone: visit.zone,
      })
    })
  return `/contact/sent/${number}`
}

/** A colleague's question in the form, to be sent as it is or edited. */
async function showDraft(context: Context<Env>, draft: string): Promise<Response> {
  const visit = memberVisit(context)
  const found = await visit.database.work(visit.actor, (work) => waitingQuestion(work, draftFrom(draft)))
  if (!found) throw new Refused('question-decided')
  const { title, description, rest, questionId } = found
  return show(context, { ...EMPTY, values: { ...rest, title, description, draft: questionId } }, true)
}

function draftFrom(written: string): string {
  return z.uuid().safeParse(written).success ? written : NOBODY
}

const NOBODY = '00000000-0000-0000-0000-000000000000'

async function charterOf(visit: MemberVisit): Promise<Charter> {
  return (await visit.database.work(visit.actor, (work) => charterInForce(work, visit.operatorId))).charter
}

async function show(context: Context<Env>, form: Filled, direct: boolean, status: 200 | 422 = 200): Promise<Response> {
  const visit = memberVisit(context)
  const found = await visit.database.workAtOnce(visit.actor, (work) => whatIsNeeded(work, visit, form))
  if (found.why) return showAdministrators(context, form, found.why, 403)
  const own = visit.person?.partner === null
  if (found.partner && own && !direct)
    return context.html(<PartnerFirst visit={visit} partner={found.partner} form={form} />)
  return context.html(<ContactForm visit={visit} form={form} {...found} />, status)
}

async function whatIsNeeded(work: Work<Member>, visit: Visit, { values }: Filled) {
  const [{ person, asker, subscriptions }, partner, { charter }, incidents, known, calls] = await Promise.all([
    standingOf(work),
    partnerOf(work),
    charterInForce(work, visit.operatorId),
    currentHealth(work, visit.operatorId),
    knownTo(work, visit, values),
    callOffers(work, visit.operatorId, visit.locale),
  ])
  const allowed = typesToAsk(
    charter,
    asker,
    subscriptions.map(({ subscriptionId }) => subscriptionId),
    work.now,
  )
  const types = charter.supportTypes.filter(({ id }) => allowed.includes(id))
  const { contract } = person
  return {
    person,
    types,
    subscriptions,
    why: types.some(({ requesters }) => requesters !== 'everyone') ? undefined : whyNone(charter, asker, work.now),
    partner: isSoldByPartner(subscriptions) ? partner : undefined,
    charter,
    contract,
    incidents,
    known,
    calls: calls.filter(({ type }) => types.includes(type)),
    promises: promisesOf({ charter, types, contract }, work.now),
  }
}

/** What is nearest to a yes among all that can be asked for, for somebody who may ask for nothing. */
function whyNone(charter: Charter, asker: Asker, now: Temporal.Instant): readonly Reason[] {
  const reasons = charter.supportTypes
    .filter(({ requesters, channels }) => requesters !== 'everyone' && channels.includes('portal'))
    .flatMap(({ id: supportType }) => {
      const answer = mayAsk(charter, asker, { supportType, subscriptionId: null }, now)
      return answer.ok ? [] : answer.why.slice(0, 1)
    })
  const telling = [...new Set(reasons)].filter((reason) => reason !== 'add-on-missing')
  return telling.length > 0 ? telling : ['not-an-administrator']
}

/** Where nothing is known of subscriptions, a partner of record has sold them all. */
function isSoldByPartner(subscriptions: readonly Subscription[]): boolean {
  return subscriptions.length === 0 || subscriptions.some(({ soldByPartner }) => soldByPartner)
}

/** When a request sent now would be answered, by support type and severity. */
function promisesOf(
  {
    charter,
    types,
    contract,
  }: { readonly charter: Charter; readonly types: Charter['supportTypes']; readonly contract: string | null },
  now: Temporal.Instant,
): Promises {
  return types.map((type) => ({
    type,
    dues: charter.severities.map(({ id: severity }) => ({
      severity,
      due:
        rankOf(charter, severity) < rankOf(charter, type.highest)
          ? undefined
          : promise(charter, { severity, supportType: type.id, contract }, now)?.due,
    })),
  }))
}
