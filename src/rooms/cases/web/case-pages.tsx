import { Hono } from 'hono'
import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import { z } from 'zod'
import { optionalText, read, text } from '../../../api/read.ts'
import { Refused } from '../../../base/refused.ts'
import type { Member } from '../../../database/actor.ts'
import type { Work } from '../../../database/work.ts'
import { EMPTY } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { readForm } from '../../../ui/forms.ts'
import type { Form } from '../../../ui/forms.ts'
import { isMember } from '../../../ui/visit.ts'
import type { Env, Visit } from '../../../ui/visit.ts'
import { charterAt } from '../../entitlements/index.ts'
import {
  aboutPanel,
  attachmentFor,
  askForSeverity,
  caseFor,
  clocksFor,
  closeCase,
  higherSeverities,
  eventsOf,
  linkOf,
  messagesOf,
  myCases,
  reopenCase,
  replyAsCustomer,
  sayIsAbout,
  sayIsNotAbout,
  sayWhetherItWorks,
} from '../index.ts'
import type { After, CaseRow } from '../index.ts'
import { MESSAGE_LIMIT } from '../rules/limits.ts'
import { CasePage } from './case-page.tsx'
import { MyCasesPage } from './my-cases-page.tsx'

const PAGE = 25

/** What a higher room shows on a case's page, in the page's transaction. */
export type CasePanel = (work: Work<Member>, visit: Visit, found: CaseRow) => Promise<Child>

/** What a customer does with his cases: list, read, reply, close, reopen, fetch a file. */
export function casePages(panel: CasePanel): Hono<Env> {
  const show = showing(panel)
  const writing = writingWith(show)
  return new Hono<Env>()
    .get('/cases', async (context) => {
      const visit = memberVisit(context)
      const after = afterOf(context.req.query('after'))
      const { lines, now } = await visit.database.workAtOnce(visit.actor, async (work) => {
        const found = await myCases(work, PAGE + 1, after)
        return { lines: found, now: work.now }
      })
      return context.html(
        <MyCasesPage visit={visit} lines={lines.slice(0, PAGE)} now={now} more={lines.length > PAGE} />,
      )
    })
    .get('/cases/:number', (context) => show(context, EMPTY))
    .get('/cases/:number/files/:file', async (context) => {
      const visit = context.get('visit')
      return download(visit, context)
    })
    .post('/cases/:number/reply', (context) =>
      writing(context, (work, number, { files }, body) => replyAsCustomer(work, number, body, files)),
    )
    .post('/cases/:number/reopen', (context) =>
      writing(context, (work, number, _, body) => reopenCase(work, number, body)),
    )
    .post('/cases/:number/severity', (context) =>
      writing(context, (work, number, { values }, body) =>
        askForSeverity(work, number, values['severity'] ?? '', body),
      ),
    )
    .post('/cases/:number/works', async (context) => {
      const visit = memberVisit(context)
      const number = context.req.param('number')
      const { values } = await readForm(context)
      const { works, body } = read(worksSchema, values)
      await visit.database.work(visit.actor, (work) =>
        sayWhetherItWorks(work, number, { works: works === 'yes', body }),
      )
      return context.redirect(visit.link(`/cases/${number}#latest`), 303)
    })
    .post('/cases/:number/about', async (context) => {
      const visit = memberVisit(context)
      const number = context.req.param('number')
      const { yes, no, back } = read(aboutSchema, (await readForm(context)).values)
      await visit.database.work(visit.actor, (work) =>
        yes ? sayIsAbout(work, number, yes) : sayIsNotAbout(work, number, no.split(' ')),
      )
      return context.redirect(visit.link(back === 'sent' ? `/contact/sent/${number}` : `/cases/${number}`), 303)
    })
    .post('/cases/:number/close', async (context) => {
      const visit = memberVisit(context)
      const number = context.req.param('number')
      await visit.database.work(visit.actor, (work) => closeCase(work, number))
      return context.redirect(visit.link(`/cases/${number}`), 303)
    })
}

type MemberVisit = Visit & { readonly actor: Member }

function memberVisit(context: Context<Env>): MemberVisit {
  const visit = context.get('visit')
  if (!isMember(visit.actor)) throw new Refused('not-an-administrator')
  return { ...visit, actor: visit.actor }
}

const worksSchema = z.object({ works: z.enum(['yes', 'no']), body: optionalText(MESSAGE_LIMIT) })
const aboutSchema = z.object({
  yes: z.string().max(40).default(''),
  no: z.string().max(500).default(''),
  back: z.enum(['case', 'sent']).default('case'),
})
const bodySchema = z.object({ body: text(MESSAGE_LIMIT) })

type Show = (context: Context<Env>, form: Filled, status?: 200 | 409 | 422, refused?: Refused) => Promise<Response>
type Write = (work: Work<Member>, number: string, form: Form, body: string) => Promise<void>

const writingWith =
  (show: Show) =>
  async (context: Context<Env>, write: Write): Promise<Response> => {
    const visit = memberVisit(context)
    const number = context.req.param('number') ?? ''
    const form = await readForm(context)
    if (form.values['review']) return show(context, { values: form.values, problems: {} })
    try {
      if (form.refused) throw form.refused
      const { body } = read(bodySchema, form.values)
      await visit.database.work(visit.actor, (work) => write(work, number, form, body))
      return context.redirect(visit.link(`/cases/${number}#latest`), 303)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (Object.keys(error.fields).length > 0)
        return show(context, { values: form.values, problems: error.fields }, 422)
      if (error.code === 'case-closed' || error.code === 'severity-not-entitled')
        return show(context, { values: form.values, problems: {} }, 409, error)
      throw error
    }
  }

const showing =
  (panel: CasePanel): Show =>
  async (context, form, status = 200, refused) => {
    const visit = memberVisit(context)
    const found = await visit.database.work(visit.actor, async (work) => {
      const one = await caseFor(work, context.req.param('number') ?? '')
      return {
        one,
        now: work.now,
        messages: await messagesOf(work, one),
        events: await eventsOf(work, one),
        charter: await charterAt(work, one.operatorId, one.charterVersion),
        clocks: await clocksFor(work, one),
        higher: await higherSeverities(work, one, visit.locale),
        hangsOn: await linkOf(work, one),
        about: await aboutPanel(work, visit, one, { back: 'case' }),
        panel: await panel(work, visit, one),
      }
    })
    return context.html(<CasePage visit={visit} form={form} refused={refused} {...found} />, status)
  }

/** A file leaves as an attachment that the browser neither opens nor sniffs. */
export async function download(visit: Visit, context: Context<Env>): Promise<Response> {
  const { number = '', file = '' } = context.req.param() as { number?: string; file?: string }
  if (!z.uuid().safeParse(file).success) throw new Refused('not-found')
  const found = await visit.database.work(visit.actor, (work) => attachmentFor(work, number, file))
  return context.body(new Uint8Array(found.content), 200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(found.fileName)}`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  })
}

/** A place in a list, as its next link carries it: a moment and an id. Nonsense is the beginning. */
export function afterOf(written: string | undefined): After | undefined {
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]{5,20}Z|infinity)_([0-9a-f-]{36})$/.exec(written ?? '')
  return match ? { at: match[1] ?? '', caseId: match[2] ?? '' } : undefined
}
