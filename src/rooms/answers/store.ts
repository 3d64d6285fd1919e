import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Locale } from '../../base/locale.ts'
import { ofOperator, ofOperators } from '../../database/wall.ts'
import type { Work } from '../../database/work.ts'
import type { Counted } from './rules/outcome.ts'

/** From, until (half-open), and in which language; all where it is absent. */
export type Period = {
  readonly from: Temporal.Instant
  readonly until: Temporal.Instant
  readonly language: Locale | undefined
}

const CAME = sql`found = 0 as "nothingFound", cardinality(opened) > 0 as opened, verdict, case_followed as "caseFollowed"`

function within(operatorId: string, { from, until, language }: Period): RawBuilder<boolean> {
  return sql<boolean>`${ofOperator(operatorId)} and asked_at >= ${from}::timestamptz and asked_at < ${until}::timestamptz
    ${language === undefined ? sql`` : sql`and language = ${language}`}`
}

export type TotalRow = Counted & { readonly language: Locale; readonly settled: boolean }

/** All questions of a period by what came of them. */
export async function totalsOf(work: Work, operatorId: string, period: Period): Promise<readonly TotalRow[]> {
  const { rows } =
    await sql<TotalRow>`select language, settled_at is not null as settled, ${CAME}, count(*)::int as questions
    from help_question where ${within(operatorId, period)} group by 1, 2, 3, 4, 5, 6`.execute(work.tx)
  return rows
}

export type GroupRow = Counted & {
  readonly groupKey: string
  readonly language: Locale
  /** The commonest wording. */
  readonly text: string
  readonly lastAskedAt: Temporal.Instant
}

/** The `limit` groups of a period with the most questions that have no good answer, by what came of them. */
export async function groupsOf(
  work: Work,
  operatorId: string,
  { limit, ...period }: Period & { readonly limit: number },
): Promise<readonly GroupRow[]> {
  const { rows } = await sql<GroupRow>`with asked as (
      select language, group_key, text, asked_at, ${CAME} from help_question
      where ${within(operatorId, period)} and group_key <> '' and text is not null),
    worst as (
      select language, group_key, mode() within group (order by text) as text, max(asked_at) as last_asked_at from asked
      group by language, group_key
      having count(*) filter (where not opened or verdict = 'unsolved' or "caseFollowed") > 0
      order by count(*) filter (where not opened or verdict = 'unsolved' or "caseFollowed") desc, language, group_key limit ${limit})
    select group_key as "groupKey", language, worst.text, last_asked_at as "lastAskedAt", "nothingFound", opened, verdict,
      "caseFollowed", count(*)::int as questions
    from worst join asked using (language, group_key) group by 1, 2, 3, 4, 5, 6, 7, 8`.execute(work.tx)
  return rows
}

export type ArticleRow = {
  readonly articleId: string
  readonly language: Locale
  /** Null when the article is no longer there. */
  readonly title: string | null
  readonly solved: number
  readonly unsolved: number
  /** What readers missed, the latest first; ten at most. */
  readonly missing: readonly string[]
}

/** Articles of which somebody said that they solved nothing, or what was missing, the worst first. */
export async function poorArticles(
  work: Work,
  operatorId: string,
  { limit, from, until, language }: Period & { readonly limit: number },
): Promise<readonly ArticleRow[]> {
  const { rows } = await sql<ArticleRow>`select v.article_id as "articleId", v.language,
      (select a.title from article a where ${ofOperator(operatorId, 'a.operator_id')} and a.article_id = v.article_id
        and a.language = v.language) as title,
      count(*) filter (where solved)::int as solved, count(*) filter (where not solved)::int as unsolved,
      coalesce((array_agg(missing order by said_at desc) filter (where missing is not null))[1:10], '{}') as missing
    from article_verdict v where ${ofOperator(operatorId, 'v.operator_id')}
      and said_at >= ${from}::timestamptz and said_at < ${until}::timestamptz
      ${language === undefined ? sql`` : sql`and v.language = ${language}`}
    group by v.article_id, v.language having count(*) filter (where not solved or missing is not null) > 0
    order by count(*) filter (where not solved) desc, v.article_id, v.language limit ${limit}`.execute(work.tx)
  return rows
}

export type Unsettled = { readonly operatorId: string; readonly questionId: string; readonly followed: boolean }

/** Questions whose seven days are over, oldest first, and whether their person opened a case in them, by whichever door. */
export async function unsettled(
  work: Work,
  operatorIds: readonly string[],
  limit: number,
): Promise<readonly Unsettled[]> {
  const { rows } = await sql<Unsettled>`select q.operator_id as "operatorId", q.question_id as "questionId",
      q.person_id is not null and exists (select from support_case c where c.organization_id = q.holder_id
        and c.requester_id = q.person_id and c.opened_at >= q.asked_at and c.opened_at <= q.asked_at + interval '7 days') as followed
    from help_question q where ${ofOperators(operatorIds, 'q.operator_id')} and q.settled_at is null
      and q.asked_at < ${work.now}::timestamptz - interval '7 days'
    order by q.asked_at limit ${limit} for update of q skip locked`.execute(work.tx)
  return rows
}
