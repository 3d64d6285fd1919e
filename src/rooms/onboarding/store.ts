import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { ofOperator, ofOrganization } from '../../database/wall.ts'
import type { Work } from '../../database/work.ts'
import type { Mark } from './rules/marking.ts'
import type { Stage } from './rules/stages.ts'

/** The tables this room writes. */
export const TABLES = ['onboarding', 'onboarding_event'] as const

export type Of = { readonly organizationId: string; readonly operatorId: string }
export type Place = { readonly checklist: string; readonly step: string }

/** Somebody said something of a step. */
export type EventRow = Place & {
  readonly sequence: number
  readonly kind: Mark
  readonly word: string
  readonly actorKind: 'member' | 'partner' | 'agent'
  readonly actorName: string
  /** The partner for whom he acted; null for everybody else. */
  readonly partnerName: string | null
  readonly charterVersion: number
  readonly recordedAt: Temporal.Instant
}

/** A member's own organization, which the wall holds too; for an agent, the one he looks at. */
function about(work: Work, { organizationId, operatorId }: Of, table: string): RawBuilder<boolean> {
  const column = sql.ref(`${table}.organization_id`)
  return work.actor.kind === 'agent'
    ? sql<boolean>`${ofOperator(operatorId, `${table}.operator_id`)} and ${column} = ${organizationId}`
    : ofOrganization(organizationId, `${table}.organization_id`)
}

const EVENT = sql`event.checklist, event.step, event.sequence, event.kind, event.word, event.actor_kind as "actorKind",
  coalesce(person.name, agent.name, '') as "actorName", person.partner_name as "partnerName",
  event.charter_version as "charterVersion", event.recorded_at as "recordedAt"`
const ACTORS = sql`left join person on person.organization_id = event.organization_id and person.person_id = event.actor_id
  left join agent on agent.operator_id = event.operator_id and agent.agent_id = event.actor_id`

/** What was last said of each of these steps; nothing of steps nobody has touched. */
export async function marksOf(work: Work, of: Of, places: readonly Place[]): Promise<readonly EventRow[]> {
  return lastOf(work, of, places, { which: sql`onboarding_event.kind <> 'noted'`, each: 1 })
}

/** The last notes on each of these steps, the newest first. */
export async function notesOf(
  work: Work,
  of: Of,
  places: readonly Place[],
  each: number,
): Promise<readonly EventRow[]> {
  return lastOf(work, of, places, { which: sql`onboarding_event.kind = 'noted'`, each })
}

async function lastOf(
  work: Work,
  of: Of,
  places: readonly Place[],
  { which, each }: { readonly which: RawBuilder<unknown>; readonly each: number },
): Promise<readonly EventRow[]> {
  const checklists = places.map(({ checklist }) => checklist)
  const steps = places.map(({ step }) => step)
  const { rows } = await sql<EventRow>`select ${EVENT}
    from unnest(${checklists}::text[], ${steps}::text[]) as place (checklist, step)
    cross join lateral (select * from onboarding_event where ${about(work, of, 'onboarding_event')}
      and onboarding_event.checklist = place.checklist and onboarding_event.step = place.step and ${which}
      order by onboarding_event.sequence desc limit ${each}) event
    ${ACTORS} order by event.checklist, event.step, event.sequence desc`.execute(work.tx)
  return rows
}

/** All that happened to a checklist, the newest first, in pages by sequence. */
export async function historyOf(
  work: Work,
  of: Of,
  {
    checklist,
    before,
    limit,
  }: { readonly checklist: string; readonly before?: number | undefined; readonly limit: number },
): Promise<readonly EventRow[]> {
  const further = before === undefined ? sql`true` : sql`event.sequence < ${before}`
  const { rows } = await sql<EventRow>`select ${EVENT} from onboarding_event event ${ACTORS}
    where ${about(work, of, 'event')} and event.checklist = ${checklist} and ${further}
    order by event.sequence desc limit ${limit}`.execute(work.tx)
  return rows
}

/** Whoever says something of an organization's checklists waits here for others who do. */
export async function oneAtATime(work: Work, { organizationId }: Of): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`onboarding of ${organizationId}`}, 0))`.execute(work.tx)
}

/** Whether this was said before, and the last number a checklist has given. */
export async function lastSaid(
  work: Work,
  of: Of,
  { checklist, eventId }: { readonly checklist: string; readonly eventId: string },
): Promise<{ readonly known: boolean; readonly sequence: number }> {
  const { rows } = await sql<{ known: boolean; sequence: number }>`select
      exists (select from onboarding_event where ${about(work, of, 'onboarding_event')} and event_id = ${eventId}) as known,
      coalesce((select sequence from onboarding_event where ${about(work, of, 'onboarding_event')} and checklist = ${checklist}
        order by sequence desc limit 1), 0) as sequence`.execute(work.tx)
  return rows[0] ?? { known: false, sequence: 0 }
}

export type NewEvent = Pick<
  EventRow,
  'checklist' | 'step' | 'sequence' | 'kind' | 'word' | 'actorKind' | 'charterVersion'
> & {
  readonly eventId: string
  readonly actorId: string
}

/** Writes what was said, and that the checklist has moved. */
export async function insertEvent(work: Work, { organizationId, operatorId }: Of, event: NewEvent): Promise<void> {
  await sql`insert into onboarding (organization_id, operator_id, checklist, begun_at, moved_at)
    values (${organizationId}, ${operatorId}, ${event.checklist}, ${work.now}, ${work.now})
    on conflict (organization_id, checklist) do update set moved_at = excluded.moved_at`.execute(work.tx)
  await sql`insert into onboarding_event (organization_id, operator_id, checklist, sequence, event_id, step, kind, word, actor_kind,
      actor_id, charter_version, recorded_at)
    values (${organizationId}, ${operatorId}, ${event.checklist}, ${event.sequence}, ${event.eventId}, ${event.step}, ${event.kind},
      ${event.word}, ${event.actorKind}, ${event.actorId}, ${event.charterVersion}, ${work.now})`.execute(work.tx)
}

export type Administrator = { readonly name: string; readonly email: string; readonly roles: readonly string[] }

/** The organization by name, with its own administrators; undefined when there is none. */
export async function organizationFor(
  work: Work,
  of: Of,
): Promise<{ readonly name: string; readonly administrators: readonly Administrator[] } | undefined> {
  const { rows } = await sql<{ name: string; administrators: readonly Administrator[] }>`select organization.name,
      coalesce((select json_agg(json_build_object('name', one.name, 'email', one.email, 'roles', one.roles) order by one.name)
        from (select person.name, person.email, person.roles from person where ${about(work, of, 'person')}
          and person.partner_id is null and cardinality(person.roles) > 0 order by person.name, person.person_id limit 20) one), '[]')
        as administrators
    from organization where ${about(work, of, 'organization')} limit 1`.execute(work.tx)
  return rows[0]
}

// ---- Who is how far, for those who help

/** An organization that has what a checklist comes with. */
export type Follower = {
  readonly organizationId: string
  readonly name: string
  readonly settled: number
  /** When something last happened; where nothing has, when it got the add-on. */
  readonly since: Temporal.Instant
}

/** Where a page of followers begins. */
export type After = { readonly since: string; readonly organizationId: string }

type Followed = {
  readonly operatorId: string
  readonly checklist: string
  readonly steps: readonly string[]
  /** The add-on it comes with, for so many people at most. */
  readonly addOn: string
  readonly seats: number | undefined
  readonly after: After | undefined
  readonly limit: number
}

/** As `hasWhatItTakes` says it of one organization. */
function inForce(work: Work, { operatorId, addOn, seats }: Followed): RawBuilder<boolean> {
  return sql<boolean>`${ofOperator(operatorId, 'add_on.operator_id')} and add_on.add_on = ${addOn}
    and add_on.starts_at <= ${work.now} and add_on.ends_at > ${work.now} and (${seats ?? null}::int is null or add_on.seats <= ${seats ?? null})`
}

/** Organizations that have not touched a checklist, those that have had it longest first. */
export async function notBegun(work: Work, asked: Followed): Promise<readonly Follower[]> {
  const { operatorId, checklist, after, limit } = asked
  const further = after
    ? sql`(add_on.starts_at, add_on.organization_id) > (${after.since}::timestamptz, ${after.organizationId}::uuid)`
    : sql`true`
  const { rows } =
    await sql<Follower>`select waiting.organization_id as "organizationId", organization.name, 0 as settled, waiting.since
    from (select add_on.organization_id, add_on.starts_at as since from add_on
      where ${inForce(work, asked)} and ${further} and not exists (select from onboarding
        where onboarding.organization_id = add_on.organization_id and onboarding.checklist = ${checklist})
      order by add_on.starts_at, add_on.organization_id limit ${limit}) waiting
    join organization on organization.organization_id = waiting.organization_id
      and ${ofOperator(operatorId, 'organization.operator_id')}
    order by waiting.since, waiting.organization_id`.execute(work.tx)
  return rows
}

/** Organizations that have begun a checklist and have open steps, or have none left; where nothing has happened longest first. */
export async function begun(
  work: Work,
  asked: Followed,
  stage: Exclude<Stage, 'not-begun'>,
): Promise<readonly Follower[]> {
  const { operatorId, checklist, steps, after, limit } = asked
  const further = after
    ? sql`(onboarding.moved_at, onboarding.organization_id) > (${after.since}::timestamptz, ${after.organizationId}::uuid)`
    : sql`true`
  const wanted = stage === 'finished' ? sql`far.settled = ${steps.length}` : sql`far.settled < ${steps.length}`
  const { rows } =
    await sql<Follower>`select onboarding.organization_id as "organizationId", organization.name, far.settled,
      onboarding.moved_at as since
    from onboarding
    join add_on on add_on.organization_id = onboarding.organization_id and ${inForce(work, asked)}
    join organization on organization.organization_id = onboarding.organization_id
    cross join lateral (select count(*)::int as settled from unnest(${steps}::text[]) as place (step)
      cross join lateral (select kind from onboarding_event event where event.organization_id = onboarding.organization_id
        and event.checklist = onboarding.checklist and event.step = place.step and event.kind <> 'noted'
        order by event.sequence desc limit 1) last where last.kind in ('done', 'not-for-us')) far
    where ${ofOperator(operatorId, 'onboarding.operator_id')} and onboarding.checklist = ${checklist} and ${further} and ${wanted}
    order by onboarding.moved_at, onboarding.organization_id limit ${limit}`.execute(work.tx)
  return rows
}
