import { idFor, isId, newId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Locale } from '../../base/locale.ts'
import type { Job, Member } from '../../database/actor.ts'
import type { Database, Work } from '../../database/work.ts'
import type { Outside, Sent } from '../../jobs/post-outside.ts'
import { newWebhookSecret, webhookHeaders } from '../../jobs/webhook-signature.ts'
import { charterInForce } from '../entitlements/index.ts'
import { serviceName } from '../service-health/index.ts'
import { isTold } from './rules/audience.ts'
import { afterTry } from './rules/tries.ts'
import type { Tried } from './rules/tries.ts'
import { webhookBody } from './rules/webhook-body.ts'
import {
  deleteDeliveriesBefore,
  deleteWebhook,
  deliveriesOf,
  hearingWebhooks,
  insertDeliveries,
  insertWebhook,
  later,
  noteTry,
  waitingDelivery,
  webhooksOf,
} from './store.ts'
import type { Delivery, DeliveryKey, Place, Webhook } from './store.ts'
import { requireManager } from './subscribe.ts'
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

/** The addresses of the member's organization. Refused with `not-a-manager`. */
export async function ownWebhooks(work: Work<Member>): Promise<readonly OwnWebhook[]> {
  await requireManager(work)
  const { organizationId } = work.actor
  const webhooks = await webhooksOf(work, organizationId)
  return Promise.all(
    webhooks.map(async (one) => ({
      ...one,
      deliveries: await deliveriesOf(work, organizationId, { webhookId: one.webhookId, limit: DELIVERIES }),
    })),
  )
}

/**
 * Adds an address that is told of the services the organization has. Answers the secret its messages are signed with, told here and
 * never again. Refused with `not-a-manager`, `too-many-webhooks`, and a problem of the field `url` for what is no https address of the
 * outside world.
 */
export async function addWebhook(
  work: Work<Member>,
  { url, language }: { readonly url: string; readonly language: Locale },
  outside: Pick<Outside, 'refusalOf'>,
): Promise<{ readonly webhookId: string; readonly secret: string }> {
  await requireManager(work)
  if (outside.refusalOf(url)) throw new Refused('invalid-input', { url: { code: 'not-an-outside-address' } })
  if ((await webhooksOf(work, work.actor.organizationId)).length >= MOST) throw new Refused('too-many-webhooks')
  const made = { webhookId: newId(), secret: newWebhookSecret() }
  await insertWebhook(work, { ...made, url, language, services: null })
  return made
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
  const { url, secret, body, tries, writtenAt, nextAt: before } = found.delivery
  const signed = webhookHeaders({ id: of.deliveryId, at: found.now, body }, [secret])
  const sent = await outside.post(url, { headers: { 'content-type': JSON_TYPE, ...signed }, body })
  await database.work(job, async (work) => {
    const waited = work.now.since(writtenAt).total('seconds')
    const next = afterTry(triedOf(sent), { tries, waited })
    const again = next.kind === 'again' ? next : undefined
    const startAfter = again && work.now.add({ milliseconds: Math.ceil(again.seconds * 1000) })
    const isOurs = await noteTry(work, of, {
      before,
      state: next.kind === 'again' ? 'waiting' : next.kind,
      tries: again?.tries ?? tries + 1,
      outcome: outcomeOf(sent),
      nextAt: startAfter ?? null,
    })
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
