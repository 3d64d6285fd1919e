import { sql } from 'kysely'
import type { Locale } from '../../base/locale.ts'
import type { Job, Member } from '../../database/actor.ts'
import { ofOperator, ofOperators, ofOrganization } from '../../database/wall.ts'
import { leaveToCommit } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { insertJobs } from '../../jobs/enqueue.ts'
import type { NewJob } from '../../jobs/enqueue.ts'

/** The tables this room writes. */
export const TABLES = ['health_subscription', 'health_webhook', 'health_delivery'] as const

/** Jobs that follow, left to the commit. */
export function later(work: Work, jobs: readonly NewJob[]): void {
  if (jobs.length > 0) leaveToCommit(work, insertJobs(work, jobs))
}

// ---- Who is told by mail

/** How a person is told of service health. */
export type Subscription = {
  readonly personId: string
  /** Chosen ones; null: those the organization has. */
  readonly services: readonly string[] | null
  /** Of a daily digest: minutes after local midnight; null: at once. */
  readonly digestMinute: number | null
}

const SUBSCRIPTION = sql`health_subscription.person_id as "personId", health_subscription.services,
  health_subscription.digest_minute as "digestMinute"`

type Person = { readonly organizationId: string; readonly personId: string }

export async function subscriptionOf(
  work: Work,
  { organizationId, personId }: Person,
): Promise<Subscription | undefined> {
  const { rows } = await sql<Subscription>`select ${SUBSCRIPTION} from health_subscription
    where ${ofOrganization(organizationId)} and person_id = ${personId}`.execute(work.tx)
  return rows[0]
}

export type NamedSubscription = Subscription & { readonly name: string; readonly email: string }

/** Who in an organization is told, in pages by person. */
export async function subscribersOf(
  work: Work,
  organizationId: string,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<readonly NamedSubscription[]> {
  const { rows } = await sql<NamedSubscription>`select ${SUBSCRIPTION}, person.name, person.email
    from health_subscription join person on person.organization_id = health_subscription.organization_id
      and person.person_id = health_subscription.person_id
    where ${ofOrganization(organizationId, 'health_subscription.organization_id')}
      and (${after ?? null}::uuid is null or health_subscription.person_id > ${after ?? null})
    order by health_subscription.person_id limit ${limit}`.execute(work.tx)
  return rows
}

/** A person of the organization, by his address whatever its case. */
export async function colleagueBy(
  work: Work<Member>,
  email: string,
): Promise<{ readonly personId: string; readonly zone: string } | undefined> {
  const { rows } = await sql<{ personId: string; zone: string }>`select person_id as "personId", zone from person
    where ${ofOrganization(work.actor.organizationId)} and lower(email) = lower(${email}) limit 1`.execute(work.tx)
  return rows[0]
}

export type NewSubscription = Person &
  Omit<Subscription, 'personId'> & {
    readonly operatorId: string
    readonly digestDueAt: Temporal.Instant | null
  }

/** Subscribes a person, or changes how he is told. What a digest owes since the last one stays owed. */
export async function putSubscription(work: Work, one: NewSubscription): Promise<void> {
  const since = one.digestMinute === null ? null : work.now
  await sql`insert into health_subscription (organization_id, operator_id, person_id, services, digest_minute, digest_due_at, digest_since,
      subscribed_at)
    values (${one.organizationId}, ${one.operatorId}, ${one.personId}, ${one.services}::text[], ${one.digestMinute}, ${one.digestDueAt},
      ${since}, ${work.now})
    on conflict (organization_id, person_id) do update set services = excluded.services, digest_minute = excluded.digest_minute,
      digest_due_at = excluded.digest_due_at,
      digest_since = case when excluded.digest_minute is null then null
        else coalesce(health_subscription.digest_since, excluded.digest_since) end`.execute(work.tx)
}

/** Subscribes a colleague with what applies to everybody; nothing where he has chosen already. */
export async function addSubscription(work: Work, one: Person & { readonly operatorId: string }): Promise<void> {
  await sql`insert into health_subscription (organization_id, operator_id, person_id, subscribed_at)
    values (${one.organizationId}, ${one.operatorId}, ${one.personId}, ${work.now}) on conflict do nothing`.execute(
    work.tx,
  )
}

export async function deleteSubscription(work: Work, { organizationId, personId }: Person): Promise<void> {
  await sql`delete from health_subscription
    where ${ofOrganization(organizationId)} and person_id = ${personId}`.execute(work.tx)
}

/** A person as one of many who may be told. */
export type Hearer = Person & {
  readonly operatorId: string
  readonly email: string
  readonly language: string
  readonly zone: string
  readonly country: string
  readonly subscriptions: readonly string[]
  readonly services: readonly string[] | null
}

const HEARER = sql`person.organization_id as "organizationId", person.person_id as "personId", person.operator_id as "operatorId",
  person.email, person.language, person.zone, organization.country,
  array(select subscription.name from subscription where subscription.organization_id = person.organization_id limit 100) as subscriptions`

/** From when until when a person may do anything: nobody else is written to. */
const isThere = (work: Work) =>
  sql`coalesce(person.active_from <= ${work.now} and person.active_until > ${work.now}, false)`

/** Where a page of many begins: after this person or webhook of this organization. */
export type Place = { readonly organizationId: string; readonly id: string }

/**
 * Whoever listens to a service at once or follows an incident, each once, in pages by organization and person: as many as `limit` as
 * long as there are more.
 */
export async function hearersOf(
  work: Work,
  operatorId: string,
  of: {
    readonly incidentId: string
    readonly service: string
    /** Nobody else; null: everybody. */
    readonly organizations: readonly string[] | null
    readonly after: Place | undefined
    readonly limit: number
  },
): Promise<readonly (Hearer & { readonly follows: boolean; readonly isThere: boolean })[]> {
  const { incidentId, service, organizations, after, limit } = of
  const further = after
    ? sql`(organization_id, person_id) > (${after.organizationId}::uuid, ${after.id}::uuid)`
    : sql`true`
  const concerned = organizations ? sql`organization_id = any(${organizations}::uuid[])` : sql`true`
  const { rows } = await sql<Hearer & { follows: boolean; isThere: boolean }>`
    select ${HEARER}, hearer.services, hearer.follows, ${isThere(work)} as "isThere"
    from (select organization_id, person_id, bool_or(follows) as follows, max(services) as services from (
        (select organization_id, person_id, false as follows, services from health_subscription
          where ${ofOperator(operatorId)} and digest_minute is null and (services is null or ${service} = any(services))
            and ${concerned} and ${further}
          order by organization_id, person_id limit ${limit})
        union all
        (select organization_id, person_id, true, null from incident_follower
          where ${ofOperator(operatorId)} and incident_id = ${incidentId} and ${concerned} and ${further}
          order by organization_id, person_id limit ${limit})
      ) either group by organization_id, person_id order by organization_id, person_id limit ${limit}) hearer
    join person on person.organization_id = hearer.organization_id and person.person_id = hearer.person_id
    join organization on organization.organization_id = hearer.organization_id
    order by hearer.organization_id, hearer.person_id`.execute(work.tx)
  return rows
}

export type DueDigest = Hearer & {
  readonly digestMinute: number
  readonly dueAt: Temporal.Instant
  readonly since: Temporal.Instant
  readonly isThere: boolean
}

/** The digests that are due, the longest first, locked until the commit and passed over by others. */
export async function dueDigests(
  work: Work,
  operatorIds: readonly string[],
  limit: number,
): Promise<readonly DueDigest[]> {
  const { rows } = await sql<DueDigest>`select ${HEARER}, due.services, due.digest_minute as "digestMinute",
      due.digest_due_at as "dueAt", due.digest_since as since, ${isThere(work)} as "isThere"
    from (select * from health_subscription where ${ofOperators(operatorIds)} and digest_due_at <= ${work.now}
      order by digest_due_at limit ${limit} for update skip locked) due
    join person on person.organization_id = due.organization_id and person.person_id = due.person_id
    join organization on organization.organization_id = due.organization_id`.execute(work.tx)
  return rows
}

/** A digest was written, or there was nothing to tell: the next one is due then, and tells what came since. */
export function moveDigest(
  work: Work,
  of: Person,
  { dueAt, since }: { readonly dueAt: Temporal.Instant; readonly since: Temporal.Instant },
): void {
  leaveToCommit(
    work,
    sql`update health_subscription set digest_due_at = ${dueAt}, digest_since = ${since}
      where ${ofOrganization(of.organizationId)} and person_id = ${of.personId}`,
  )
}

// ---- Who is told by webhook

export type Webhook = {
  readonly webhookId: string
  readonly url: string
  readonly services: readonly string[] | null
  readonly language: Locale
  readonly madeAt: Temporal.Instant
}

const WEBHOOK = sql`health_webhook.webhook_id as "webhookId", health_webhook.url, health_webhook.services, health_webhook.language,
  health_webhook.made_at as "madeAt"`

export async function webhooksOf(work: Work, organizationId: string): Promise<readonly Webhook[]> {
  const { rows } = await sql<Webhook>`select ${WEBHOOK} from health_webhook
    where ${ofOrganization(organizationId)} order by webhook_id limit 50`.execute(work.tx)
  return rows
}

export async function insertWebhook(
  work: Work<Member>,
  one: Omit<Webhook, 'madeAt'> & { readonly secret: string },
): Promise<void> {
  const { organizationId, operatorId, personId } = work.actor
  await sql`insert into health_webhook (organization_id, operator_id, webhook_id, url, secret, services, language, made_by, made_at)
    values (${organizationId}, ${operatorId}, ${one.webhookId}, ${one.url}, ${one.secret}, ${one.services}::text[], ${one.language},
      ${personId}, ${work.now})`.execute(work.tx)
}

export async function webhookOf(work: Work, organizationId: string, webhookId: string): Promise<Webhook | undefined> {
  const { rows } = await sql<Webhook>`select ${WEBHOOK} from health_webhook
    where ${ofOrganization(organizationId)} and webhook_id = ${webhookId}`.execute(work.tx)
  return rows[0]
}

/** Changes what an address is told, and in which language; answers whether it is there. */
export async function updateWebhook(
  work: Work,
  organizationId: string,
  { webhookId, services, language }: Pick<Webhook, 'webhookId' | 'services' | 'language'>,
): Promise<boolean> {
  const { numAffectedRows = 0n } =
    await sql`update health_webhook set services = ${services}::text[], language = ${language}
    where ${ofOrganization(organizationId)} and webhook_id = ${webhookId}`.execute(work.tx)
  return numAffectedRows > 0n
}

export async function deleteWebhook(work: Work, organizationId: string, webhookId: string): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`delete from health_webhook
    where ${ofOrganization(organizationId)} and webhook_id = ${webhookId}`.execute(work.tx)
  return numAffectedRows > 0n
}

export type Delivery = {
  readonly webhookId: string
  readonly deliveryId: string
  /** What it is about; null: a test. */
  readonly incidentId: string | null
  readonly writtenAt: Temporal.Instant
  readonly state: 'waiting' | 'delivered' | 'given-up'
  readonly tries: number
  /** A status, or why there was none; null before the first try. */
  readonly outcome: string | null
  readonly triedAt: Temporal.Instant | null
  readonly nextAt: Temporal.Instant | null
}

const DELIVERY = sql`health_delivery.webhook_id as "webhookId", health_delivery.delivery_id as "deliveryId",
  health_delivery.incident_id as "incidentId", health_delivery.written_at as "writtenAt", health_delivery.state, health_delivery.tries,
  health_delivery.outcome, health_delivery.tried_at as "triedAt", health_delivery.next_at as "nextAt"`

/** The last messages to an address, the newest first. */
export async function deliveriesOf(
  work: Work,
  organizationId: string,
  { webhookId, limit }: { readonly webhookId: string; readonly limit: number },
): Promise<readonly Delivery[]> {
  const { rows } = await sql<Delivery>`select ${DELIVERY} from health_delivery
    where ${ofOrganization(organizationId)} and webhook_id = ${webhookId}
    order by written_at desc, delivery_id desc limit ${limit}`.execute(work.tx)
  return rows
}

export type HearingWebhook = Webhook & {
  readonly organizationId: string
  readonly country: string
  readonly subscriptions: readonly string[]
}

/** Webhooks that listen to a service, in pages by organization and webhook. */
export async function hearingWebhooks(
  work: Work,
  operatorId: string,
  of: {
    readonly service: string
    readonly organizations: readonly string[] | null
    readonly after: Place | undefined
    readonly limit: number
  },
): Promise<readonly HearingWebhook[]> {
  const { service, organizations, after, limit } = of
  const further = after
    ? sql`(organization_id, webhook_id) > (${after.organizationId}::uuid, ${after.id}::uuid)`
    : sql`true`
  const concerned = organizations ? sql`organization_id = any(${organizations}::uuid[])` : sql`true`
  const { rows } = await sql<HearingWebhook>`
    select ${WEBHOOK}, organization.organization_id as "organizationId", organization.country,
      array(select subscription.name from subscription where subscription.organization_id = organization.organization_id limit 100) as subscriptions
    from (select * from health_webhook where ${ofOperator(operatorId)} and (services is null or ${service} = any(services))
        and ${concerned} and ${further}
      order by organization_id, webhook_id limit ${limit}) health_webhook
    join organization on organization.organization_id = health_webhook.organization_id
    order by health_webhook.organization_id, health_webhook.webhook_id`.execute(work.tx)
  return rows
}

export type NewDelivery = Pick<Delivery, 'webhookId' | 'deliveryId' | 'incidentId'> & {
  readonly organizationId: string
  readonly body: string
}

/** Writes messages and a job for each, with the commit; nothing for one that is there already. */
export function insertDeliveries(
  work: Work,
  operatorId: string,
  deliveries: readonly NewDelivery[],
  jobs: readonly NewJob[],
): void {
  leaveToCommit(
    work,
    sql`with written as (
      insert into health_delivery (organization_id, operator_id, webhook_id, delivery_id, incident_id, body, written_at, state, tries, next_at)
      select "organizationId", ${operatorId}::uuid, "webhookId", "deliveryId", "incidentId", body, ${work.now}::timestamptz, 'waiting', 0,
        ${work.now}::timestamptz
      from json_to_recordset(${JSON.stringify(deliveries)}::json)
        as one ("organizationId" uuid, "webhookId" uuid, "deliveryId" uuid, "incidentId" uuid, body text)
      on conflict do nothing returning delivery_id)
    ${insertJobs(work, jobs)} where (job.data ->> 'deliveryId')::uuid in (select delivery_id from written)`,
  )
}

export type DeliveryKey = {
  readonly organizationId: string
  readonly webhookId: string
  readonly deliveryId: string
}

export type WaitingDelivery = Delivery & { readonly url: string; readonly secret: string; readonly body: string }

/** A message that waits to be delivered, with all it needs; undefined for one that does not, or whose address is gone. */
export async function waitingDelivery(work: Work, of: DeliveryKey): Promise<WaitingDelivery | undefined> {
  const { rows } =
    await sql<WaitingDelivery>`select ${DELIVERY}, health_webhook.url, health_webhook.secret, health_delivery.body
    from health_delivery join health_webhook on health_webhook.organization_id = health_delivery.organization_id
      and health_webhook.webhook_id = health_delivery.webhook_id
    where ${ofOrganization(of.organizationId, 'health_delivery.organization_id')} and health_delivery.webhook_id = ${of.webhookId}
      and delivery_id = ${of.deliveryId} and state = 'waiting'`.execute(work.tx)
  return rows[0]
}

/** What came of a try, if it was the one that was waited for. Answers whether it was: of two at once only one goes on. */
export async function noteTry(
  work: Work<Job>,
  of: DeliveryKey,
  {
    before,
    state,
    tries,
    outcome,
    nextAt,
  }: Pick<Delivery, 'state' | 'tries' | 'outcome' | 'nextAt'> & { readonly before: Temporal.Instant | null },
): Promise<boolean> {
  const { rows } =
    await sql`update health_delivery set state = ${state}, tries = ${tries}, outcome = ${outcome}, tried_at = ${work.now},
      next_at = ${nextAt}
    where ${ofOrganization(of.organizationId)} and webhook_id = ${of.webhookId} and delivery_id = ${of.deliveryId} and state = 'waiting'
      and next_at is not distinct from ${before} returning delivery_id`.execute(work.tx)
  return rows.length > 0
}

/** Forgets messages of long ago, at most so many; answers how many there were. */
export async function deleteDeliveriesBefore(
  work: Work,
  operatorIds: readonly string[],
  { before, most }: { readonly before: Temporal.Instant; readonly most: number },
): Promise<number> {
  const { numAffectedRows = 0n } =
    await sql`delete from health_delivery where (organization_id, webhook_id, delivery_id) in (
    select organization_id, webhook_id, delivery_id from health_delivery
    where ${ofOperators(operatorIds)} and written_at < ${before} order by written_at limit ${most})`.execute(work.tx)
  return Number(numAffectedRows)
}
