import { LOCALES } from '../../base/locale.ts'
import type { Locale } from '../../base/locale.ts'
import type { Work } from '../../database/work.ts'
import { askedFor, beginningAskedFor, lastWord } from './ask.ts'
import { meantBy, mistakesIn } from './rules/misspelling.ts'
import { findCandidates, rank } from './rules/ranking.ts'
import type { Question, Ranked, Wanted } from './rules/ranking.ts'
import { passageAround } from './rules/text.ts'
import { hitsIn, tellingWords } from './show-hits.ts'
import { ALL, hitsAt, outlinesOf, postingsOf, wordsBeginning } from './store.ts'
import type { HitRow, PostingRow, Shelf } from './store.ts'

export type Asked = {
  readonly operatorId: string
  readonly language: Locale
  /** As somebody typed it; at most 200 characters are read. */
  readonly q: string
  /** At most 21 are given. */
  readonly limit: number
}

export type Found = {
  readonly id: string
  readonly title: string
  /** Another than was asked for when nothing was found in that one. */
  readonly language: Locale
  /** About 160 characters of plain text around what was asked for. */
  readonly passage: string
  /** The place in the article that answers best; none is its beginning. */
  readonly anchor: string | undefined
  readonly heading: string
  readonly products: readonly string[]
  readonly updatedOn: string | undefined
  readonly score: number
}

const MOST = 21
/** In characters; a Chinese one says as much as two of the others. */
const PASSAGE: Record<Locale, number> = { en: 160, da: 160, 'zh-Hans': 90 }

/** The articles of an operator that answer a question, the best first. Whatever is typed gives a list, if an empty one. */
export async function search(work: Work, asked: Asked): Promise<readonly Found[]> {
  return inLanguages(asked, (shelf) => find(work, shelf, asked, askedFor(asked.q, shelf.language)))
}

/** The same while somebody types: the last word may be a beginning. */
export async function suggest(work: Work, asked: Asked): Promise<readonly Found[]> {
  return inLanguages(asked, async (shelf) => {
    const question = await continued(work, shelf, asked.q, beginningAskedFor(asked.q, shelf.language))
    return find(work, shelf, asked, question)
  })
}

/** In the language asked for; in the others, one after the other, only when it has nothing. */
async function inLanguages(
  { operatorId, language }: Asked,
  look: (shelf: Shelf) => Promise<readonly Found[]>,
): Promise<readonly Found[]> {
  for (const one of [language, ...LOCALES.filter((other) => other !== language)]) {
    const found = await look({ operatorId, language: one })
    if (found.length > 0) return found
  }
  return []
}

type Rows = Map<string, PostingRow>

async function find(work: Work, shelf: Shelf, { q, limit }: Asked, plain: Question): Promise<readonly Found[]> {
  if (plain.wanted.length === 0) return []
  const rows: Rows = new Map()
  await readRows(work, shelf, rows, [ALL, ...wordsOf(plain), ...plain.grams])
  const total = rows.get(ALL)?.articles ?? 0
  rows.delete(ALL)
  if (total === 0) return []
  const question = await corrected(work, shelf, plain, rows)
  await readRows(
    work,
    shelf,
    rows,
    wordsOf(question).filter((word) => !rows.has(word)),
  )
  const candidates = findCandidates(question, rows, total)
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
    return row ? [{ ...one, outline: row.outline }] : []
  })
  const ranked = rank(question, rows, total, known).slice(0, Math.max(0, Math.min(limit, MOST)))
  return shown(
    work,
    shelf,
    q,
    ranked.map((one) => ({ ...one, id: outlines.get(one.article)?.id ?? '' })),
  )
}

function wordsOf({ wanted }: Question): readonly string[] {
  return [...new Set(wanted.flatMap(({ words }) => words.map(({ word }) => word)))]
}

async function readRows(work: Work, shelf: Shelf, rows: Rows, words: readonly string[]): Promise<void> {
  if (words.length === 0) return
  for (const row of await postingsOf(work, shelf, words)) rows.set(row.word, row)
}

const CONTINUATIONS = 12

/** Adds the words that the last one may become. */
async function continued(work: Work, shelf: Shelf, q: string, question: Question): Promise<Question> {
  const last = lastWord(q, shelf.language)
  if (!last) return question
  const longer = await wordsBeginning(work, shelf, last.letters, CONTINUATIONS)
  const words = longer.filter(({ word }) => word !== last.word).map(({ word }) => ({ word, weight: 0.85 }))
  const at = question.wanted.findLastIndex(({ words: [own] }) => own?.word === last.word)
  return {
    ...question,
    wanted: question.wanted.map((one, index) =>
      index === at ? { ...one, weight: 1, words: [...one.words, ...words] } : one,
    ),
  }
}

const MISSPELT = 3
const NEIGHBOURS = 800

/** For words that no article has, the nearest that some have: people mistype, but seldom the first two letters. */
async function corrected(work: Work, shelf: Shelf, question: Question, rows: Rows): Promise<Question> {
  const unknown = question.wanted.filter((one) => one.inOrder && isMisspelt(one, rows)).slice(0, MISSPELT)
  const meant = new Map<Wanted, Wanted>()
  for (const one of unknown) {
    const word = one.words[0]?.word ?? ''
    const near = await wordsBeginning(work, shelf, word.slice(0, 2), NEIGHBOURS)
    meant.set(one, { ...one, words: [...one.words, ...meantBy(word, near, 3)] })
  }
  return { ...question, wanted: question.wanted.map((one) => meant.get(one) ?? one) }
}

function isMisspelt({ words }: Wanted, rows: Rows): boolean {
  return (
    words.every(({ word }) => !rows.has(word)) &&
    mistakesIn(words[0]?.word ?? '') > 0 &&
    /^[a-z]+$/.test(words[0]?.word ?? '')
  )
}

async function shown(
  work: Work,
  shelf: Shelf,
  q: string,
  ranked: readonly (Ranked & { readonly id: string })[],
): Promise<readonly Found[]> {
  if (ranked.length === 0) return []
  const hits = new Map((await hitsAt(work, shelf, ranked)).map((row) => [row.id, row]))
  const asked = tellingWords(q, shelf.language)
  return ranked.flatMap(({ id, score }) => {
    const hit = hits.get(id)
    return hit ? [foundOf(hit, shelf.language, asked, score)] : []
  })
}

function foundOf(hit: HitRow, language: Locale, asked: ReadonlySet<string>, score: number): Found {
  const { id, title, products, heading } = hit
  return {
    id,
    title,
    language,
    passage: passageOf(hit, language, asked),
    anchor: hit.anchor ?? undefined,
    heading,
    products,
    updatedOn: hit.updatedOn ?? undefined,
    score: Math.round(score * 1000) / 1000,
  }
}

/** Around what was asked for; the description where the section has none of it. */
function passageOf({ passage, description }: HitRow, language: Locale, asked: ReadonlySet<string>): string {
  const hits = hitsIn(passage, asked, language)
  if (hits.length > 0) return passageAround(passage, hits, PASSAGE[language])
  return passageAround(description.length > 20 ? description : passage, [], PASSAGE[language])
}
