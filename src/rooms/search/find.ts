import { oncePerWork } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { askedFor } from './ask.ts'
import { FACET } from './rules/inverting.ts'
import type { Outline } from './rules/inverting.ts'
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
export async function find(work: Work, shelf: Shelf, { limit, ...asking }: Asking): Promise<Answers> {
  // A page that shows answers and looks for incidents asks the same question twice.
  const key = JSON.stringify([shelf, asking.q, asking.typing, asking.facets ?? []])
  const { answers, corrections } = await found.ask(work, key, () => findAll(work, shelf, asking))
  return { answers: answers.slice(0, Math.max(0, limit)), corrections }
}

const found = oncePerWork<Answers>()

async function findAll(work: Work, shelf: Shelf, asking: Omit<Asking, 'limit'>): Promise<Answers> {
  const read = await readFor(work, shelf, asking)
  if (!read) return NOTHING
  const { question, rows, known, within } = read
  const { vocabulary } = known
  const candidates = findCandidates(question, rows, vocabulary.total, within)
  const lines = await linesOf(
    work,
    shelf,
    known,
    candidates.map(({ article }) => article),
  )
  const seen = candidates.flatMap((one) => {
    const of = lines.get(one.article)
    return of ? [{ ...one, ...of }] : []
  })
  return {
    answers: rank(question, rows, vocabulary, seen).map(({ article, section, score, features }) => ({
      number: article,
      section,
      score,
      features,
    })),
    corrections: question.wanted.flatMap(({ words: [own], meant }) =>
      own && meant !== undefined ? [{ typed: own.word, meant }] : [],
    ),
  }
}

/**
 * What each of some lasting texts finds, asked as if it were a question. Remembered for as long as the articles are the same: ask a
 * question first, which notices when they are not.
 */
export async function findEach(
  work: Work,
  shelf: Shelf,
  texts: readonly string[],
  limit: number,
): Promise<readonly (readonly Answer[])[]> {
  const all: (readonly Answer[])[] = []
  for (const q of texts) {
    const key = `${limit} ${q}`
    const kept = rememberedOf(shelf)?.texts.get(key)
    const answers = kept ?? (await find(work, shelf, { q, typing: false, limit })).answers
    const known = rememberedOf(shelf)
    if (!kept && known) {
      if (known.texts.size >= MOST_TEXTS) known.texts.clear()
      known.texts.set(key, answers)
    }
    all.push(answers)
  }
  return all
}

/** The words of a shelf's articles, to weigh other texts beside them; none before anything was published. */
export async function vocabularyOfShelf(work: Work, shelf: Shelf): Promise<Vocabulary | undefined> {
  return (rememberedOf(shelf) ?? (await remember(work, shelf)))?.vocabulary
}

type Read = {
  readonly question: Question
  readonly rows: ReadonlyMap<string, PostingRow>
  readonly known: Remembered
  readonly within: readonly Uint8Array[]
}

/** The question and the lists of its words, both of the same state of the articles. */
async function readFor(
  work: Work,
  shelf: Shelf,
  { q, typing, facets = [] }: Omit<Asking, 'limit'>,
): Promise<Read | undefined> {
  let known = rememberedOf(shelf) ?? (await remember(work, shelf))
  for (let tries = 0; known && tries < 2; tries++) {
    const { state, vocabulary } = known
    const question = askedFor(q, shelf.language, vocabulary, typing)
    if (question.wanted.length === 0) return undefined
    const words = wordsOf(question, vocabulary)
    const asked = [...words, ...facets.map((facet) => FACET + facet)]
    const lists = known.lists
    const read = await postingsOf(
      work,
      shelf,
      asked.filter((word) => !lists.has(word)),
    )
    if (read.state === state) {
      const rows = new Map<string, PostingRow>()
      for (const word of asked) {
        const row = lists.get(word)
        if (row) rows.set(word, row)
      }
      for (const row of read.rows) {
        rows.set(row.word, row)
        keepList(known, row)
      }
      const within = facets.map((facet) => rows.get(FACET + facet)?.postings ?? new Uint8Array())
      for (const facet of facets) rows.delete(FACET + facet)
      return { question, rows, known, within }
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

type Lines = { readonly outline: Outline; readonly called: readonly (readonly string[])[] }

type Remembered = {
  readonly state: string
  readonly vocabulary: Vocabulary
  /** Of articles that were candidates before: some kilobytes each, their words being the vocabulary's own. */
  readonly lines: Map<number, Lines>
  /** The lists of words that were asked for before, of some megabytes together: common words are long, and asked for often. */
  readonly lists: Map<string, PostingRow>
  listBytes: number
  /** What lasting texts find. */
  readonly texts: Map<string, readonly Answer[]>
}

/** What the shelves last asked say, some megabytes each; every look into the lists tells whether it still holds. */
const remembered = new Map<string, Remembered>()
const MOST_SHELVES = 24
const MOST_LINES = 6000
const MOST_TEXTS = 1000
const MOST_LIST_BYTES = 16 * 1024 * 1024

function rememberedOf({ operatorId, language }: Shelf): Remembered | undefined {
  return remembered.get(`${operatorId} ${language}`)
}

async function remember(work: Work, shelf: Shelf): Promise<Remembered | undefined> {
  const key = `${shelf.operatorId} ${shelf.language}`
  remembered.delete(key)
  const kept = await vocabularyIn(work, shelf)
  if (!kept) return undefined
  const known = {
    state: kept.state,
    vocabulary: vocabularyOf(kept.vocabulary),
    lines: new Map<number, Lines>(),
    lists: new Map<string, PostingRow>(),
    listBytes: 0,
    texts: new Map<string, readonly Answer[]>(),
  }
  remembered.set(key, known)
  const [oldest] = remembered.keys()
  if (remembered.size > MOST_SHELVES && oldest !== undefined) remembered.delete(oldest)
  return known
}

/** The oldest make room. */
function keepList(known: Remembered, row: PostingRow): void {
  known.lists.set(row.word, row)
  known.listBytes += row.postings.byteLength
  for (const [word, { postings }] of known.lists) {
    if (known.listBytes <= MOST_LIST_BYTES) return
    known.lists.delete(word)
    known.listBytes -= postings.byteLength
  }
}

/** Titles, headings and callings of articles: reading them takes longer than all else, so they are remembered too. */
async function linesOf(
  work: Work,
  shelf: Shelf,
  { vocabulary, lines }: Remembered,
  numbers: readonly number[],
): Promise<ReadonlyMap<number, Lines>> {
  const missing = numbers.filter((number) => !lines.has(number))
  if (missing.length === 0) return lines
  const own = (line: readonly string[]) => line.map(vocabulary.own)
  if (lines.size + missing.length > MOST_LINES)
    for (const number of lines.keys()) if (!numbers.includes(number)) lines.delete(number)
  for (const { number, outline, called } of await outlinesOf(work, shelf, missing)) {
    const { title, headings, name, lengths } = outline
    const kept = {
      outline: { title: own(title), headings: headings.map(own), name: own(name), lengths },
      called: called.map(({ words }) => own(words)),
    }
    lines.set(number, kept)
  }
  return lines
}
