import { sql } from 'kysely'
import type { Locale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import { ofOperator } from '../../database/wall.ts'
import type { Work } from '../../database/work.ts'
import type { Fault, FileFault } from './rules/faults.ts'
import type { Counts, Indexed, Lengths, Outline, WordRow } from './rules/inverting.ts'
import type { Relative } from './rules/relating.ts'

/** The tables this room writes. */
export const TABLES = ['article', 'article_section', 'article_posting', 'former_article'] as const

/** Articles are kept, searched and imported within one operator and one language. */
export type Shelf = { readonly operatorId: string; readonly language: Locale }

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

export type PostingRow = { readonly word: string; readonly articles: number; readonly postings: Buffer }

/** Stands for all articles in the list of words: their number, and from which state of them the list was made. */
export const ALL = ''

/**
 * Where words stand. Words nobody uses give no row. One look into the index for each word, whatever the planner knows of the
 * table: just after an import it knows nothing, and would read all words of the language to compare them.
 */
export async function postingsOf(
  work: Work,
  { operatorId, language }: Shelf,
  words: readonly string[],
): Promise<readonly PostingRow[]> {
  const { rows } =
    await sql<PostingRow>`select found.word, found.articles, found.postings from unnest(${words}::text[]) as asked (one)
    cross join lateral (select word, articles, postings from article_posting
      where ${ofOperator(operatorId)} and language = ${language} and word = asked.one limit 1) as found`.execute(
      work.tx,
    )
  return rows
}

const LAST = '\u{10FFFF}'

/** The commonest words that begin so. */
export async function wordsBeginning(
  work: Work,
  shelf: Shelf,
  beginning: string,
  limit: number,
): Promise<readonly { word: string; articles: number }[]> {
  const { rows } = await sql<{ word: string; articles: number }>`select word, articles from article_posting
    where ${ofOperator(shelf.operatorId)} and language = ${shelf.language} and word >= ${beginning} and word < ${beginning + LAST}
    order by articles desc, word limit ${limit}`.execute(work.tx)
  return rows
}

export type OutlineRow = { readonly number: number; readonly id: string; readonly outline: Outline }

export async function outlinesOf(
  work: Work,
  { operatorId, language }: Shelf,
  numbers: readonly number[],
): Promise<readonly OutlineRow[]> {
  const { rows } = await sql<OutlineRow>`select number, article_id as id, outline from article
    where ${ofOperator(operatorId)} and language = ${language} and number = any(${numbers}::int[])`.execute(work.tx)
  return rows
}

export type HitRow = {
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
  places: readonly { id: string; section: number }[],
): Promise<readonly HitRow[]> {
  const ids = places.map(({ id }) => id)
  const { rows } =
    await sql<HitRow>`select article_id as id, title, description, products, updated_on as "updatedOn", section.anchor, section.heading, section.passage
    from article join article_section section using (operator_id, article_id, language)
    where ${ofOperator(operatorId, 'article.operator_id')} and language = ${language} and article_id = any(${ids}::text[])
      and section.position = (${JSON.stringify(Object.fromEntries(places.map(({ id, section }) => [id, section])))}::jsonb ->> article_id)::int`.execute(
      work.tx,
    )
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
  /** The path of its file, where it has one. */
  readonly path?: string
  /** Where it leads among the other articles. */
  readonly links?: readonly { readonly text: string; readonly target: string }[]
  readonly tailored?: boolean
  readonly faults?: readonly Fault[]
  readonly digest: string
  /** Of what stays the same when the file is renamed. */
  readonly bodyDigest?: string
  readonly outline: Outline
  readonly counts: Counts
  readonly sections: readonly {
    readonly anchor: string | undefined
    readonly heading: string
    readonly passage: string
  }[]
}

/** One import at a time of the same articles: their numbers are given in turn, and their words are written as a whole. */
export async function lockShelf(work: Work<Job>, { operatorId, language }: Shelf): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`articles ${operatorId} ${language}`}, 0))`.execute(work.tx)
}

export async function digestsOf(
  work: Work<Job>,
  { operatorId, language }: Shelf,
): Promise<readonly { id: string; digest: string; source: string; bodyDigest: string | null }[]> {
  const { rows } = await sql<{
    id: string
    digest: string
    source: string
    bodyDigest: string | null
  }>`select article_id as id, source_digest as digest, source, nullif(body_digest, '') as "bodyDigest" from article
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
  await sql`insert into article (operator_id, language, source, article_id, number, title, description, products, html, headings, updated_on,
      source_digest, outline, counts, path, links, tailored, faults, body_digest)
    select ${operatorId}, ${language}, ${source}, id, (select coalesce(max(number), 0) from article where ${ofOperator(operatorId)}
        and language = ${language}) + row_number() over (), title, description, products, html, headings, "updatedOn", digest, outline, counts,
      coalesce(path, id), coalesce(links, '[]'), coalesce(tailored, false), coalesce(faults, '[]'), coalesce("bodyDigest", '')
    from json_to_recordset(${JSON.stringify(articles)}::json) as new (id text, title text, description text, products text[], html text,
      headings jsonb, "updatedOn" date, digest text, outline jsonb, counts jsonb, path text, links jsonb, tailored boolean, faults jsonb, "bodyDigest" text)
    on conflict (operator_id, article_id, language) do update set source = excluded.source, title = excluded.title,
      description = excluded.description, products = excluded.products, html = excluded.html, headings = excluded.headings,
      updated_on = excluded.updated_on, source_digest = excluded.source_digest, outline = excluded.outline, counts = excluded.counts, path = excluded.path,
      links = excluded.links, tailored = excluded.tailored, faults = excluded.faults, body_digest = excluded.body_digest`.execute(
    work.tx,
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
    from article where ${ofOperator(operatorId)} and language = ${language} order by article_id collate "C"`.execute(
    work.tx,
  )
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

/** How many articles there are, and the mean lengths of their parts. */
export async function sizesOf(
  work: Work<Job>,
  { operatorId, language }: Shelf,
): Promise<{ readonly articles: number; readonly means: Lengths }> {
  const { rows } = await sql<{
    articles: number
    title: number
    headings: number
    description: number
    body: number
  }>`select count(*) as articles,
      coalesce(avg((outline #>> '{lengths,0}')::numeric), 0) as title, coalesce(avg((outline #>> '{lengths,1}')::numeric), 0) as headings,
      coalesce(avg((outline #>> '{lengths,2}')::numeric), 0) as description, coalesce(avg((outline #>> '{lengths,3}')::numeric), 0) as body
    from article where ${ofOperator(operatorId)} and language = ${language}`.execute(work.tx)
  const { articles, title, headings, description, body } = rows[0] ?? {
    articles: 0,
    title: 0,
    headings: 0,
    description: 0,
    body: 0,
  }
  return { articles, means: [title, headings, description, body] }
}

/** Articles with their counted words, in the order of their numbers, from after one. */
export async function countedAfter(
  work: Work<Job>,
  { operatorId, language }: Shelf,
  after: number,
  limit: number,
): Promise<readonly Indexed[]> {
  const { rows } = await sql<Indexed>`select number, title, counts, outline -> 'lengths' as lengths from article
    where ${ofOperator(operatorId)} and language = ${language} and number > ${after} order by number limit ${limit}`.execute(
    work.tx,
  )
  return rows
}

const ROWS_AT_ONCE = 2000

/** Replaces the list of words; who searches meanwhile reads the one before. */
export async function writePostings(
  work: Work<Job>,
  { operatorId, language }: Shelf,
  all: WordRow,
  rows: Iterable<WordRow>,
): Promise<void> {
  await sql`delete from article_posting where ${ofOperator(operatorId)} and language = ${language}`.execute(work.tx)
  let some = [asJson(all)]
  const write = async () => {
    await sql`insert into article_posting (operator_id, language, word, articles, postings)
      select ${operatorId}, ${language}, word, articles, decode(hex, 'hex')
      from json_to_recordset(${JSON.stringify(some)}::json) as new (word text, articles int, hex text)`.execute(work.tx)
    some = []
  }
  for (const row of rows) {
    some.push(asJson(row))
    if (some.length === ROWS_AT_ONCE) await write()
  }
  await write()
}

function asJson({ word, articles, postings }: WordRow) {
  return { word, articles, hex: Buffer.from(postings).toString('hex') }
}
