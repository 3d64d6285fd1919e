import { sql } from 'kysely'
import { newId } from '../../base/ids.ts'
import type { Agent, Job } from '../../database/actor.ts'
import { ofOperator, ofOperators } from '../../database/wall.ts'
import { leaveToCommit } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'

/** The tables this room writes. */
export const TABLES = ['help_question', 'help_outcome', 'article_verdict', 'taught_phrase'] as const

/** Where a question was asked: on the page of results, among suggestions, in the pane on other people's portals, by a program. */
export type Place = 'page' | 'suggestion' | 'pane' | 'api'

/** Goes with a statement whose commit need not wait for the disk: a crash may take back the last moments of it. */
const UNHURRIED = sql`set_config('synchronous_commit', 'off', true) is not null`

// ---- Noting: by those who ask, who may read nothing here

type Asker = { readonly personId?: string; readonly holderId?: string }

/** Leaves the question to the commit. One that is there already stays as it is: the page was loaded again. */
export function insertQuestion(
  work: Work,
  row: Asker & {
    readonly operatorId: string
    readonly questionId: string
    readonly visitId: string
    readonly language: string
    readonly text: string
    readonly groupKey: string
    readonly place: Place
    readonly found: number
    readonly shown: readonly string[]
  },
): void {
  leaveToCommit(
    work,
    sql`insert into help_question (operator_id, question_id, visit_id, language, text, group_key, place, found, shown, asked_at,
        person_id, holder_id)
      select ${row.operatorId}::uuid, ${row.questionId}::uuid, ${row.visitId}::uuid, ${row.language}::text, ${row.text}::text,
        ${row.groupKey}::text, ${row.place}::text, ${row.found}::int, ${row.shown}::text[], ${work.now}::timestamptz,
        ${row.personId ?? null}::uuid, ${row.holderId ?? null}::uuid
      where ${UNHURRIED} on conflict do nothing`,
  )
}

export function insertOutcome(
  work: Work,
  row: Asker & {
    readonly operatorId: string
    readonly questionId: string | undefined
    readonly kind: 'opened' | 'solved' | 'unsolved' | 'case'
    readonly articleId?: string
    /** Whether the transaction holds something whose commit must reach the disk. */
    readonly hurry: boolean
  },
): void {
  leaveToCommit(
    work,
    sql`insert into help_outcome (operator_id, outcome_id, question_id, kind, article_id, person_id, holder_id, noted_at)
      select ${row.operatorId}::uuid, ${newId()}::uuid, ${row.questionId ?? null}::uuid, ${row.kind}::text,
        ${row.articleId ?? null}::text, ${row.personId ?? null}::uuid, ${row.holderId ?? null}::uuid, ${work.now}::timestamptz
      ${row.hurry ? sql`` : sql`where ${UNHURRIED}`}`,
  )
}

export function insertVerdict(
  work: Work,
  row: {
    readonly operatorId: string
    readonly articleId: string
    readonly language: string
    readonly solved: boolean | undefined
    readonly missing: string
  },
): void {
  leaveToCommit(
    work,
    sql`insert into article_verdict (operator_id, verdict_id, article_id, language, solved, missing, said_at)
      values (${row.operatorId}, ${newId()}, ${row.articleId}, ${row.language}, ${row.solved ?? null}, ${row.missing || null},
        ${work.now})`,
  )
}

// ---- Keeping: by jobs

/** How long after a question something still counts as its outcome. */
const COUNTED = sql`interval '7 days'`

export type Outcome = {
  readonly operatorId: string
  readonly questionId: string | null
  readonly kind: 'opened' | 'solved' | 'unsolved' | 'case'
  readonly articleId: string | null
  readonly personId: string | null
  readonly notedAt: Temporal.Instant
}

/** Takes up to `limit` outcomes away, oldest first, for the caller to fold in. One whose question is not there waits an hour for it. */
export async function takeOutcomes(work: Work<Job>, limit: number): Promise<readonly Outcome[]> {
  const { rows } = await sql<Outcome>`with ready as (
      select operator_id, outcome_id from help_outcome o
      where ${ofOperators(work.actor.operatorIds, 'o.operator_id')} and (o.kind = 'case'
        or o.noted_at < ${work.now}::timestamptz - interval '1 hour'
        or exists (select from help_question q where q.operator_id = o.operator_id and q.question_id = o.question_id))
      order by outcome_id limit ${limit} for update skip locked),
    gone as (delete from help_outcome o using ready
      where o.operator_id = ready.operator_id and o.outcome_id = ready.outcome_id returning o.*)
    select operator_id as "operatorId", question_id as "questionId", kind, article_id as "articleId", person_id as "personId",
      noted_at as "notedAt" from gone order by outcome_id`.execute(work.tx)
  return rows
}

/** What came of one question: articles opened, in order, the one that solved it last. */
export type Told = {
  readonly operatorId: string
  readonly questionId: string
  readonly opened: readonly string[]
  readonly verdict: 'solved' | 'unsolved' | null
}

export async function foldIn(work: Work<Job>, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return
  await sql`update help_question q set opened = (q.opened || told.opened)[1:50], verdict = coalesce(told.verdict, q.verdict)
    from json_to_recordset(${JSON.stringify(told)}::json) as told ("operatorId" uuid, "questionId" uuid, opened text[], verdict text)
    where q.operator_id = told."operatorId" and q.question_id = told."questionId" and q.settled_at is null`.execute(
    work.tx,
  )
}

/** Marks what the person of a case had asked in the seven days before, and all of the visit that led to it. */
export async function foldInCase(work: Work, { operatorId, questionId, personId, notedAt }: Outcome): Promise<void> {
  await sql`update help_question q set case_followed = true
    where ${ofOperator(operatorId, 'q.operator_id')} and q.settled_at is null
      and q.asked_at between ${notedAt}::timestamptz - ${COUNTED} and ${notedAt}::timestamptz and q.question_id in (
        select question_id from help_question
        where ${ofOperator(operatorId)} and person_id = ${personId}::uuid and asked_at >= ${notedAt}::timestamptz - ${COUNTED}
        union all select v.question_id from help_question f join help_question v
          on v.operator_id = f.operator_id and v.visit_id = f.visit_id
        where ${ofOperator(operatorId, 'f.operator_id')} and f.question_id = ${questionId}::uuid)`.execute(work.tx)
}

/**
 * Ends the seven days of questions, as the room that knows of cases says. Whoever asked the same in the thirty days before, in the same
 * visit or by the same person, is marked while it can be told: forgetting must not make two of one.
 */
export async function settleQuestions(
  work: Work<Job>,
  of: readonly { readonly operatorId: string; readonly questionId: string; readonly followed: boolean }[],
): Promise<void> {
  await sql`update help_question q set settled_at = ${work.now}, case_followed = q.case_followed or told.followed,
      repeats = exists (select from help_question b where b.operator_id = q.operator_id and b.visit_id = q.visit_id
          and b.language = q.language and b.group_key = q.group_key and (b.asked_at, b.question_id) < (q.asked_at, q.question_id))
        or exists (select from help_question b where b.operator_id = q.operator_id and b.person_id = q.person_id
          and b.language = q.language and b.group_key = q.group_key and (b.asked_at, b.question_id) < (q.asked_at, q.question_id))
    from json_to_recordset(${JSON.stringify(of)}::json) as told ("operatorId" uuid, "questionId" uuid, followed boolean)
    where q.operator_id = told."operatorId" and q.question_id = told."questionId"`.execute(work.tx)
}

export type Unforgotten = {
  readonly operatorId: string
  readonly questionId: string
  readonly text: string
}

/** Questions older than 30 days of which somebody could still say who asked, oldest first. */
export async function unforgotten(
  work: Work,
  operatorIds: readonly string[],
  limit: number,
): Promise<readonly Unforgotten[]> {
  const { rows } = await sql<Unforgotten>`select q.operator_id as "operatorId", q.question_id as "questionId", q.text
    from help_question q where ${ofOperators(operatorIds, 'q.operator_id')} and q.forgotten_at is null
      and q.asked_at < ${work.now}::timestamptz - interval '30 days'
    order by q.asked_at limit ${limit} for update skip locked`.execute(work.tx)
  return rows
}

/** Takes the visit, the person and the organization off questions, and the text off those that are not to keep it. */
export async function forget(
  work: Work<Job>,
  of: readonly (Omit<Unforgotten, 'text'> & { readonly keepsText: boolean })[],
): Promise<void> {
  await sql`update help_question q set visit_id = null, person_id = null, holder_id = null, forgotten_at = ${work.now},
      text = case when told."keepsText" then q.text end,
      group_key = case when told."keepsText" then q.group_key else '' end
    from json_to_recordset(${JSON.stringify(of)}::json)
      as told ("operatorId" uuid, "questionId" uuid, "keepsText" boolean)
    where q.operator_id = told."operatorId" and q.question_id = told."questionId"`.execute(work.tx)
}

// ---- What search may lean on

export type SupportRow = {
  readonly articleId: string
  readonly groupKey: string
  readonly text: string
  readonly solved: number
  readonly quiet: number
  readonly taught: boolean
}

/** Groups of questions with the article people ended with, and phrases leads have taught, by article. */
export async function supportOf(
  work: Work,
  { operatorId, language }: { readonly operatorId: string; readonly language: string },
): Promise<readonly SupportRow[]> {
  const { rows } = await sql<SupportRow>`with asked as (
      select opened[cardinality(opened)] as article_id, group_key, text, verdict, settled_at, case_followed,
        coalesce(person_id, visit_id, question_id) as visitor
      from help_question where ${ofOperator(operatorId)} and language = ${language} and cardinality(opened) > 0 and not repeats
        and not case_followed and group_key <> '' and text is not null),
    heard as (
      select article_id, group_key, mode() within group (order by text) as text,
        count(distinct visitor) filter (where verdict = 'solved')::int as solved,
        count(distinct visitor) filter (where verdict is null and settled_at is not null)::int as quiet
      from asked group by article_id, group_key),
    taught as (
      select article_id, group_key, phrase from taught_phrase
      where ${ofOperator(operatorId)} and language = ${language} and withdrawn_at is null)
    select article_id as "articleId", group_key as "groupKey", coalesce(taught.phrase, heard.text) as text,
      coalesce(solved, 0) as solved, coalesce(quiet, 0) as quiet, taught.phrase is not null as taught
    from heard full join taught using (article_id, group_key) order by article_id, group_key`.execute(work.tx)
  return rows
}

// ---- Teaching: by support leads

export type TaughtRow = {
  readonly language: string
  readonly articleId: string
  readonly groupKey: string
  readonly phrase: string
  readonly taughtAt: Temporal.Instant
  /** While he is an agent. */
  readonly taughtByName: string | null
}

export async function insertTaught(
  work: Work<Agent>,
  row: Pick<TaughtRow, 'language' | 'articleId' | 'groupKey' | 'phrase'> & { readonly operatorId: string },
): Promise<void> {
  await sql`insert into taught_phrase (operator_id, language, article_id, group_key, phrase, taught_by, taught_at)
    values (${row.operatorId}, ${row.language}, ${row.articleId}, ${row.groupKey}, ${row.phrase}, ${work.actor.agentId}, ${work.now})
    on conflict (operator_id, language, article_id, group_key) do update set phrase = excluded.phrase, taught_by = excluded.taught_by,
      taught_at = excluded.taught_at, withdrawn_by = null, withdrawn_at = null`.execute(work.tx)
}

export async function withdrawTaught(
  work: Work<Agent>,
  of: Pick<TaughtRow, 'language' | 'articleId' | 'groupKey'> & { readonly operatorId: string },
): Promise<void> {
  await sql`update taught_phrase set withdrawn_by = ${work.actor.agentId}, withdrawn_at = ${work.now}
    where ${ofOperator(of.operatorId)} and language = ${of.language} and article_id = ${of.articleId} and group_key = ${of.groupKey}
      and withdrawn_at is null`.execute(work.tx)
}

/** Phrases that are taught, of one group or of all, the latest first. */
export async function taughtPhrases(
  work: Work,
  of: { readonly operatorId: string; readonly language: string; readonly limit: number },
): Promise<readonly TaughtRow[]> {
  const { rows } = await sql<TaughtRow>`select language, article_id as "articleId", group_key as "groupKey", phrase,
      taught_at as "taughtAt", (select name from agent where agent.operator_id = taught_phrase.operator_id
        and agent.agent_id = taught_phrase.taught_by) as "taughtByName"
    from taught_phrase where ${ofOperator(of.operatorId)} and language = ${of.language} and withdrawn_at is null
    order by taught_at desc, article_id limit ${of.limit}`.execute(work.tx)
  return rows
}
