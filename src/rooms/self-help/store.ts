import { sql } from 'kysely'
import type { Locale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import { ofOperator } from '../../database/wall.ts'
import type { Work } from '../../database/work.ts'
import { writeWords } from '../search/index.ts'
import type { ArticleWords, Calling, Shelf } from '../search/index.ts'

/** The tables this room writes. */
export const TABLES = ['article', 'article_section'] as const

export type ArticleRow = {
  readonly id: string
  readonly language: Locale
  readonly title: string
  readonly description: string
  readonly products: readonly string[]
  readonly html: string
  readonly headings: readonly { readonly id: string; readonly text: string; readonly depth: 2 | 3 }[]
  /** A date without a zone, as the article says it. */
  readonly updatedOn: string | null
  /** Every language the article exists in. */
  readonly languages: readonly Locale[]
}

/** An article in the wanted language, else in another, by the order given. */
export async function articleIn(
  work: Work,
  operatorId: string,
  id: string,
  order: readonly Locale[],
): Promise<ArticleRow | undefined> {
  const { rows } =
    await sql<ArticleRow>`select article_id as id, language, title, description, products, html, headings, updated_on as "updatedOn",
      array(select other.language from article other where ${ofOperator(operatorId, 'other.operator_id')} and other.article_id = ${id}
        order by other.language) as languages
    from article where ${ofOperator(operatorId)} and article_id = ${id}
    order by array_position(${order}::text[], language) limit 1`.execute(work.tx)
  return rows[0]
}

// ---- Searching

export type HitRow = {
  readonly number: number
  readonly id: string
  readonly title: string
  readonly description: string
  readonly products: readonly string[]
  readonly updatedOn: string | null
  readonly anchor: string | null
  readonly heading: string
  readonly passage: string
}

/** What is shown of the sections that were found. */
export async function hitsAt(
  work: Work,
  { operatorId, language }: Shelf,
  places: readonly { number: number; section: number }[],
): Promise<readonly HitRow[]> {
  const numbers = places.map(({ number }) => number)
  const sections = places.map(({ section }) => section)
  const { rows } =
    await sql<HitRow>`select number, article_id as id, title, description, products, updated_on as "updatedOn", anchor, heading, passage
    from unnest(${numbers}::int[], ${sections}::int[]) as found (number, position)
    cross join lateral (select article_id, title, description, products, updated_on from article
      where ${ofOperator(operatorId)} and language = ${language} and number = found.number limit 1) as article
    cross join lateral (select anchor, heading, passage from article_section
      where ${ofOperator(operatorId)} and article_id = article.article_id and language = ${language} and position = found.position limit 1)
      as section`.execute(work.tx)
  return rows
}

// ---- Importing

export type NewArticle = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly products: readonly string[]
  readonly html: string
  readonly headings: ArticleRow['headings']
  readonly updatedOn: string | undefined
  readonly digest: string
  /** Where it leads, by the id of the article there, with the words of the link. */
  readonly links: readonly { readonly text: string; readonly target: string }[]
  readonly words: Omit<ArticleWords, 'number'>
  readonly sections: readonly {
    readonly anchor: string | undefined
    readonly heading: string
    readonly passage: string
  }[]
}

export async function digestsOf(
  work: Work<Job>,
  { operatorId, language }: Shelf,
): Promise<readonly { id: string; digest: string; source: string }[]> {
  const { rows } = await sql<{
    id: string
    digest: string
    source: string
  }>`select article_id as id, source_digest as digest, source from article
    where ${ofOperator(operatorId)} and language = ${language}`.execute(work.tx)
  return rows
}

/** Writes articles whole, with their sections; one that is there already keeps its number. */
export async function writeArticles(
  work: Work<Job>,
  { operatorId, language }: Shelf,
  source: string,
  articles: readonly NewArticle[],
): Promise<void> {
  const ids = articles.map(({ id }) => id)
  await sql`delete from article_section where ${ofOperator(operatorId)} and language = ${language} and article_id = any(${ids}::text[])`.execute(
    work.tx,
  )
  const written = await sql<{
    number: number
    id: string
  }>`insert into article (operator_id, language, source, article_id, number, title, description, products, html, headings, updated_on,
      source_digest, links)
    select ${operatorId}, ${language}, ${source}, id, (select coalesce(max(number), 0) from article where ${ofOperator(operatorId)}
        and language = ${language}) + row_number() over (), title, description, products, html, headings, "updatedOn", digest, links
    from json_to_recordset(${JSON.stringify(articles.map(({ words: _words, sections: _sections, ...row }) => row))}::json) as new (id text, title text, description text, products text[], html text,
      headings jsonb, "updatedOn" date, digest text, links jsonb)
    on conflict (operator_id, article_id, language) do update set source = excluded.source, title = excluded.title,
      description = excluded.description, products = excluded.products, html = excluded.html, headings = excluded.headings,
      updated_on = excluded.updated_on, source_digest = excluded.source_digest, links = excluded.links
    returning number, article_id as id`.execute(work.tx)
  const numbers = new Map(written.rows.map(({ id, number }) => [id, number]))
  await writeWords(
    work,
    { operatorId, language },
    articles.flatMap(({ id, words }) => {
      const number = numbers.get(id)
      return number === undefined ? [] : [{ ...words, number }]
    }),
  )
  const sections = articles.flatMap(({ id, sections: of }) =>
    of.map((section, position) => ({ id, position, ...section })),
  )
  await sql`insert into article_section (operator_id, language, article_id, position, anchor, heading, passage)
    select ${operatorId}, ${language}, id, position, anchor, heading, passage
    from json_to_recordset(${JSON.stringify(sections)}::json) as new (id text, position int, anchor text, heading text, passage text)`.execute(
    work.tx,
  )
}

export async function removeArticles(
  work: Work<Job>,
  { operatorId, language }: Shelf,
  ids: readonly string[],
): Promise<void> {
  await sql`delete from article where ${ofOperator(operatorId)} and language = ${language} and article_id = any(${ids}::text[])`.execute(
    work.tx,
  )
}

const LONGEST_CALLING = 200

/** The texts of links that lead to each article from others, with the number of articles that use them. */
export async function callingsOf(work: Work<Job>, { operatorId, language }: Shelf): Promise<readonly Calling[]> {
  const { rows } =
    await sql<Calling>`select target.number, left(link.text, ${LONGEST_CALLING}) as text, count(distinct source.number) as weight
    from article source
    cross join lateral jsonb_to_recordset(source.links) as link (text text, target text)
    join article target on ${ofOperator(operatorId, 'target.operator_id')} and target.language = ${language}
      and target.article_id = link.target and target.number <> source.number
    where ${ofOperator(operatorId, 'source.operator_id')} and source.language = ${language}
    group by 1, 2 order by 1, 2`.execute(work.tx)
  return rows
}
