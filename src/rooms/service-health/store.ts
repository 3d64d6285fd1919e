import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Locale } from '../../base/locale.ts'
import { ofOperator, ofOrganization } from '../../database/wall.ts'
import { leaveToCommit } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { insertJobs } from '../../jobs/enqueue.ts'
import type { Kind, State, Step } from './rules/states.ts'
import type { Texts } from './rules/texts.ts'

/** The tables this room writes. */
export const TABLES = [
  'incident',
  'incident_state',
  'incident_post',
  'incident_follower',
  'incident_impact',
  'health_report',
  'proposal_silence',
] as const

export const ORIGINS = ['operator', 'thirdParty', 'customer'] as const
export type Origin = (typeof ORIGINS)[number]

/** An incident, an advisory or planned maintenance, as everybody it concerns may see it. */
export type Incident = {
  readonly incidentId: string
  readonly kind: Kind
  /** A service of the charter, by id, and one of its features. */
  readonly service: string
  readonly feature: string | null
  readonly origin: Origin
  readonly state: State
  readonly sourceLanguage: Locale
  readonly title: Texts
  readonly impact: Texts
  /** Languages whose title and impact are older than the source's. */
  readonly outdated: readonly string[]
  readonly startedAt: Temporal.Instant
  /** Of maintenance: when it is meant to be over. */
  readonly plannedEndAt: Temporal.Instant | null
  readonly endedAt: Temporal.Instant | null
  /** Null while it waits for a second look. */
  readonly publishedAt: Temporal.Instant | null
  readonly updatedAt: Temporal.Instant
  readonly mergedInto: string | null
}

/** The same with what only the operator knows: whom it concerns (null: everybody), and who declared it. */
export type OwnIncident = Incident & {
  readonly organizations: readonly string[] | null
  /** ISO 3166-1 alpha-2. */
  readonly regions: readonly string[] | null
  readonly declaredBy: string | null
  readonly declaredByName: string | null
}

const INCIDENT = sql`incident.incident_id as "incidentId", incident.kind, incident.service, incident.feature, incident.origin, incident.state,
  incident.source_language as "sourceLanguage", incident.title, incident.impact, incident.outdated, incident.started_at as "startedAt",
  incident.planned_end_at as "plannedEndAt", incident.ended_at as "endedAt", incident.published_at as "publishedAt",
  incident.updated_at as "updatedAt", incident.merged_into as "mergedInto"`
const OWN_INCIDENT = sql`${INCIDENT}, incident.organizations, incident.regions, incident.declared_by as "declaredBy", agent.name as "declaredByName"`
const WITH_AGENT = sql`incident left join agent on agent.operator_id = incident.operator_id and agent.agent_id = incident.declared_by`

// ---- Reading

/** Which incidents a list is of; what is left out narrows nothing. */
export type IncidentFilter = {
  readonly services?: readonly string[] | undefined
  readonly kinds?: readonly Kind[] | undefined
  readonly states?: readonly State[] | undefined
  /** Not over yet; or over. */
  readonly open?: boolean | undefined
  /** Still open then or later. */
  readonly since?: Temporal.Instant | undefined
  readonly startedFrom?: Temporal.Instant | undefined
  readonly updatedFrom?: Temporal.Instant | undefined
  /** Ids after this one, for paging: the newest come first. */
  readonly before?: string | undefined
  readonly limit: number
}

/** Incidents that customers are told of, as far as the actor may see them, the newest declared first. */
export async function publishedIncidents(
  work: Work,
  operatorId: string,
  filter: IncidentFilter,
): Promise<readonly Incident[]> {
  const { rows } = await sql<Incident>`select ${INCIDENT} from incident
    where ${ofOperator(operatorId)} and published_at is not null and merged_into is null and ${narrowed(filter)}
    order by incident_id desc limit ${filter.limit}`.execute(work.tx)
  return rows
}

/** What is open at an operator and told, the newest first: an index of open ones is all that is read. */
export async function openIncidents(work: Work, operatorId: string, limit: number): Promise<readonly Incident[]> {
  const { rows } = await sql<Incident>`select ${INCIDENT} from incident
    where ${ofOperator(operatorId)} and ended_at is null and published_at is not null
    order by started_at desc, incident_id desc limit ${limit}`.execute(work.tx)
  return rows
}

/** All incidents of an operator for those who work on them, the newest declared first: also what waits for a second look. */
export async function ownIncidents(
  work: Work,
  operatorId: string,
  filter: IncidentFilter,
): Promise<readonly OwnIncident[]> {
  const { rows } = await sql<OwnIncident>`select ${OWN_INCIDENT} from ${WITH_AGENT}
    where ${ofOperator(operatorId, 'incident.operator_id')} and ${narrowed(filter)}
    order by incident.incident_id desc limit ${filter.limit}`.execute(work.tx)
  return rows
}

/** What customers are told of that has changed since a moment, the last changed first, with whom it concerns: for digests. */
export async function changedIncidents(
  work: Work,
  operatorId: string,
  { since, limit }: { readonly since: Temporal.Instant; readonly limit: number },
): Promise<readonly OwnIncident[]> {
  const { rows } = await sql<OwnIncident>`select ${OWN_INCIDENT} from ${WITH_AGENT}
    where ${ofOperator(operatorId, 'incident.operator_id')} and incident.published_at is not null and incident.merged_into is null
      and incident.updated_at >= ${since}
    order by incident.updated_at desc limit ${limit}`.execute(work.tx)
  return rows
}

function narrowed(filter: IncidentFilter): RawBuilder<boolean> {
  const { services, kinds, states, open, since, startedFrom, updatedFrom, before } = filter
  const parts: RawBuilder<unknown>[] = []
  if (services) parts.push(sql`incident.service = any(${services}::text[])`)
  if (kinds) parts.push(sql`incident.kind = any(${kinds}::text[])`)
  if (states) parts.push(sql`incident.state = any(${states}::text[])`)
  if (open !== undefined) parts.push(open ? sql`incident.ended_at is null` : sql`incident.ended_at is not null`)
  if (since) parts.push(sql`(incident.ended_at is null or incident.ended_at >= ${since})`)
  if (startedFrom) parts.push(sql`incident.started_at >= ${startedFrom}`)
  if (updatedFrom) parts.push(sql`incident.updated_at >= ${updatedFrom}`)
  if (before) parts.push(sql`incident.incident_id < ${before}`)
  return parts.length > 0 ? sql<boolean>`${sql.join(parts, sql` and `)}` : sql<boolean>`true`
}

/** One that customers are told of, as far as the actor may see it. */
export async function publishedIncident(
  work: Work,
  operatorId: string,
  incidentId: string,
): Promise<Incident | undefined> {
  const { rows } = await sql<Incident>`select ${INCIDENT} from incident
    where ${ofOperator(operatorId)} and incident_id = ${incidentId} and published_at is not null`.execute(work.tx)
  return rows[0]
}

export async function ownIncident(
  work: Work,
  operatorId: string,
  incidentId: string,
): Promise<OwnIncident | undefined> {
  const { rows } = await sql<OwnIncident>`select ${OWN_INCIDENT} from ${WITH_AGENT}
    where ${ofOperator(operatorId, 'incident.operator_id')} and incident.incident_id = ${incidentId}`.execute(work.tx)
  return rows[0]
}

/** Locks an incident until the commit, and answers it as it is then. */
export async function lockedIncident(
  work: Work,
  operatorId: string,
  incidentId: string,
): Promise<OwnIncident | undefined> {
  const { rows } = await sql`select from incident
    where ${ofOperator(operatorId)} and incident_id = ${incidentId} for update`.execute(work.tx)
  return rows.length > 0 ? ownIncident(work, operatorId, incidentId) : undefined
}

export type StateRow = Step & {
  readonly incidentId: string
  readonly sequence: number
  readonly recordedAt: Temporal.Instant
}

/** The states of some incidents, each incident's in their order. */
export async function statesOf(
  work: Work,
  operatorId: string,
  incidentIds: readonly string[],
): Promise<readonly StateRow[]> {
  const { rows } =
    await sql<StateRow>`select incident_id as "incidentId", sequence, state, entered_at as at, recorded_at as "recordedAt"
    from incident_state where ${ofOperator(operatorId)} and incident_id = any(${incidentIds}::uuid[])
    order by incident_id, sequence limit 5000`.execute(work.tx)
  return rows
}

export const POST_KINDS = ['regular', 'quick', 'strategic'] as const
export type PostKind = (typeof POST_KINDS)[number]

export type Post = {
  readonly incidentId: string
  readonly postId: string
  /** A strategic post is the final review. */
  readonly kind: PostKind
  readonly sourceLanguage: Locale
  /** Plain text; line ends are its only form. */
  readonly texts: Texts
  readonly publishedAt: Temporal.Instant | null
}

export type OwnPost = Post & {
  readonly writtenBy: string | null
  readonly writtenByName: string | null
  readonly writtenAt: Temporal.Instant
  readonly review: 'none' | 'waiting' | 'approved' | 'rejected'
  readonly publishAt: Temporal.Instant | null
}

const POST = sql`incident_post.incident_id as "incidentId", incident_post.post_id as "postId", incident_post.kind,
  incident_post.source_language as "sourceLanguage", incident_post.texts, incident_post.published_at as "publishedAt"`
const OWN_POST = sql`${POST}, incident_post.written_by as "writtenBy", agent.name as "writtenByName", incident_post.written_at as "writtenAt",
  incident_post.review, incident_post.publish_at as "publishAt"`

/** The posts of some incidents that customers read, the newest first. */
export async function publishedPosts(
  work: Work,
  operatorId: string,
  incidentIds: readonly string[],
): Promise<readonly Post[]> {
  const { rows } = await sql<Post>`select ${POST} from incident_post
    where ${ofOperator(operatorId)} and incident_id = any(${incidentIds}::uuid[]) and published_at is not null
    order by published_at desc, post_id desc limit 2000`.execute(work.tx)
  return rows
}

/** All posts of an incident for those who write them, the newest first. */
export async function ownPosts(work: Work, operatorId: string, incidentId: string): Promise<readonly OwnPost[]> {
  const { rows } = await sql<OwnPost>`select ${OWN_POST} from incident_post
    left join agent on agent.operator_id = incident_post.operator_id and agent.agent_id = incident_post.written_by
    where ${ofOperator(operatorId, 'incident_post.operator_id')} and incident_id = ${incidentId}
    order by post_id desc limit 500`.execute(work.tx)
  return rows
}

// ---- Declaring, changing, posting

export type NewIncident = Omit<OwnIncident, 'declaredByName' | 'mergedInto' | 'updatedAt' | 'endedAt' | 'outdated'>

export async function insertIncident(work: Work, operatorId: string, one: NewIncident): Promise<void> {
  await sql`insert into incident (operator_id, incident_id, kind, service, feature, origin, state, source_language, title, impact,
      organizations, regions, started_at, planned_end_at, declared_by, declared_at, published_at, updated_at)
    values (${operatorId}, ${one.incidentId}, ${one.kind}, ${one.service}, ${one.feature}, ${one.origin}, ${one.state}, ${one.sourceLanguage},
      ${JSON.stringify(one.title)}, ${JSON.stringify(one.impact)}, ${one.organizations}::uuid[], ${one.regions}::text[], ${one.startedAt},
      ${one.plannedEndAt}, ${one.declaredBy}, ${work.now}, ${one.publishedAt}, ${work.now})`.execute(work.tx)
}

export async function insertState(
  work: Work,
  operatorId: string,
  {
    incidentId,
    sequence,
    state,
    at,
    by,
  }: Step & { readonly incidentId: string; readonly sequence: number; readonly by: string | null },
): Promise<void> {
  await sql`insert into incident_state (operator_id, incident_id, sequence, state, entered_at, recorded_at, recorded_by)
    values (${operatorId}, ${incidentId}, ${sequence}, ${state}, ${at}, ${work.now}, ${by})`.execute(work.tx)
}

export async function setState(
  work: Work,
  operatorId: string,
  {
    incidentId,
    state,
    startedAt,
    endedAt,
  }: {
    readonly incidentId: string
    readonly state: State
    readonly startedAt: Temporal.Instant
    readonly endedAt: Temporal.Instant | null
  },
): Promise<void> {
  await sql`update incident set state = ${state}, started_at = ${startedAt}, ended_at = ${endedAt}, updated_at = ${work.now},
      planned_end_at = case when planned_end_at > ${startedAt} then planned_end_at end
    where ${ofOperator(operatorId)} and incident_id = ${incidentId}`.execute(work.tx)
}

export async function setTexts(
  work: Work,
  operatorId: string,
  { incidentId, title, impact, outdated }: Pick<Incident, 'incidentId' | 'title' | 'impact' | 'outdated'>,
): Promise<void> {
  await sql`update incident set title = ${JSON.stringify(title)}, impact = ${JSON.stringify(impact)}, outdated = ${outdated}::text[],
      updated_at = ${work.now}
    where ${ofOperator(operatorId)} and incident_id = ${incidentId}`.execute(work.tx)
}

export async function setPublished(work: Work, operatorId: string, incidentId: string): Promise<void> {
  await sql`update incident set published_at = ${work.now}, updated_at = ${work.now}
    where ${ofOperator(operatorId)} and incident_id = ${incidentId} and published_at is null`.execute(work.tx)
}

/** It turned out to be the same as another: customers find that one. Its followers and what it does to whom go along. */
export async function mergeInto(
  work: Work,
  operatorId: string,
  { from, into }: { readonly from: string; readonly into: string },
): Promise<void> {
  await sql`update incident set merged_into = ${into}, ended_at = coalesce(ended_at, ${work.now}), updated_at = ${work.now}
    where ${ofOperator(operatorId)} and incident_id = ${from}`.execute(work.tx)
}

export type NewPost = Omit<OwnPost, 'writtenByName' | 'writtenAt'>

export async function insertPost(work: Work, operatorId: string, one: NewPost): Promise<void> {
  await sql`insert into incident_post (operator_id, incident_id, post_id, kind, source_language, texts, written_by, written_at, review,
      publish_at, published_at)
    values (${operatorId}, ${one.incidentId}, ${one.postId}, ${one.kind}, ${one.sourceLanguage}, ${JSON.stringify(one.texts)},
      ${one.writtenBy}, ${work.now}, ${one.review}, ${one.publishAt}, ${one.publishedAt})`.execute(work.tx)
}

/** A post, locked until the commit. */
export async function lockedPost(
  work: Work,
  operatorId: string,
  { incidentId, postId }: { readonly incidentId: string; readonly postId: string },
): Promise<OwnPost | undefined> {
  const { rows } =
    await sql<OwnPost>`select ${POST}, written_by as "writtenBy", null as "writtenByName", written_at as "writtenAt", review,
      publish_at as "publishAt"
    from incident_post where ${ofOperator(operatorId)} and incident_id = ${incidentId} and post_id = ${postId} for update`.execute(
      work.tx,
    )
  return rows[0]
}

export async function setPostTexts(
  work: Work,
  operatorId: string,
  { incidentId, postId, texts }: Pick<Post, 'incidentId' | 'postId' | 'texts'>,
): Promise<void> {
  await sql`update incident_post set texts = ${JSON.stringify(texts)}
    where ${ofOperator(operatorId)} and incident_id = ${incidentId} and post_id = ${postId}`.execute(work.tx)
}

export async function setPostReview(
  work: Work,
  operatorId: string,
  { incidentId, postId, review, by }: Pick<OwnPost, 'incidentId' | 'postId' | 'review'> & { readonly by: string },
): Promise<void> {
  await sql`update incident_post set review = ${review}, reviewed_by = ${by}
    where ${ofOperator(operatorId)} and incident_id = ${incidentId} and post_id = ${postId}`.execute(work.tx)
}

export async function setPostPublished(
  work: Work,
  operatorId: string,
  { incidentId, postId }: { readonly incidentId: string; readonly postId: string },
): Promise<void> {
  await sql`update incident_post set published_at = ${work.now}
    where ${ofOperator(operatorId)} and incident_id = ${incidentId} and post_id = ${postId} and published_at is null`.execute(
    work.tx,
  )
}

/** Marks an incident as changed: it was posted about. */
export async function touch(work: Work, operatorId: string, incidentId: string): Promise<void> {
  await sql`update incident set updated_at = ${work.now} where ${ofOperator(operatorId)} and incident_id = ${incidentId}`.execute(
    work.tx,
  )
}

/** Jobs that follow from a change, left to its commit. */
export function later(
  work: Work,
  errands: readonly {
    readonly reaction: string
    readonly operatorId: string
    readonly incidentId: string
    readonly postId?: string
    /** Which of its states. */
    readonly sequence?: number
    readonly startAfter?: Temporal.Instant | undefined
  }[],
): void {
  const jobs = errands.map(({ startAfter, ...data }) => ({ queue: 'reactions' as const, data, startAfter }))
  if (jobs.length > 0) leaveToCommit(work, insertJobs(work, jobs))
}

// ---- What customers add

export type Follower = {
  readonly organizationId: string
  readonly personId: string
  readonly incidentId: string
  readonly followedAt: Temporal.Instant
  /** Whether it works again, and when he said so. */
  readonly works: boolean | null
  readonly answeredAt: Temporal.Instant | null
}

const FOLLOWER = sql`organization_id as "organizationId", person_id as "personId", incident_id as "incidentId", followed_at as "followedAt", works, answered_at as "answeredAt"`

type Person = { readonly organizationId: string; readonly operatorId: string; readonly personId: string }

/** What a person follows: the newest first. */
export async function followedBy(
  work: Work,
  { organizationId, personId }: Omit<Person, 'operatorId'>,
): Promise<readonly Follower[]> {
  const { rows } = await sql<Follower>`select ${FOLLOWER} from incident_follower
    where ${ofOrganization(organizationId)} and person_id = ${personId} order by incident_id desc limit 200`.execute(
    work.tx,
  )
  return rows
}

export type ToldFollower = {
  readonly organizationId: string
  readonly personId: string
  readonly email: string
  readonly language: Locale
  readonly zone: string
}

/** Who follows an incident and may act for his organization now, in pages by person: those who are to be told. */
export async function followersOf(
  work: Work,
  operatorId: string,
  incidentId: string,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<readonly ToldFollower[]> {
  const { rows } =
    await sql<ToldFollower>`select person.organization_id as "organizationId", person.person_id as "personId", person.email, person.language, person.zone
    from incident_follower join person on person.organization_id = incident_follower.organization_id
      and person.person_id = incident_follower.person_id
    where ${ofOperator(operatorId, 'incident_follower.operator_id')} and incident_id = ${incidentId}
      and (${after ?? null}::uuid is null or person.person_id > ${after ?? null}::uuid)
      and (person.partner_id is null or person.active_from <= ${work.now}) and person.active_until > ${work.now}
    order by person.person_id limit ${limit}`.execute(work.tx)
  return rows
}

export async function insertFollower(work: Work, of: Person & { readonly incidentId: string }): Promise<void> {
  await sql`insert into incident_follower (organization_id, operator_id, incident_id, person_id, followed_at)
    values (${of.organizationId}, ${of.operatorId}, ${of.incidentId}, ${of.personId}, ${work.now})
    on conflict do nothing`.execute(work.tx)
}

export async function deleteFollower(
  work: Work,
  of: Omit<Person, 'operatorId'> & { readonly incidentId: string },
): Promise<void> {
  await sql`delete from incident_follower where ${ofOrganization(of.organizationId)} and incident_id = ${of.incidentId}
    and person_id = ${of.personId}`.execute(work.tx)
}

export async function setWorks(
  work: Work,
  of: Omit<Person, 'operatorId'> & { readonly incidentId: string; readonly works: boolean },
): Promise<void> {
  await sql`update incident_follower set works = ${of.works}, answered_at = ${work.now}
    where ${ofOrganization(of.organizationId)} and incident_id = ${of.incidentId} and person_id = ${of.personId}`.execute(
    work.tx,
  )
}

export type Impact = {
  readonly incidentId: string
  readonly people: number
  readonly word: string
  readonly addedAt: Temporal.Instant
}

export async function impactOf(work: Work, organizationId: string, incidentId: string): Promise<Impact | undefined> {
  const { rows } =
    await sql<Impact>`select incident_id as "incidentId", people, word, added_at as "addedAt" from incident_impact
    where ${ofOrganization(organizationId)} and incident_id = ${incidentId}`.execute(work.tx)
  return rows[0]
}

export async function putImpact(
  work: Work,
  of: Person & { readonly incidentId: string; readonly people: number; readonly word: string },
): Promise<void> {
  await sql`insert into incident_impact (organization_id, operator_id, incident_id, person_id, people, word, added_at)
    values (${of.organizationId}, ${of.operatorId}, ${of.incidentId}, ${of.personId}, ${of.people}, ${of.word}, ${work.now})
    on conflict (organization_id, incident_id) do update set person_id = excluded.person_id, people = excluded.people,
      word = excluded.word, added_at = excluded.added_at`.execute(work.tx)
}

/** What customers have said about an incident, in figures; and their words, those most people are hit at first. */
export type Hit = {
  readonly followers: number
  /** Of those who follow it, who said that it works again, and that it does not. */
  readonly work: number
  readonly fail: number
  readonly organizations: number
  readonly people: number
  readonly words: readonly { readonly organization: string; readonly people: number; readonly word: string }[]
}

export async function hitBy(work: Work, operatorId: string, incidentId: string): Promise<Hit> {
  const { rows } = await sql<Omit<Hit, 'words'>>`select
      (select count(*) from incident_follower where ${ofOperator(operatorId)} and incident_id = ${incidentId}) as followers,
      (select count(*) from incident_follower where ${ofOperator(operatorId)} and incident_id = ${incidentId} and works) as work,
      (select count(*) from incident_follower where ${ofOperator(operatorId)} and incident_id = ${incidentId} and not works) as fail,
      (select count(*) from incident_impact where ${ofOperator(operatorId)} and incident_id = ${incidentId}) as organizations,
      (select coalesce(sum(people), 0) from incident_impact where ${ofOperator(operatorId)} and incident_id = ${incidentId}) as people`.execute(
    work.tx,
  )
  const { rows: words } = await sql<
    Hit['words'][number]
  >`select organization.name as organization, people, word from incident_impact
    join organization on organization.organization_id = incident_impact.organization_id
    where ${ofOperator(operatorId, 'incident_impact.operator_id')} and incident_id = ${incidentId}
    order by people desc, organization.name limit 50`.execute(work.tx)
  const none = { followers: 0, work: 0, fail: 0, organizations: 0, people: 0 }
  return { ...(rows[0] ?? none), words }
}

export type Report = {
  readonly organizationId: string
  readonly organization: string
  readonly reportId: string
  readonly service: string
  readonly symptom: string
  readonly language: Locale
  readonly since: Temporal.Instant
  readonly people: number
  readonly reportedAt: Temporal.Instant
  readonly incidentId: string | null
}

/** A report that nobody has looked at. */
export type OpenReport = Omit<Report, 'incidentId'> & {
  /** When leads were told of the proposal it is part of. */
  readonly proposedAt: Temporal.Instant | null
}

export async function insertReport(
  work: Work,
  of: Person & Omit<Report, 'organization' | 'reportedAt' | 'incidentId'>,
): Promise<void> {
  await sql`insert into health_report (organization_id, operator_id, report_id, person_id, service, symptom, language, since, people, reported_at)
    values (${of.organizationId}, ${of.operatorId}, ${of.reportId}, ${of.personId}, ${of.service}, ${of.symptom}, ${of.language}, ${of.since},
      ${of.people}, ${work.now})`.execute(work.tx)
}

/** What customers reported since a moment and nobody has looked at, the newest first. */
export async function reportsSince(
  work: Work,
  operatorId: string,
  since: Temporal.Instant,
): Promise<readonly OpenReport[]> {
  const { rows } =
    await sql<OpenReport>`select health_report.organization_id as "organizationId", organization.name as organization,
      report_id as "reportId", service, symptom, language, since, people, reported_at as "reportedAt", proposed_at as "proposedAt"
    from health_report join organization on organization.organization_id = health_report.organization_id
    where ${ofOperator(operatorId, 'health_report.operator_id')} and reported_at >= ${since} and settled_at is null
    order by reported_at desc, report_id desc limit 500`.execute(work.tx)
  return rows
}

/** Locks them until the commit, so that of two who look at once the second sees what the first did; answers whether there are any. */
export async function lockReportsSince(work: Work, operatorId: string, since: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql`select from health_report
    where ${ofOperator(operatorId)} and reported_at >= ${since} and settled_at is null
    order by organization_id, report_id for update`.execute(work.tx)
  return rows.length > 0
}

/** Leads were told of the proposal that these reports are part of. */
export async function markProposed(work: Work, operatorId: string, reportIds: readonly string[]): Promise<void> {
  await sql`update health_report set proposed_at = ${work.now}
    where ${ofOperator(operatorId)} and report_id = any(${reportIds}::uuid[]) and proposed_at is null`.execute(work.tx)
}

/** Agents who want no mail of proposals. */
export async function silentAgents(work: Work, operatorId: string): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ agentId: string }>`select agent_id as "agentId" from proposal_silence
    where ${ofOperator(operatorId)}`.execute(work.tx)
  return new Set(rows.map(({ agentId }) => agentId))
}

export async function insertSilence(work: Work, operatorId: string, agentId: string): Promise<void> {
  await sql`insert into proposal_silence (operator_id, agent_id, since) values (${operatorId}, ${agentId}, ${work.now})
    on conflict do nothing`.execute(work.tx)
}

export async function deleteSilence(work: Work, operatorId: string, agentId: string): Promise<void> {
  await sql`delete from proposal_silence where ${ofOperator(operatorId)} and agent_id = ${agentId}`.execute(work.tx)
}

/** The reports of an organization, the newest first. */
export async function reportsOf(work: Work, organizationId: string): Promise<readonly Omit<Report, 'organization'>[]> {
  const { rows } =
    await sql<Report>`select organization_id as "organizationId", report_id as "reportId", service, symptom, language, since,
      people, reported_at as "reportedAt", incident_id as "incidentId"
    from health_report where ${ofOrganization(organizationId)} order by report_id desc limit 20`.execute(work.tx)
  return rows
}

/** Somebody has looked at reports: they are part of an incident, or of none. */
export async function settleReports(
  work: Work,
  operatorId: string,
  { reportIds, incidentId }: { readonly reportIds: readonly string[]; readonly incidentId: string | null },
): Promise<void> {
  await sql`update health_report set settled_at = ${work.now}, incident_id = ${incidentId}
    where ${ofOperator(operatorId)} and report_id = any(${reportIds}::uuid[]) and settled_at is null`.execute(work.tx)
}

// ---- Whom it concerns

export type NamedOrganization = { readonly organizationId: string; readonly name: string }

/** Organizations by their names, whatever their case; names that are nobody's give nothing. */
export async function organizationsNamed(
  work: Work,
  operatorId: string,
  names: readonly string[],
): Promise<readonly NamedOrganization[]> {
  const { rows } = await sql<NamedOrganization>`select organization_id as "organizationId", name from organization
    where ${ofOperator(operatorId)} and not prospect and lower(name) = any(${names.map((name) => name.toLowerCase())}::text[])
    order by name limit 500`.execute(work.tx)
  return rows
}

export async function organizationsOf(
  work: Work,
  operatorId: string,
  ids: readonly string[],
): Promise<readonly NamedOrganization[]> {
  const { rows } = await sql<NamedOrganization>`select organization_id as "organizationId", name from organization
    where ${ofOperator(operatorId)} and organization_id = any(${ids}::uuid[]) order by name limit 500`.execute(work.tx)
  return rows
}

/** Whether an incident concerns an organization: what it is told of. */
export async function concerns(
  work: Work,
  operatorId: string,
  { incidentId, organizationId }: { readonly incidentId: string; readonly organizationId: string },
): Promise<boolean> {
  const { rows } = await sql`select from incident join organization on organization.organization_id = ${organizationId}
    where ${ofOperator(operatorId, 'incident.operator_id')} and ${ofOrganization(organizationId, 'organization.organization_id')}
      and organization.operator_id = incident.operator_id and incident.incident_id = ${incidentId} and incident.published_at is not null
      and (incident.organizations is null or organization.organization_id = any(incident.organizations))
      and (incident.regions is null or organization.country = any(incident.regions))`.execute(work.tx)
  return rows.length > 0
}

/** Who follows the one follows the other from now on. */
export async function moveFollowers(
  work: Work,
  operatorId: string,
  { from, into }: { readonly from: string; readonly into: string },
): Promise<void> {
  await sql`insert into incident_follower (organization_id, operator_id, incident_id, person_id, followed_at)
    select organization_id, operator_id, ${into}, person_id, followed_at from incident_follower
    where ${ofOperator(operatorId)} and incident_id = ${from} on conflict do nothing`.execute(work.tx)
}
