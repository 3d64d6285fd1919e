import { idFor, isId, newId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Locale } from '../../base/locale.ts'
import type { Job, Member } from '../../database/actor.ts'
import { announce } from '../../database/work.ts'
import type { Database, Work } from '../../database/work.ts'
import type { Outside, Sent } from '../../jobs/post-outside.ts'
import { newWebhookSecret, webhookHeaders } from '../../jobs/webhook-signature.ts'
import { charterInForce } from '../entitlements/index.ts'
import type { Charter } from '../entitlements/index.ts'
import { serviceName } from '../service-health/index.ts'
import { words } from './messages/words.ts'
import { isTold } from './rules/audience.ts'
import { afterTest, afterTry } from './rules/tries.ts'
import type { Tried } from './rules/tries.ts'
import { webhookBody } from './rules/webhook-body.ts'
import type { WebhookTestBody } from './rules/webhook-body.ts'
import {
  deleteDeliveriesBefore,
  deleteWebhook,
  deliveriesOf,
  hearingWebhooks,
  insertDeliveries,
  insertWebhook,
  later,
  noteTry,
  updateWebhook,
  waitingDelivery,
  webhookOf,
  webhooksOf,
} from './store.ts'
import type { Delivery, DeliveryKey, Place, Webhook } from './store.ts'
import { offeredServices, requireManager, requireServices } from './subscribe.ts'
import type { OfferedService } from './subscribe.ts'
import { newsOf, nextChunk, subjectOf } from './tell.ts'
import type { Notice } from './tell.ts'

/** Addresses an organization may have at one time. */
const MOST = 10
const DELIVERIES = 10
const CHUNK = 100
const KEPT = { hours: 30 * 24 }
const JSON_TYPE = 'application/json; charset=utf-8'

/** An address with its last messages, the newest first. */
export type OwnWebhook = Webhook & { readonly deliveries: readonly Delivery[] }

/** The addresses of the member's organization, and what each may be told. Refused with `not-a-manager`. */
export async function ownWebhooks(work: Work<Member>): Promise<{
  readonly webhooks: readonly OwnWebhook[]
  readonly services: readonly OfferedService[]
  readonly languages: readonly Locale[]
}> {
  const { charter } = await requireManager(work)
  const { organizationId } = work.actor
  const webhooks = await webhooksOf(work, organizationId)
  return {
    services: await offeredServices(work, charter),
    languages: charter.languages,
    webhooks: await Promise.all(
      webhooks.map(async (one) => ({
        ...one,
        deliveries: await deliveriesOf(work, organizationId, { webhookId: one.webhookId, limit: DELIVERIES }),
      })),
    ),
  }
}

/** What an address is told, and in which language its texts are; null: of the services the organization has. */
export type Telling = Pick<Webhook, 'services' | 'language'>

/**
 * Adds an address that is told of service health. Answers the secret its messages are signed with, told here and never again. Refused
 * with `not-a-manager`, `too-many-webhooks`, as `requireServices` says, and with a problem of the field `url` for what is no https
 * address of the outside world.
 */
export async function addWebhook(
  work: Work<Member>,
  { url, ...telling }: Telling & { readonly url: string },
  outside: Pick<Outside, 'refusalOf'>,
): Promise<{ readonly webhookId: string; readonly secret: string }> {
  const { charter } = await requireManager(work)
  requireTelling(telling, charter)
  if (outside.refusalOf(url)) throw new Refused('invalid-input', { url: { code: 'not-an-outside-address' } })
  if ((await webhooksOf(work, work.actor.organizationId)).length >= MOST) throw new Refused('too-many-webhooks')
  const made = { webhookId: newId(), secret: newWebhookSecret() }
  await insertWebhook(work, { ...made, ...telling, url })
  return made
}

/** Changes what an address is told; its secret stays. Refused with `not-a-manager`, `not-found`, and as `requireServices` says. */
export async function changeWebhook(work: Work<Member>, webhookId: string, telling: Telling): Promise<void> {
  const { charter } = await requireManager(work)
  requireTelling(telling, charter)
  if (!isId(webhookId) || !(await updateWebhook(work, work.actor.organizationId, { webhookId, ...telling })))
    throw new Refused('not-found')
}

function requireTelling({ services, language }: Telling, charter: Charter): void {
  requireServices(services, charter)
  if (!charter.languages.includes(language)) throw new Refused('invalid-input', { language: { code: 'not-an-option' } })
}

/** Whoever presses twice gets one test. */
const TEST_SECONDS = 10

/**
 * Sends an address a message that says that nothing has happened, signed as all others; it is tried once, and what came of it is in the
 * list of messages. Refused with `not-a-manager` and `not-found`.
 */
export async function testWebhook(work: Work<Member>, webhookId: string): Promise<void> {
  await requireManager(work)
  const { organizationId, operatorId } = work.actor
  const webhook = isId(webhookId) ? await webhookOf(work, organizationId, webhookId) : undefined
  if (!webhook) throw new Refused('not-found')
  const deliveryId = idFor('test', webhookId, String(Math.floor(work.now.epochMilliseconds / 1000 / TEST_SECONDS)))
  const body: WebhookTestBody = {
    type: 'webhook.test',
    timestamp: work.now.toString(),
    data: { text: words(webhook.language)('hooks.testText') },
  }
  const delivery = { organizationId, webhookId, deliveryId, incidentId: null, body: JSON.stringify(body) }
  insertDeliveries(work, operatorId, [delivery], [jobOf(operatorId, delivery)])
}

/** What open pages of an organization's addresses follow on the bulletin. */
export function webhookNews(organizationId: string): string {
  return `webhooks ${organizationId}`
}

/** Nothing is sent there any more. Refused with `not-a-manager` and `not-found`. */
export async function removeWebhook(work: Work<Member>, webhookId: string): Promise<void> {
  await requireManager(work)
  if (!isId(webhookId) || !(await deleteWebhook(work, work.actor.organizationId, webhookId)))
    throw new Refused('not-found')
}

/** Writes the messages of a notice to the addresses that listen, in chunks as mails are; twice is once. */
export async function tellWebhooks(work: Work<Job>, notice: Notice, after: Place | undefined): Promise<void> {
  const news = await newsOf(work, notice)
  if (!news) return
  const { operatorId, incidentId } = notice
  const { charter } = await charterInForce(work, operatorId)
  const { service, organizations } = news.incident
  const hearing = await hearingWebhooks(work, operatorId, { service, organizations, after, limit: CHUNK })
  const told = hearing.filter((one) => isTold(news.incident, { ...one, follows: false }, charter.services))
  const deliveries = told.map(({ organizationId, webhookId, language: locale }) => ({
    organizationId,
    webhookId,
    incidentId,
    deliveryId: idFor('notice', subjectOf(notice), webhookId),
    body: JSON.stringify(
      webhookBody(
        { ...news, serviceName: serviceName(charter.services, service, locale) },
        { post: news.post, sequence: 'sequence' in notice ? notice.sequence : undefined, at: work.now, locale },
      ),
    ),
  }))
  const jobs = deliveries.map((one) => jobOf(operatorId, one))
  if (deliveries.length > 0) insertDeliveries(work, operatorId, deliveries, jobs)
  const last = hearing.at(-1)
  if (last && hearing.length === CHUNK)
    later(work, [nextChunk('tellWebhooks', notice, { ...last, id: last.webhookId })])
}

function jobOf(operatorId: string, { organizationId, webhookId, deliveryId }: DeliveryKey) {
  const data = { reaction: 'postWebhook', operatorId, organizationId, webhookId, deliveryId }
  return { queue: 'outside', data } as const
}

/**
 * Tries a message once. What does not go well is tried again with growing pauses for about a day, by a job written with the outcome;
 * what never will is given up. Between the other side's yes and our note a crash costs one copy, with the same `webhook-id`.
 */
export async function postWebhook(
  database: Database,
  { operatorId, ...of }: DeliveryKey & { readonly operatorId: string },
  outside: Pick<Outside, 'post'>,
): Promise<void> {
  const job = { kind: 'job', operatorIds: [operatorId] } as const
  const found = await database.work(job, async (work) => {
    const delivery = await waitingDelivery(work, of)
    return delivery && { delivery, now: work.now }
  })
  if (!found) return
  const { url, secret, body, incidentId, tries, writtenAt, nextAt: before } = found.delivery
  const signed = webhookHeaders({ id: of.deliveryId, at: found.now, body }, [secret])
  const sent = await outside.post(url, { headers: { 'content-type': JSON_TYPE, ...signed }, body })
  await database.work(job, async (work) => {
    const waited = work.now.since(writtenAt).total('seconds')
    const next = incidentId === null ? afterTest(triedOf(sent)) : afterTry(triedOf(sent), { tries, waited })
    const again = next.kind === 'again' ? next : undefined
    const startAfter = again && work.now.add({ milliseconds: Math.ceil(again.seconds * 1000) })
    const isOurs = await noteTry(work, of, {
      before,
      state: next.kind === 'again' ? 'waiting' : next.kind,
      tries: again?.tries ?? tries + 1,
      outcome: outcomeOf(sent),
      nextAt: startAfter ?? null,
    })
    announce(work, webhookNews(of.organizationId))
    if (isOurs && startAfter) later(work, [{ ...jobOf(operatorId, of), startAfter }])
  })
}

function triedOf(sent: Sent): Tried {
  if (sent.kind === 'answered') return { kind: 'answered', status: sent.status, asked: sent.retryAfterSeconds }
  if (sent.kind === 'failed' && sent.why === 'resting') return { kind: 'resting', seconds: sent.retryAfterSeconds }
  return { kind: sent.kind }
}

function outcomeOf(sent: Sent): string {
  return sent.kind === 'answered' ? String(sent.status) : sent.why
}

/** Forgets messages of more than a month ago; answers whether there may be more. */
export async function forgetDeliveries(work: Work<Job>, most: number): Promise<boolean> {
  return (
    (await deleteDeliveriesBefore(work, work.actor.operatorIds, { before: work.now.subtract(KEPT), most })) === most
  )
}
