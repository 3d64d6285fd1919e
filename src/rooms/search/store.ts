import { sql } from 'kysely'
import type { Locale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import { ofOperator } from '../../database/wall.ts'
import type { Work } from '../../database/work.ts'
import type { Called, Indexed, Outline, WordRow } from './rules/inverting.ts'
import type { KeptVocabulary } from './rules/vocabulary.ts'

/** The tables this room writes. */
export const TABLES = ['article_words', 'article_posting', 'article_vocabulary'] as const

/** Articles are kept, searched and imported within one operator and one language. */
export type Shelf = { readonly operatorId: string; readonly language: Locale }

// ---- Searching

export type PostingRow = { readonly word: string; readonly articles: number; readonly postings: Buffer }

/**
 * Where words stand, and from which state of the articles that is known. Words nobody uses give no row. One look into the index
 * for each word, whatever the planner knows of the table: just after an import it knows nothing, and would read all words of the
 * language to compare them.
 */
export async function postingsOf(
  work: Work,
  { operatorId, language }: Shelf,
  words: readonly string[],
): Promise<{ readonly state: string; readonly rows: readonly PostingRow[] }> {
  const { rows } =
    await sql<PostingRow>`select null as word, 0 as articles, convert_to(state, 'UTF8') as postings from article_vocabulary
      where ${ofOperator(operatorId)} and language = ${language}
    union all
    select found.word, found.articles, found.postings from unnest(${words}::text[]) as asked (one)
    cross join lateral (select word, articles, postings from article_posting
      where ${ofOperator(operatorId)} and language = ${language} and word = asked.one limit 1) as found`.execute(
      work.tx,
    )
  return {
    state: rows.find(({ word }) => word === null)?.postings.toString() ?? '',
    rows: rows.filter(({ word }) => word !== null),
  }
}

/** All words there are, with the state of the articles they were read from; none before anything was published. */
export async function vocabularyIn(
  work: Work,
  { operatorId, language }: Shelf,
): Promise<{ readonly state: string; readonly vocabulary: KeptVocabulary } | undefined> {
  const { rows } = await sql<{
    state: string
    vocabulary: KeptVocabulary
  }>`select state, vocabulary from article_vocabulary where ${ofOperator(operatorId)} and language = ${language}`.execute(
    work.tx,
  )
  return rows[0]
}

export type OutlineRow = { readonly number: number; readonly outline: Outline; readonly called: readonly Called[] }

export async function outlinesOf(
  work: Work,
  { operatorId, language }: Shelf,
  numbers: readonly number[],
): Promise<readonly OutlineRow[]> {
  const { rows } = await sql<OutlineRow>`select number, outline, called from article_words
    where ${ofOperator(operatorId)} and language = ${language} and number = any(${numbers}::int[])`.execute(work.tx)
  return rows
}

// ---- Publishing

/** One import at a time of the same articles: their numbers are given in turn, and their words are written as a whole. */
export async function lockShelf(work: Work<Job>, { operatorId, language }: Shelf): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`articles ${operatorId} ${language}`}, 0))`.execute(work.tx)
}

export type ArticleWords = Omit<Indexed, 'called'>

/** Writes what articles say, as words. They are found once the words are published. */
export async function writeWords(
  work: Work<Job>,
  { operatorId, language }: Shelf,
  articles: readonly ArticleWords[],
): Promise<void> {
  await sql`insert into article_words (operator_id, language, number, title, headings, facets, outline, counts)
    select ${operatorId}, ${language}, number, title, headings, facets, outline, counts
    from json_to_recordset(${JSON.stringify(articles)}::json) as new (number int, title text, headings text[], facets text[],
      outline jsonb, counts jsonb)
    on conflict (operator_id, language, number) do update set title = excluded.title, headings = excluded.headings,
      facets = excluded.facets, outline = excluded.outline, counts = excluded.counts`.execute(work.tx)
}

/** Writes what articles are called elsewhere, where that has changed; who is not named is called nothing. */
export async function writeCalled(
  work: Work<Job>,
  { operatorId, language }: Shelf,
  called: readonly { readonly number: number; readonly called: readonly Called[] }[],
): Promise<void> {
  await sql`update article_words set called = coalesce(new.called, '[]')
    from article_words old
    left join json_to_recordset(${JSON.stringify(called)}::json) as new (number int, called jsonb) using (number)
    where ${ofOperator(operatorId, 'old.operator_id')} and old.language = ${language}
      and article_words.operator_id = old.operator_id and article_words.language = old.language
      and article_words.number = old.number and old.called <> coalesce(new.called, '[]')`.execute(work.tx)
}

/** How many articles there are, and the mean lengths of title, headings, description, body and path. */
export async function sizesOf(
  work: Work<Job>,
  { operatorId, language }: Shelf,
): Promise<{ readonly articles: number; readonly means: readonly number[] }> {
  const { rows } = await sql<{
    articles: number
    means: readonly number[] | null
  }>`select (select count(*) from article_words where ${ofOperator(operatorId)} and language = ${language}) as articles,
      array_agg(mean order by field) as means
    from (select field, avg(length::numeric)::float8 as mean from article_words,
        jsonb_array_elements_text(outline -> 'lengths') with ordinality as lengths (length, field)
      where ${ofOperator(operatorId)} and language = ${language} group by field) as fields`.execute(work.tx)
  return { articles: rows[0]?.articles ?? 0, means: rows[0]?.means ?? [] }
}

/** Articles with their counted words, in the order of their numbers, from after one. */
export async function countedAfter(
  work: Work<Job>,
  { operatorId, language }: Shelf,
  after: number,
  limit: number,
): Promise<readonly Indexed[]> {
  const { rows } = await sql<Indexed>`select number, title, headings, facets, counts, outline, called from article_words
    where ${ofOperator(operatorId)} and language = ${language} and number > ${after} order by number limit ${limit}`.execute(
    work.tx,
  )
  return rows
}

const ROWS_AT_ONCE = 2000

/** Replaces the lists of words; who searches meanwhile reads those before. */
export async function writePostings(
  work: Work<Job>,
  { operatorId, language }: Shelf,
  rows: Iterable<WordRow>,
): Promise<void> {
  await sql`delete from article_posting where ${ofOperator(operatorId)} and language = ${language}`.execute(work.tx)
  let some: ReturnType<typeof asJson>[] = []
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

export async function writeVocabulary(
  work: Work<Job>,
  { operatorId, language }: Shelf,
  state: string,
  vocabulary: KeptVocabulary,
): Promise<void> {
  await sql`insert into article_vocabulary (operator_id, language, state, vocabulary)
    values (${operatorId}, ${language}, ${state}, ${JSON.stringify(vocabulary)})
    on conflict (operator_id, language) do update set state = excluded.state, vocabulary = excluded.vocabulary`.execute(
    work.tx,
  )
}
