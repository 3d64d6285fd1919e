import { sql } from 'kysely'
import type { Locale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import { ofOperator } from '../../database/wall.ts'
import type { Work } from '../../database/work.ts'
import { writeWords } from '../search/index.ts'
import type { ArticleWords, Calling, Shelf } from '../search/index.ts'
import type { Fault, FileFault } from './rules/faults.ts'
import type { Relative } from './rules/relating.ts'

/** The tables this room writes. */
export const TABLES = ['article', 'article_section', 'former_article'] as const

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
  /** Whether other operators' readers see other parts of it. */
  readonly tailored: boolean
  /** Every language the article exists in. */
  readonly languages: readonly Locale[]
  /** Others worth reading next, the best first. */
  readonly related: readonly { readonly id: string; readonly title: string }[]
}

/** An article in the wanted language, else in another, by the order given. */
export async function articleIn(
  work: Work,
  operatorId: string,
  id: string,
  order: readonly Locale[],
): Promise<ArticleRow | undefined> {
  const { rows } =
    await sql<ArticleRow>`select article_id as id, language, title, description, products, html, headings, updated_on as "updatedOn", tailored,
      (select coalesce(json_agg(json_build_object('id', near.article_id, 'title', near.title) order by wanted.place), '[]')
        from unnest(article.related) with ordinality as wanted (id, place) join article near on near.article_id = wanted.id
        and near.language = article.language and ${ofOperator(operatorId, 'near.operator_id')}) as related,
      array(select other.language from article other where ${ofOperator(operatorId, 'other.operator_id')} and other.article_id = ${id}
        order by other.language) as languages
    from article where ${ofOperator(operatorId)} and article_id = ${id}
    order by array_position(${order}::text[], language) limit 1`.execute(work.tx)
  return rows[0]
}

/** The titles of those articles that are there, each in the wanted language or else in another, by the order given. */
export async function titlesIn(
  work: Work,
  operatorId: string,
  ids: readonly string[],
  order: readonly Locale[],
): Promise<readonly { readonly id: string; readonly title: string; readonly language: Locale }[]> {
  const { rows } = await sql<{ id: string; title: string; language: Locale }>`
    select distinct on (article_id) article_id as id, title, language from article
    where ${ofOperator(operatorId)} and article_id = any(${ids})
    order by article_id, array_position(${order}::text[], language)`.execute(work.tx)
  return rows
}

export type FormerRow = {
  readonly language: Locale
  readonly title: string
  /** Undefined when nothing has taken its place. */
  readonly movedTo: string | null
}

/** An article that was at an address, in the language told first, else in another. */
export async function formerIn(
  work: Work,
  operatorId: string,
  id: string,
  order: readonly Locale[],
): Promise<FormerRow | undefined> {
  const { rows } = await sql<FormerRow>`select language, title, (select article_id from article
      where ${ofOperator(operatorId, 'article.operator_id')} and article_id = former_article.moved_to limit 1) as "movedTo"
    from former_article where ${ofOperator(operatorId, 'former_article.operator_id')} and former_article.article_id = ${id}
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
  readonly audiences: readonly string[]
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
    await sql<HitRow>`select number, article_id as id, title, description, products, audiences, updated_on as "updatedOn", anchor, heading, passage
    from unnest(${numbers}::int[], ${sections}::int[]) as found (number, position)
    cross join lateral (select article_id, title, description, products, audiences, updated_on from article
      where ${ofOperator(operatorId)} and language = ${language} and number = found.number limit 1) as article
    cross join lateral (select anchor, heading, passage from article_section
      where ${ofOperator(operatorId)} and article_id = article.article_id and language = ${language} and position = found.position limit 1)
      as section`.execute(work.tx)
  return rows
}

// ---- Importing

/** The source of articles written in the product. No folder may be imported under it, so no import ever removes them. */
export const HERE = '@here'

export type NewArticle = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly products: readonly string[]
  /** Whom it is written for; who may ask sees all of them. */
  readonly audiences?: readonly string[]
  readonly html: string
  readonly headings: ArticleRow['headings']
  readonly updatedOn: string | undefined
  /** The path of its file, where it has one. */
  readonly path?: string
  /** Where it leads among the other articles. */
  readonly links?: readonly { readonly text: string; readonly target: string }[]
  readonly tailored?: boolean
  readonly faults?: readonly Fault[]
  readonly digest: string
  /** Of what stays the same when the file is renamed. */
  readonly bodyDigest?: string
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
): Promise<readonly { number: number; id: string; digest: string; source: string; bodyDigest: string | null }[]> {
  const { rows } = await sql<{
    number: number
    id: string
    digest: string
    source: string
    bodyDigest: string | null
  }>`select number, article_id as id, source_digest as digest, source, nullif(body_digest, '') as "bodyDigest" from article
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
  }>`insert into article (operator_id, language, source, article_id, number, title, description, products, audiences, html, headings, updated_on,
      source_digest, path, links, tailored, faults, body_digest)
    select ${operatorId}, ${language}, ${source}, id, (select coalesce(max(number), 0) from article where ${ofOperator(operatorId)}
        and language = ${language}) + row_number() over (), title, description, products, coalesce(audiences, '{}'), html, headings, "updatedOn", digest,
      coalesce(path, id), coalesce(links, '[]'), coalesce(tailored, false), coalesce(faults, '[]'), coalesce("bodyDigest", '')
    from json_to_recordset(${JSON.stringify(articles.map(({ words: _words, sections: _sections, ...row }) => row))}::json) as new (id text, title text, description text, products text[], audiences text[], html text,
      headings jsonb, "updatedOn" date, digest text, path text, links jsonb, tailored boolean, faults jsonb, "bodyDigest" text)
    on conflict (operator_id, article_id, language) do update set source = excluded.source, title = excluded.title,
      description = excluded.description, products = excluded.products, audiences = excluded.audiences, html = excluded.html, headings = excluded.headings,
      updated_on = excluded.updated_on, source_digest = excluded.source_digest, path = excluded.path,
      links = excluded.links, tailored = excluded.tailored, faults = excluded.faults, body_digest = excluded.body_digest
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

/** What was not understood in the articles of one source, in the order of their files and lines. */
export async function faultsOf(
  work: Work<Job>,
  { operatorId, language }: Shelf,
  source: string,
): Promise<readonly FileFault[]> {
  const { rows } = await sql<FileFault>`select path as file, code, line, detail from article,
      jsonb_to_recordset(faults) as fault (code text, line int, detail text)
    where ${ofOperator(operatorId)} and language = ${language} and source = ${source} order by path collate "C", line`.execute(
    work.tx,
  )
  return rows.map(({ line, ...fault }) => ({ ...fault, line: line ?? undefined }))
}

/** Takes articles down. Their addresses keep saying what was there. */
export async function retireArticles(
  work: Work<Job>,
  { operatorId, language }: Shelf,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  await sql`insert into former_article (operator_id, language, article_id, title, retired_at)
    select operator_id, language, article_id, title, ${work.now} from article
    where ${ofOperator(operatorId)} and language = ${language} and article_id = any(${ids}::text[])
    on conflict (operator_id, article_id, language) do update set title = excluded.title, retired_at = excluded.retired_at, moved_to = null`.execute(
    work.tx,
  )
  await sql`delete from article where ${ofOperator(operatorId)} and language = ${language} and article_id = any(${ids}::text[])`.execute(
    work.tx,
  )
}

/** Addresses that lead elsewhere; those that led to one of them follow it. */
export async function writeRedirects(
  work: Work<Job>,
  { operatorId, language }: Shelf,
  redirects: readonly { readonly from: string; readonly to: string }[],
): Promise<void> {
  if (redirects.length === 0) return
  const asked = JSON.stringify([...new Map(redirects.map(({ from, to }) => [from, { from, to }])).values()])
  await sql`update former_article set moved_to = told."to" from json_to_recordset(${asked}::json) as told ("from" text, "to" text)
    where ${ofOperator(operatorId)} and language = ${language} and moved_to = told."from"`.execute(work.tx)
  await sql`insert into former_article (operator_id, language, article_id, title, retired_at, moved_to)
    select ${operatorId}, ${language}, told."from", '', ${work.now}, told."to"
    from json_to_recordset(${asked}::json) as told ("from" text, "to" text)
    on conflict (operator_id, article_id, language) do update set moved_to = excluded.moved_to`.execute(work.tx)
}

/** What is an article again is no former one. */
export async function forgetFormer(work: Work<Job>, { operatorId, language }: Shelf): Promise<void> {
  await sql`delete from former_article where ${ofOperator(operatorId, 'former_article.operator_id')} and language = ${language}
    and exists (select from article where ${ofOperator(operatorId, 'article.operator_id')} and article.language = ${language}
      and article.article_id = former_article.article_id)`.execute(work.tx)
}

/** What relatives are found by, of every article, and those found before. */
export async function relativesOf(
  work: Work<Job>,
  { operatorId, language }: Shelf,
): Promise<readonly (Relative & { readonly related: readonly string[] })[]> {
  const { rows } = await sql<
    Relative & { related: readonly string[] }
  >`select article_id as id, outline -> 'title' as words, products, related,
      array(select link ->> 'target' from jsonb_array_elements(links) as link) as targets
    from article join article_words using (operator_id, language, number)
    where ${ofOperator(operatorId)} and language = ${language} order by article_id collate "C"`.execute(work.tx)
  return rows
}

export async function writeRelated(
  work: Work<Job>,
  { operatorId, language }: Shelf,
  articles: readonly { readonly id: string; readonly related: readonly string[] }[],
): Promise<void> {
  await sql`update article set related = told.related
    from json_to_recordset(${JSON.stringify(articles)}::json) as told (id text, related text[])
    where ${ofOperator(operatorId)} and language = ${language} and article_id = told.id`.execute(work.tx)
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
