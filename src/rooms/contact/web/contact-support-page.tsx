import { Hono } from 'hono'
import type { Context } from 'hono'
import { read } from '../../../api/read.ts'
import { newId } from '../../../base/ids.ts'
import { Refused } from '../../../base/refused.ts'
import type { FieldProblems } from '../../../base/refused.ts'
import type { Member } from '../../../database/actor.ts'
import type { Work } from '../../../database/work.ts'
import { EMPTY } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { readForm } from '../../../ui/forms.ts'
import { isMember } from '../../../ui/visit.ts'
import type { Env, Visit } from '../../../ui/visit.ts'
import { callOffers, callPanel, promiseCall } from '../../callbacks/index.ts'
import { caseFor, openCase, promise } from '../../cases/index.ts'
import { idFrom, noteCase } from '../../evidence/index.ts'
import { charterInForce, rankOf } from '../../entitlements/index.ts'
import type { Charter } from '../../entitlements/index.ts'
import { partnerOf } from '../../partners/index.ts'
import { administratorsOf, requireAdministrator, requirePerson } from '../../people/index.ts'
import { currentHealth } from '../../service-health/index.ts'
import { requestSchema } from '../request-schema.ts'
import { ContactForm } from './contact-form.tsx'
import type { Promises } from './contact-form.tsx'
import { NotAnAdministrator, PartnerFirst, SentPage } from './contact-parts.tsx'

/** Contact support: partner first, then the form, then a confirmation that says what happens next. */
export function contactSupportPages(): Hono<Env> {
  return new Hono<Env>()
    .get('/contact', async (context) => {
      const { question = '', article = '', asked = '' } = context.req.query()
      const values = { title: question.slice(0, 150), article: article.slice(0, 300), asked: idFrom(asked) ?? '' }
      return show(context, { ...EMPTY, values }, context.req.query('to') === 'operator')
    })
    .post('/contact', send)
    .get('/contact/sent/:number', async (context) => {
      const visit = memberVisit(context)
      const sent = await visit.database.work(visit.actor, async (work) => {
        const found = await caseFor(work, context.req.param('number'))
        const { charter } = await charterInForce(work, visit.operatorId)
        return { found, charter, call: await callPanel(work, visit, found) }
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
    const opened = await visit.database.work(visit.actor, async (work) => {
      const { charter } = await charterInForce(work, visit.operatorId)
      const request = read(requestSchema(charter), requestFrom(values, charter, visit))
      requireReachable(values, request, charter)
      const answer = await openCase(work, request, { key: values['key'] || newId(), fingerprint: 'form' }, files)
      noteCase(work, { operatorId: visit.operatorId, questionId: idFrom(values['asked']) })
      return answer
    })
    return context.redirect(visit.link(await calling(visit, values, opened.number)), 303)
  } catch (error) {
    if (!(error instanceof Refused) || Object.keys(error.fields).length === 0) throw error
    return show(context, { values, problems: formProblems(error.fields) }, true, 422)
  }
}

/** The form's flat fields as the request both doors read: the topic names its support type, answers are prefixed. */
function requestFrom(values: Readonly<Record<string, string>>, charter: Charter, visit: Visit): unknown {
  const answers = charter.impactQuestions.flatMap(({ id }) =>
    values[`impact-${id}`] ? [[id, values[`impact-${id}`]]] : [],
  )
  return {
    title: values['title'],
    description: values['description'],
    supportType: charter.topics.find(({ id }) => id === values['topic'])?.supportType,
    topic: values['topic'],
    impact: Object.fromEntries(answers) as unknown,
    businessImpact: values['businessImpact'] ?? '',
    contact: { method: values['method'], phone: values['phone'] ?? '', email: values['email'] },
    language: visit.locale,
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
  if (!channels.includes('callback')) throw new Refused('invalid-input', { call: { code: 'not-an-option' } })
  if (contact.phone === '') throw new Refused('invalid-input', { phone: { code: 'missing' } })
  if (values['callConfirmed'] !== 'yes')
    throw new Refused('invalid-input', { callConfirmed: { code: 'not-confirmed' } })
}

function wantsCall({ call }: Readonly<Record<string, string>>): boolean {
  return call === 'now' || call === 'at'
}

/** The case is there; now the call is promised in it, or its time is chosen. Answers the page that comes next. */
async function calling(visit: MemberVisit, values: Readonly<Record<string, string>>, number: string): Promise<string> {
  if (values['call'] === 'at') return `/cases/${number}/call`
  if (values['call'] === 'now')
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

/** Problems under the names the form's fields have. */
function formProblems(fields: FieldProblems): FieldProblems {
  const renamed: Record<string, FieldProblems[string]> = {}
  for (const [path, problem] of Object.entries(fields)) {
    const name = path
      .replace(/^contact\./, '')
      .replace(/^impact\./, 'impact-')
      .replace(/^supportType$/, 'topic')
    renamed[name] ??= problem
  }
  return renamed
}

async function show(context: Context<Env>, form: Filled, direct: boolean, status: 200 | 422 = 200): Promise<Response> {
  const visit = memberVisit(context)
  const found = await visit.database.workAtOnce(visit.actor, (work) => whatIsNeeded(work, visit))
  if (found.person.roles.length === 0)
    return context.html(<NotAnAdministrator visit={visit} administrators={found.administrators} />, 403)
  if (found.partner && !direct) return context.html(<PartnerFirst visit={visit} partner={found.partner} form={form} />)
  return context.html(<ContactForm visit={visit} form={form} {...found} />, status)
}

async function whatIsNeeded(work: Work<Member>, visit: Visit) {
  const [person, partner, { charter }, incidents, calls] = await Promise.all([
    requirePerson(work),
    partnerOf(work),
    charterInForce(work, visit.operatorId),
    currentHealth(work, visit.operatorId),
    callOffers(work, visit.operatorId, visit.locale),
  ])
  const administrators = person.roles.length ? [] : await administratorsOf(work)
  const contract = person.roles.length ? (await requireAdministrator(work)).contract : null
  return {
    person,
    administrators,
    partner,
    charter,
    contract,
    incidents,
    calls,
    promises: promisesOf(charter, contract, work.now),
  }
}

/** When a request sent now would be answered, by support type and severity. */
function promisesOf(charter: Charter, contract: string | null, now: Temporal.Instant): Promises {
  const requestable = charter.supportTypes.filter(({ channels }) => channels.includes('portal'))
  return requestable.map((type) => ({
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
