import { sql } from 'kysely'
import type { Locale } from '../../base/locale.ts'
import type { Agent } from '../../database/actor.ts'
import { ofOperator } from '../../database/wall.ts'
import { leaveToCommit } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { insertJobs } from '../../jobs/enqueue.ts'
import type { DraftState } from './rules/draft.ts'

/** The tables this room writes. */
export const TABLES = ['own_article', 'own_article_version', 'own_article_draft', 'own_article_event'] as const

/** What an article says in one language. */
export type Text = {
  readonly title: string
  readonly description: string
  readonly products: readonly string[]
  /** Markdown. */
  readonly body: string
}

export type OwnArticle = {
  readonly articleId: string
  readonly sourceLanguage: Locale
  readonly retiredAt: Temporal.Instant | null
}

export type VersionRow = Text & {
  readonly articleId: string
  readonly language: Locale
  readonly version: number
  readonly translatedFrom: number | null
  readonly rolledBackTo: number | null
  /** While they are agents. */
  readonly writtenByName: string | null
  readonly publishedByName: string | null
  readonly publishedAt: Temporal.Instant
}

export type DraftRow = Text & {
  readonly draftId: string
  readonly articleId: string
  readonly language: Locale
  readonly agentId: string
  readonly agentName: string | null
  readonly state: Exclude<DraftState, 'none'>
  readonly translatedFrom: number | null
  readonly basedOn: number
  readonly revision: number
  readonly reviewNote: string | null
  readonly savedAt: Temporal.Instant
}

type Place = { readonly operatorId: string; readonly articleId: string; readonly language: Locale }

// ---- Articles

export async function ownArticle(work: Work, operatorId: string, articleId: string): Promise<OwnArticle | undefined> {
  const { rows } = await sql<OwnArticle>`select article_id as "articleId", source_language as "sourceLanguage",
      retired_at as "retiredAt" from own_article where ${ofOperator(operatorId)} and article_id = ${articleId}`.execute(
    work.tx,
  )
  return rows[0]
}

/** False when it was there already. */
export async function insertArticle(work: Work<Agent>, { operatorId, articleId, language }: Place): Promise<boolean> {
  const { numAffectedRows } = await sql`insert into own_article (operator_id, article_id, source_language, created_at)
    values (${operatorId}, ${articleId}, ${language}, ${work.now}) on conflict do nothing`.execute(work.tx)
  return numAffectedRows === 1n
}

/** Whether it was otherwise before. */
export async function setRetired(
  work: Work<Agent>,
  { operatorId, articleId }: Omit<Place, 'language'>,
  at: Temporal.Instant | null,
): Promise<boolean> {
  const { numAffectedRows } = await sql`update own_article set retired_at = ${at}::timestamptz
    where ${ofOperator(operatorId)} and article_id = ${articleId}
      and (retired_at is null) = ${at !== null}::boolean`.execute(work.tx)
  return numAffectedRows === 1n
}

/** An article in a list: where it comes from, and how it stands in each language. */
export type ListedRow = {
  readonly articleId: string
  /** Null for those written here. */
  readonly source: string | null
  readonly sourceLanguage: Locale | null
  readonly retiredAt: Temporal.Instant | null
  readonly texts: readonly {
    readonly language: Locale
    readonly title: string
    readonly version: number
    readonly translatedFrom: number | null
  }[]
  /** Languages somebody has a draft in. */
  readonly drafts: readonly Locale[]
  readonly draftTitle: string | null
}

export type Wanted = {
  readonly q: string
  readonly place: 'here' | 'folders'
  readonly after: string
  readonly limit: number
}

/** Articles written here, or those from folders, by id from after one; `q` stands in a title or in the id. */
export async function listed(work: Work, operatorId: string, wanted: Wanted): Promise<readonly ListedRow[]> {
  return wanted.place === 'here' ? listedHere(work, operatorId, wanted) : listedFromFolders(work, operatorId, wanted)
}

async function listedHere(work: Work, operatorId: string, { q, after, limit }: Wanted): Promise<readonly ListedRow[]> {
  const like = likeOf(q)
  const { rows } =
    await sql<ListedRow>`select o.article_id as "articleId", null as source, o.source_language as "sourceLanguage",
      o.retired_at as "retiredAt",
      coalesce((select json_agg(json_build_object('language', v.language, 'title', v.title, 'version', v.version,
          'translatedFrom', v.translated_from)) from own_article_version v
        where ${ofOperator(operatorId, 'v.operator_id')} and v.article_id = o.article_id
          and v.version = (select max(w.version) from own_article_version w where ${ofOperator(operatorId, 'w.operator_id')}
            and w.article_id = v.article_id and w.language = v.language)), '[]') as texts,
      array(select distinct d.language from own_article_draft d
        where ${ofOperator(operatorId, 'd.operator_id')} and d.article_id = o.article_id) as drafts,
      (select d.title from own_article_draft d where ${ofOperator(operatorId, 'd.operator_id')} and d.article_id = o.article_id
        order by d.language = o.source_language desc, d.saved_at desc limit 1) as "draftTitle"
    from own_article o where ${ofOperator(operatorId, 'o.operator_id')} and o.article_id > ${after}
      and (exists (select from own_article_version v where ${ofOperator(operatorId, 'v.operator_id')} and v.article_id = o.article_id)
        or exists (select from own_article_draft d where ${ofOperator(operatorId, 'd.operator_id')} and d.article_id = o.article_id))
      and (${q} = '' or o.article_id ilike ${like}
        or exists (select from own_article_version v where ${ofOperator(operatorId, 'v.operator_id')}
          and v.article_id = o.article_id and v.title ilike ${like})
        or exists (select from own_article_draft d where ${ofOperator(operatorId, 'd.operator_id')}
          and d.article_id = o.article_id and d.title ilike ${like}))
    order by o.article_id limit ${limit}`.execute(work.tx)
  return rows
}

async function listedFromFolders(
  work: Work,
  operatorId: string,
  { q, after, limit }: Wanted,
): Promise<readonly ListedRow[]> {
  const like = likeOf(q)
  const { rows } =
    await sql<ListedRow>`select a.article_id as "articleId", min(a.source) as source, null as "sourceLanguage",
      null as "retiredAt", json_agg(json_build_object('language', a.language, 'title', a.title, 'version', 1, 'translatedFrom', null)) as texts,
      '{}'::text[] as drafts, null as "draftTitle"
    from article a where ${ofOperator(operatorId, 'a.operator_id')} and a.source <> '@here' and a.article_id > ${after}
      and (${q} = '' or a.article_id ilike ${like} or exists (select from article t
        where ${ofOperator(operatorId, 't.operator_id')} and t.article_id = a.article_id and t.title ilike ${like}))
    group by a.article_id order by a.article_id limit ${limit}`.execute(work.tx)
  return rows
}

function likeOf(q: string): string {
  return `%${q.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}

/** The folder an article comes from, by its prefix, which may be empty; undefined when none brought it. */
export async function folderOf(work: Work, operatorId: string, articleId: string): Promise<string | undefined> {
  const { rows } = await sql<{ source: string }>`select source from article
    where ${ofOperator(operatorId)} and article_id = ${articleId} and source <> '@here' limit 1`.execute(work.tx)
  return rows[0]?.source
}

/** Ids of articles that readers see in a language. */
export async function articleIds(
  work: Work,
  { operatorId, language }: Omit<Place, 'articleId'>,
  among: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select article_id as id from article
    where ${ofOperator(operatorId)} and language = ${language} and article_id = any(${among}::text[])`.execute(work.tx)
  return new Set(rows.map(({ id }) => id))
}

// ---- Versions

const VERSION = sql`article_id as "articleId", language, version, title, description, products, body, translated_from as "translatedFrom",
  rolled_back_to as "rolledBackTo", published_at as "publishedAt",
  (select name from agent where agent.operator_id = v.operator_id and agent.agent_id = v.written_by) as "writtenByName",
  (select name from agent where agent.operator_id = v.operator_id and agent.agent_id = v.published_by) as "publishedByName"`

/** The newest version of an article in each language it is published in. */
export async function newestVersions(
  work: Work,
  operatorId: string,
  articleId: string,
): Promise<readonly VersionRow[]> {
  const { rows } = await sql<VersionRow>`select distinct on (language) ${VERSION} from own_article_version v
    where ${ofOperator(operatorId, 'v.operator_id')} and article_id = ${articleId} order by language, version desc`.execute(
    work.tx,
  )
  return rows
}

/** Versions in one language, the newest first. */
export async function versionsIn(
  work: Work,
  { operatorId, articleId, language }: Place,
  limit: number,
): Promise<readonly VersionRow[]> {
  const { rows } = await sql<VersionRow>`select ${VERSION} from own_article_version v
    where ${ofOperator(operatorId, 'v.operator_id')} and article_id = ${articleId} and language = ${language}
    order by version desc limit ${limit}`.execute(work.tx)
  return rows
}

export async function versionOf(
  work: Work,
  { operatorId, articleId, language }: Place,
  version: number,
): Promise<VersionRow | undefined> {
  const { rows } = await sql<VersionRow>`select ${VERSION} from own_article_version v
    where ${ofOperator(operatorId, 'v.operator_id')} and article_id = ${articleId} and language = ${language}
      and version = ${version}`.execute(work.tx)
  return rows[0]
}

/** Writes the next version; whoever is second at the same moment is tried again, and finds the other's. */
export async function insertVersion(
  work: Work<Agent>,
  row: Text &
    Place & {
      readonly version: number
      readonly translatedFrom: number | null
      readonly rolledBackTo: number | null
      readonly writtenBy: string
    },
): Promise<void> {
  await sql`insert into own_article_version (operator_id, article_id, language, version, title, description, products, body,
      translated_from, rolled_back_to, written_by, published_by, published_at)
    values (${row.operatorId}, ${row.articleId}, ${row.language}, ${row.version}, ${row.title}, ${row.description},
      ${row.products}::text[], ${row.body}, ${row.translatedFrom}, ${row.rolledBackTo}, ${row.writtenBy}, ${work.actor.agentId},
      ${work.now})`.execute(work.tx)
}

/** Has what is published brought to readers, by a job of the same commit. */
export function bringLater(work: Work, { operatorId, articleId, language }: Place): void {
  const data = { reaction: 'bringArticle', operatorId, articleId, language }
  leaveToCommit(work, insertJobs(work, [{ queue: 'reactions', data }]))
}

// ---- Drafts

const DRAFT = sql`draft_id as "draftId", article_id as "articleId", language, agent_id as "agentId", state, title, description, products,
  body, translated_from as "translatedFrom", based_on as "basedOn", revision, review_note as "reviewNote", saved_at as "savedAt",
  (select name from agent where agent.operator_id = d.operator_id and agent.agent_id = d.agent_id) as "agentName"`

/** Drafts of an article in one language, of everybody. */
export async function draftsOf(work: Work, { operatorId, articleId, language }: Place): Promise<readonly DraftRow[]> {
  const { rows } = await sql<DraftRow>`select ${DRAFT} from own_article_draft d
    where ${ofOperator(operatorId, 'd.operator_id')} and article_id = ${articleId} and language = ${language}
    order by saved_at desc`.execute(work.tx)
  return rows
}

export type DraftLine = Pick<
  DraftRow,
  'draftId' | 'articleId' | 'language' | 'agentId' | 'agentName' | 'state' | 'title' | 'savedAt'
>

/** Everybody's drafts, the latest first. */
export async function draftsOfAll(work: Work, operatorId: string, limit: number): Promise<readonly DraftLine[]> {
  const { rows } =
    await sql<DraftLine>`select draft_id as "draftId", article_id as "articleId", language, agent_id as "agentId", state,
      title, saved_at as "savedAt",
      (select name from agent where agent.operator_id = d.operator_id and agent.agent_id = d.agent_id) as "agentName"
    from own_article_draft d where ${ofOperator(operatorId, 'd.operator_id')}
    order by saved_at desc, draft_id limit ${limit}`.execute(work.tx)
  return rows
}

/** A draft, locked: whoever else acts on it waits. */
export async function lockedDraft(
  work: Work<Agent>,
  operatorId: string,
  by: { readonly draftId: string } | Omit<Place, 'operatorId'>,
): Promise<DraftRow | undefined> {
  const which =
    'draftId' in by
      ? sql`draft_id = ${by.draftId}`
      : sql`article_id = ${by.articleId} and language = ${by.language} and agent_id = ${work.actor.agentId}`
  const { rows } = await sql<DraftRow>`select ${DRAFT} from own_article_draft d
    where ${ofOperator(operatorId, 'd.operator_id')} and ${which} for update of d`.execute(work.tx)
  return rows[0]
}

export async function insertDraft(
  work: Work<Agent>,
  row: Text & Place & Pick<DraftRow, 'draftId' | 'translatedFrom' | 'basedOn'>,
): Promise<void> {
  await sql`insert into own_article_draft (operator_id, draft_id, article_id, language, agent_id, state, title, description, products,
      body, translated_from, based_on, revision, saved_at)
    values (${row.operatorId}, ${row.draftId}, ${row.articleId}, ${row.language}, ${work.actor.agentId}, 'writing', ${row.title},
      ${row.description}, ${row.products}::text[], ${row.body}, ${row.translatedFrom}, ${row.basedOn}, 1, ${work.now})`.execute(
    work.tx,
  )
}

export async function updateDraft(
  work: Work<Agent>,
  operatorId: string,
  row: Text & Pick<DraftRow, 'draftId' | 'translatedFrom' | 'basedOn'>,
): Promise<void> {
  await sql`update own_article_draft set state = 'writing', title = ${row.title}, description = ${row.description},
      products = ${row.products}::text[], body = ${row.body}, translated_from = ${row.translatedFrom}, based_on = ${row.basedOn},
      revision = revision + 1, saved_at = ${work.now}
    where ${ofOperator(operatorId)} and draft_id = ${row.draftId}`.execute(work.tx)
}

export async function setDraftState(
  work: Work<Agent>,
  operatorId: string,
  of: { readonly draftId: string; readonly state: DraftRow['state']; readonly reviewNote: string | null },
): Promise<void> {
  await sql`update own_article_draft set state = ${of.state}, review_note = ${of.reviewNote}
    where ${ofOperator(operatorId)} and draft_id = ${of.draftId}`.execute(work.tx)
}

export async function deleteDraft(work: Work<Agent>, operatorId: string, draftId: string): Promise<void> {
  await sql`delete from own_article_draft where ${ofOperator(operatorId)} and draft_id = ${draftId}`.execute(work.tx)
}

// ---- What was done

export type EventRow = {
  readonly eventId: string
  readonly language: Locale | null
  readonly kind: ArticleEvent
  readonly agentName: string | null
  readonly payload: Readonly<Record<string, string | number>>
  readonly recordedAt: Temporal.Instant
}

export type ArticleEvent =
  | 'created'
  | 'copied'
  | 'submitted'
  | 'withdrawn'
  | 'discarded'
  | 'sent-back'
  | 'published'
  | 'rolled-back'
  | 'retired'
  | 'restored'

export async function insertEvent(
  work: Work<Agent>,
  row: {
    readonly operatorId: string
    readonly articleId: string
    readonly language: Locale | null
    readonly eventId: string
    readonly kind: ArticleEvent
    readonly payload: EventRow['payload']
  },
): Promise<void> {
  await sql`insert into own_article_event (operator_id, event_id, article_id, language, kind, agent_id, payload, recorded_at)
    values (${row.operatorId}, ${row.eventId}, ${row.articleId}, ${row.language}, ${row.kind}, ${work.actor.agentId},
      ${JSON.stringify(row.payload)}, ${work.now})`.execute(work.tx)
}

/** What was done with an article, the latest first. */
export async function articleEvents(
  work: Work,
  { operatorId, articleId }: Omit<Place, 'language'>,
  limit: number,
): Promise<readonly EventRow[]> {
  const { rows } =
    await sql<EventRow>`select event_id as "eventId", language, kind, payload, recorded_at as "recordedAt",
      (select name from agent where agent.operator_id = e.operator_id and agent.agent_id = e.agent_id) as "agentName"
    from own_article_event e where ${ofOperator(operatorId, 'e.operator_id')} and article_id = ${articleId}
    order by event_id desc limit ${limit}`.execute(work.tx)
  return rows
}
