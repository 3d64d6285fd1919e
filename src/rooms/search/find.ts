import type { Work } from '../../database/work.ts'
import { askedFor } from './ask.ts'
import { FACET } from './rules/inverting.ts'
import { findCandidates, rank } from './rules/ranking.ts'
import type { Question } from './rules/ranking.ts'
import type { Features } from './rules/weighing.ts'
import { vocabularyOf } from './rules/vocabulary.ts'
import type { Vocabulary } from './rules/vocabulary.ts'
import { outlinesOf, postingsOf, vocabularyIn } from './store.ts'
import type { PostingRow, Shelf } from './store.ts'

type Asking = {
  /** As somebody typed it; at most 200 characters are read. */
  readonly q: string
  /** Whether the last word may be the beginning of one. */
  readonly typing: boolean
  readonly limit: number
  /** Only articles with each of these facets, as they were indexed. */
  readonly facets?: readonly string[]
}

/** An article by its number, with the section that answers best: 0 is what stands before the first heading. */
export type Answer = {
  readonly number: number
  readonly section: number
  readonly score: number
  readonly features: Features
}

export type Answers = {
  readonly answers: readonly Answer[]
  /** Words of the question no article has, cut as they are indexed, and what they were taken for. */
  readonly corrections: readonly { readonly typed: string; readonly meant: string }[]
}

const NOTHING: Answers = { answers: [], corrections: [] }

/** The articles of a shelf that answer a question, the best first. Whatever is typed gives a list, if an empty one. */
export async function find(work: Work, shelf: Shelf, asking: Asking): Promise<Answers> {
  const read = await readFor(work, shelf, asking)
  if (!read) return NOTHING
  const { question, rows, vocabulary, within } = read
  const candidates = findCandidates(question, rows, vocabulary.total, within)
  const outlines = new Map(
    (
      await outlinesOf(
        work,
        shelf,
        candidates.map(({ article }) => article),
      )
    ).map((row) => [row.number, row]),
  )
  const known = candidates.flatMap((one) => {
    const row = outlines.get(one.article)
    return row ? [{ ...one, outline: row.outline, called: row.called }] : []
  })
  return {
    answers: rank(question, rows, vocabulary, known)
      .slice(0, Math.max(0, asking.limit))
      .map(({ article, section, score, features }) => ({ number: article, section, score, features })),
    corrections: question.wanted.flatMap(({ words: [own], meant }) =>
      own && meant !== undefined ? [{ typed: own.word, meant }] : [],
    ),
  }
}

type Read = {
  readonly question: Question
  readonly rows: ReadonlyMap<string, PostingRow>
  readonly vocabulary: Vocabulary
  readonly within: readonly Uint8Array[]
}

/** The question and the lists of its words, both of the same state of the articles. */
async function readFor(work: Work, shelf: Shelf, { q, typing, facets = [] }: Asking): Promise<Read | undefined> {
  let known = rememberedOf(shelf) ?? (await remember(work, shelf))
  for (let tries = 0; known && tries < 2; tries++) {
    const { state, vocabulary } = known
    const question = askedFor(q, shelf.language, vocabulary, typing)
    if (question.wanted.length === 0) return undefined
    const words = wordsOf(question, vocabulary)
    const asked = [...words, ...facets.map((facet) => FACET + facet)]
    const read = await postingsOf(work, shelf, asked)
    if (read.state === state) {
      const rows = new Map(read.rows.map((row) => [row.word, row]))
      const within = facets.map((facet) => rows.get(FACET + facet)?.postings ?? new Uint8Array())
      for (const facet of facets) rows.delete(FACET + facet)
      return { question, rows, vocabulary, within }
    }
    known = await remember(work, shelf)
  }
  return undefined
}

function wordsOf({ wanted, grams, phrase }: Question, vocabulary: Vocabulary): readonly string[] {
  const words = new Set(wanted.flatMap((one) => one.words.map(({ word }) => word)))
  const known = [...words].filter((word) => vocabulary.articles(word) > 0)
  return [...known, ...grams, ...(phrase === undefined ? [] : [phrase])]
}

type Remembered = { readonly state: string; readonly vocabulary: Vocabulary }

/** The words of the shelves last asked, some megabytes each; every look into the lists tells whether they still hold. */
const remembered = new Map<string, Remembered>()
const MOST_SHELVES = 24

function rememberedOf({ operatorId, language }: Shelf): Remembered | undefined {
  return remembered.get(`${operatorId} ${language}`)
}

async function remember(work: Work, shelf: Shelf): Promise<Remembered | undefined> {
  const key = `${shelf.operatorId} ${shelf.language}`
  remembered.delete(key)
  const kept = await vocabularyIn(work, shelf)
  if (!kept) return undefined
  const known = { state: kept.state, vocabulary: vocabularyOf(kept.vocabulary) }
  remembered.set(key, known)
  const [oldest] = remembered.keys()
  if (remembered.size > MOST_SHELVES && oldest !== undefined) remembered.delete(oldest)
  return known
}
