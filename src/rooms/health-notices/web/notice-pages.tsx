import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { read, text } from '../../../api/read.ts'
import { LOCALES } from '../../../base/locale.ts'
import { isId } from '../../../base/ids.ts'
import { Refused } from '../../../base/refused.ts'
import type { Member } from '../../../database/actor.ts'
import type { Work } from '../../../database/work.ts'
import type { Bulletin } from '../../../jobs/bulletin.ts'
import type { Outside } from '../../../jobs/post-outside.ts'
import { EMPTY } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { readForm } from '../../../ui/forms.ts'
import { follow } from '../../../ui/follow.ts'
import { isMember } from '../../../ui/visit.ts'
import type { Env, Visit } from '../../../ui/visit.ts'
import {
  ownSubscription,
  subscribe,
  subscribeColleague,
  unsubscribe,
  unsubscribeByMail,
  unsubscribeColleague,
} from '../subscribe.ts'
import type { Wish } from '../subscribe.ts'
import type { Unsubscribed, Unsubscribing } from '../unsubscribing.ts'
import { addWebhook, changeWebhook, ownWebhooks, removeWebhook, testWebhook, webhookNews } from '../webhooks.ts'
import type { Telling } from '../webhooks.ts'
import { servicesIn } from './services-fields.tsx'
import { SubscriptionsPage } from './subscriptions-page.tsx'
import { UnsubscribePage } from './unsubscribe-page.tsx'
import { MadeWebhookPage, WebhookPage, Webhooks, WebhooksPage } from './webhooks-page.tsx'

const SUBSCRIPTIONS = '/health/subscriptions'
const WEBHOOKS = '/health/webhooks'
const URL_LIMIT = 2000
const EMAIL_LIMIT = 254

/** Who is told of service health and how, chosen by himself and by who gives rights; ended from a mail by anybody who has it. */
export function noticePages({
  unsubscribing,
  outside,
  bulletin,
}: {
  readonly unsubscribing: Unsubscribing
  readonly outside: Pick<Outside, 'refusalOf'>
  readonly bulletin: Bulletin
}): Hono<Env> {
  return new Hono<Env>()
    .get(SUBSCRIPTIONS, (context) => showSubscriptions(context, EMPTY))
    .post(SUBSCRIPTIONS, save)
    .post(`${SUBSCRIPTIONS}/colleagues`, changeColleague)
    .get(WEBHOOKS, (context) => showWebhooks(context, EMPTY))
    .post(WEBHOOKS, (context) => add(context, outside))
    .get(`${WEBHOOKS}/changes`, (context) =>
      follow(context, bulletin, webhookNews(memberVisit(context).actor.organizationId)),
    )
    .post(`${WEBHOOKS}/remove`, (context) => actingOn(context, removeWebhook, 'removed'))
    .post(`${WEBHOOKS}/test`, (context) => actingOn(context, testWebhook, 'tested'))
    .get(`${WEBHOOKS}/:webhook`, (context) => showWebhook(context, EMPTY))
    .post(`${WEBHOOKS}/:webhook`, change)
    .get('/health/unsubscribe/:word', (context) => {
      endedBy(context, unsubscribing)
      return context.html(<UnsubscribePage visit={context.get('visit')} done={false} />)
    })
    .post('/health/unsubscribe/:word', async (context) => {
      const visit = context.get('visit')
      const ended = endedBy(context, unsubscribing)
      await visit.database.work({ kind: 'job', operatorIds: [visit.operatorId] }, (work) =>
        unsubscribeByMail(work, ended),
      )
      // Answered here: programs that click for their readers follow no redirect.
      return context.html(<UnsubscribePage visit={visit} done />)
    })
}

function endedBy(context: Context<Env>, { read: readWord }: Unsubscribing): Unsubscribed {
  const ended = readWord(context.req.param('word') ?? '')
  if (!ended) throw new Refused('not-found')
  return ended
}

type MemberVisit = Visit & { readonly actor: Member }

function memberVisit(context: Context<Env>): MemberVisit {
  const visit = context.get('visit')
  if (visit.actor.kind === 'visitor') throw new Refused('not-signed-in')
  if (!isMember(visit.actor)) throw new Refused('not-an-administrator')
  return { ...visit, actor: visit.actor }
}

async function showSubscriptions(context: Context<Env>, form: Filled, status: 200 | 422 = 200): Promise<Response> {
  const visit = memberVisit(context)
  const { after = '', said } = context.req.query()
  const found = await visit.database.work(visit.actor, (work) => ownSubscription(work, isId(after) ? after : undefined))
  return context.html(<SubscriptionsPage visit={visit} form={form} said={said} {...found} />, status)
}

const wishSchema = z.object({
  which: z.enum(['own', 'chosen']),
  pace: z.enum(['at-once', 'daily']),
  hour: z.coerce.number<string>().int().min(0).max(23).default(8),
})

async function save(context: Context<Env>): Promise<Response> {
  const { values } = await readForm(context)
  if (values['act'] === 'stop') return acting(context, values, unsubscribe, 'stopped')
  return acting(context, values, (work) => subscribe(work, wishIn(values)), 'saved')
}

function wishIn(values: Readonly<Record<string, string>>): Wish {
  const { which, pace, hour } = read(wishSchema, values)
  return { services: servicesIn(values, which), digestMinute: pace === 'daily' ? hour * 60 : null }
}

async function changeColleague(context: Context<Env>): Promise<Response> {
  const { values } = await readForm(context)
  const { person = '' } = values
  if (isId(person)) return acting(context, values, (work) => unsubscribeColleague(work, person), 'removed')
  return acting(
    context,
    values,
    (work) => subscribeColleague(work, read(z.object({ email: text(EMAIL_LIMIT) }), values).email),
    'added',
  )
}

async function acting(
  context: Context<Env>,
  values: Readonly<Record<string, string>>,
  act: (work: Work<Member>) => Promise<void>,
  said: string,
): Promise<Response> {
  const visit = memberVisit(context)
  try {
    await visit.database.work(visit.actor, act)
    return context.redirect(visit.link(`${SUBSCRIPTIONS}?said=${said}`), 303)
  } catch (error) {
    if (!(error instanceof Refused) || Object.keys(error.fields).length === 0) throw error
    return showSubscriptions(context, { values, problems: error.fields }, 422)
  }
}

async function showWebhooks(context: Context<Env>, form: Filled, status: 200 | 422 = 200): Promise<Response> {
  const visit = memberVisit(context)
  const { part, said } = context.req.query()
  const found = await visit.database.work(visit.actor, ownWebhooks)
  if (part === 'list') return context.html(<Webhooks visit={visit} {...found} />)
  return context.html(<WebhooksPage visit={visit} form={form} said={said} {...found} />, status)
}

const tellingSchema = z.object({
  which: z.enum(['own', 'chosen']).default('own'),
  language: z.enum(LOCALES).optional(),
})

function tellingIn(values: Filled['values'], visit: Visit): Telling {
  const { which, language = visit.locale } = read(tellingSchema, values)
  return { services: servicesIn(values, which), language }
}

async function add(context: Context<Env>, outside: Pick<Outside, 'refusalOf'>): Promise<Response> {
  const visit = memberVisit(context)
  const { values } = await readForm(context)
  try {
    const { url } = read(z.object({ url: text(URL_LIMIT) }), values)
    const telling = tellingIn(values, visit)
    const made = await visit.database.work(visit.actor, (work) => addWebhook(work, { url, ...telling }, outside))
    return context.html(<MadeWebhookPage visit={visit} url={url} {...made} />)
  } catch (error) {
    if (!(error instanceof Refused) || Object.keys(error.fields).length === 0) throw error
    return showWebhooks(context, { values, problems: error.fields }, 422)
  }
}

async function showWebhook(context: Context<Env>, form: Filled, status: 200 | 422 = 200): Promise<Response> {
  const visit = memberVisit(context)
  const { webhooks, ...found } = await visit.database.work(visit.actor, ownWebhooks)
  const webhook = webhooks.find(({ webhookId }) => webhookId === context.req.param('webhook'))
  if (!webhook) throw new Refused('not-found')
  return context.html(<WebhookPage visit={visit} form={form} webhook={webhook} {...found} />, status)
}

async function change(context: Context<Env>): Promise<Response> {
  const visit = memberVisit(context)
  const webhookId = context.req.param('webhook') ?? ''
  const { values } = await readForm(context)
  try {
    const telling = tellingIn(values, visit)
    await visit.database.work(visit.actor, (work) => changeWebhook(work, webhookId, telling))
    return context.redirect(visit.link(`${WEBHOOKS}?said=changed`), 303)
  } catch (error) {
    if (!(error instanceof Refused) || Object.keys(error.fields).length === 0) throw error
    return showWebhook(context, { values, problems: error.fields }, 422)
  }
}

async function actingOn(
  context: Context<Env>,
  act: (work: Work<Member>, webhookId: string) => Promise<void>,
  said: 'removed' | 'tested',
): Promise<Response> {
  const visit = memberVisit(context)
  const { webhook = '' } = (await readForm(context)).values
  await visit.database.work(visit.actor, (work) => act(work, webhook))
  return context.redirect(visit.link(`${WEBHOOKS}?said=${said}`), 303)
}
