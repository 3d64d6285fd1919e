import { gramScale } from './inverting.ts'
import type { Outline } from './inverting.ts'
import { eachPosting, lastArticle, sectionsIn } from './postings.ts'

/** One word of a question, with the words of the index that answer to it: itself, what it begins, what it was meant to be. */
export type Wanted = {
  readonly weight: number
  readonly words: readonly { readonly word: string; readonly weight: number }[]
  /** Whether it is a word of the question itself, in its order; a name in one piece or a compound is beside its parts. */
  readonly inOrder: boolean
}

export type Question = {
  readonly wanted: readonly Wanted[]
  /** Groups of characters, as words of the index. */
  readonly grams: readonly string[]
  /** Names and codes kept in one piece: who types one wants the articles that have it. */
  readonly names: readonly string[]
}

export type WordRows = ReadonlyMap<string, { readonly articles: number; readonly postings: Uint8Array }>

export type Candidate = { readonly article: number; readonly words: number; readonly grams: number }

const CANDIDATES = 60

const GRAMS = 1.6

/** From here on the characters of a title are an answer without any word in common. */
const TITLE_ALONE = 0.4

/**
 * The articles worth a closer look. Words and title characters are added as scores, both about 0 to 1: the first knows what an
 * article is about, the second survives misspelling, compounds and half a word.
 */
export function findCandidates({ wanted, grams }: Question, rows: WordRows, total: number): readonly Candidate[] {
  const size = largestIn(rows) + 1
  const words = new Float64Array(size)
  const best = new Float64Array(size)
  let possible = 0
  for (const group of wanted) {
    let rarest = 0
    for (const { word, weight } of group.words) {
      const row = rows.get(word)
      if (!row) continue
      const worth = group.weight * weight * rarity(row.articles, total)
      rarest = Math.max(rarest, worth)
      eachPosting(row.postings, (article, impact) => (best[article] = Math.max(best[article] ?? 0, worth * impact)))
    }
    // A word nobody uses costs the others half of what it would have been worth.
    possible += rarest || (group.inOrder ? (group.weight * rarity(1, total)) / 2 : 0)
    for (let at = 0; at < size; at++) words[at]! += best[at] ?? 0
    best.fill(0)
  }
  const titles = gramScores(grams, rows, total, size)
  const found: Candidate[] = []
  for (let article = 0; article < size; article++) {
    const one = { article, words: possible ? (words[article] ?? 0) / possible : 0, grams: titles[article] ?? 0 }
    if (one.words > 0 || one.grams > TITLE_ALONE) found.push(one)
  }
  return found
    .toSorted((a, b) => b.words + GRAMS * b.grams - a.words - GRAMS * a.grams || a.article - b.article)
    .slice(0, CANDIDATES)
}

function gramScores(grams: readonly string[], rows: WordRows, total: number, size: number): Float64Array {
  const scores = new Float64Array(size)
  let possible = 0
  for (const gram of grams) {
    const row = rows.get(gram)
    const worth = rarity(row?.articles ?? 1, total)
    possible += worth
    if (row) eachPosting(row.postings, (article, impact) => (scores[article]! += worth * impact))
  }
  const scale = possible ? gramScale(grams.length) / possible : 0
  return scores.map((score) => score * scale)
}

/** How much it says that a word is there: more the fewer articles have it. */
function rarity(articles: number, total: number): number {
  return Math.log(1 + (total - articles + 0.5) / (articles + 0.5))
}

function largestIn(rows: WordRows): number {
  let largest = 0
  for (const { postings } of rows.values()) largest = Math.max(largest, lastArticle(postings))
  return largest
}

export type Ranked = { readonly article: number; readonly score: number; readonly section: number }

const TITLE_COVERED = 0.9
const HEADING_COVERED = 0.45
const NEIGHBOURS = 0.35
const NAMED = 1.2

/** Of the best one's score; what is further behind is no answer. */
const LEAST = 0.12

/**
 * The candidates in their final order, with the section that answers best. Compares word by word: how much of the question a
 * title or heading has, and how much of the title or heading the question has.
 */
export function rank(
  question: Question,
  rows: WordRows,
  total: number,
  candidates: readonly (Candidate & { readonly outline: Outline })[],
): readonly Ranked[] {
  const order = orderOf(question, rows, total)
  const scored = candidates.map(({ article, words, grams, outline }) => {
    const heading = Math.max(0, ...outline.headings.map((one) => likeness(order, one)))
    const neighbours = Math.max(
      pairsIn(order, outline.title),
      ...outline.headings.map((one) => pairsIn(order, one) * 0.7),
    )
    const score =
      words +
      GRAMS * grams +
      TITLE_COVERED * likeness(order, outline.title) +
      HEADING_COVERED * heading +
      NEIGHBOURS * neighbours +
      NAMED * namesIn(question, rows, article)
    return { article, score, section: bestSection(question, rows, total, article, outline) }
  })
  const ordered = scored.toSorted((a, b) => b.score - a.score || a.article - b.article)
  const least = (ordered[0]?.score ?? 0) * LEAST
  return ordered.filter(({ score }) => score >= least)
}

/** The part of the question's names, of those anybody has, that the article has. */
function namesIn({ names }: Question, rows: WordRows, article: number): number {
  const known = names.flatMap((name) => rows.get(name) ?? [])
  return known.length
    ? known.filter(({ postings }) => sectionsIn(postings, article) !== undefined).length / known.length
    : 0
}

/** The question's words in order, and by which of them a word of a line is meant. */
type Order = { readonly weights: readonly number[]; readonly places: ReadonlyMap<string, number> }

function orderOf({ wanted }: Question, rows: WordRows, total: number): Order {
  const own = wanted.filter(({ inOrder }) => inOrder)
  const weights = own.map(
    ({ weight, words }) =>
      weight * rarity(Math.max(1, ...words.map(({ word }) => rows.get(word)?.articles ?? 0)), total),
  )
  // The first place wins, and the word itself over what it may have been meant to be.
  const places = new Map(
    own.flatMap(({ words }, place) => words.map(({ word }) => [word, place] as const)).toReversed(),
  )
  own.forEach(({ words: [first] }, place) => first && places.set(first.word, place))
  return { weights, places }
}

/** Between 0 and 1: the question's weight that stands in the line, times the line's words that stand in the question. */
function likeness({ weights, places }: Order, line: readonly string[]): number {
  const hit = line.flatMap((word) => places.get(word) ?? [])
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  if (hit.length === 0 || all === 0) return 0
  const covered = [...new Set(hit)].reduce((sum, place) => sum + (weights[place] ?? 0), 0)
  return (0.5 + (0.5 * hit.length) / line.length) * (covered / all)
}

/** The part of the question's neighbouring words that are neighbours in the line, in the same order. */
function pairsIn({ weights, places }: Order, line: readonly string[]): number {
  if (weights.length < 2) return 0
  const at = line.map((word) => places.get(word) ?? -1)
  const pairs = new Set(at.slice(1).flatMap((place, before) => (place > 0 && at[before] === place - 1 ? [place] : [])))
  return pairs.size / (weights.length - 1)
}

/**
 * The section most of the question stands in; words of its heading count three times. The title is the heading of what comes
 * before the first one, and the beginning of an article wins a draw.
 */
function bestSection(
  { wanted }: Question,
  rows: WordRows,
  total: number,
  article: number,
  { title, headings }: Outline,
): number {
  const names = [title, ...headings.slice(1, 32)]
  const scores = new Float64Array(names.length)
  for (const { weight, words } of wanted) {
    for (const { word } of words) {
      const row = rows.get(word)
      if (!row) continue
      const bits = sectionsIn(row.postings, article) ?? 0
      const worth = weight * rarity(row.articles, total)
      names.forEach((name, at) => (scores[at]! += worth * (name.includes(word) ? 3 : bits & (1 << at) ? 1 : 0)))
    }
  }
  return scores.reduce((best, score, at) => (score > (scores[best] ?? 0) * 1.01 ? at : best), 0)
}
