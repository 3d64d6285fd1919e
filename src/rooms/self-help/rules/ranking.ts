import { gramScale } from './inverting.ts'
import type { Outline } from './inverting.ts'
import { eachPosting, sectionsIn } from './postings.ts'

/** One word of a question, with the words of the index that answer to it: itself, what it begins, what it was meant to be. */
export type Wanted = { readonly weight: number; readonly words: readonly { readonly word: string; readonly weight: number }[] }

export type Question = {
  readonly wanted: readonly Wanted[]
  /** Groups of characters, as words of the index. */
  readonly grams: readonly string[]
  /** The words in order, each with its weight, for comparing with titles and headings. */
  readonly order: readonly { readonly word: string; readonly weight: number }[]
}

export type WordRows = ReadonlyMap<string, { readonly articles: number; readonly postings: Uint8Array }>

export type Candidate = { readonly article: number; readonly words: number; readonly grams: number }

const CANDIDATES = 60

const GRAMS = 1.6

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
    possible += rarest || (group.weight * rarity(1, total)) / 2
    for (let at = 0; at < size; at++) words[at]! += best[at] ?? 0
    best.fill(0)
  }
  const titles = gramScores(grams, rows, total, size)
  const found: Candidate[] = []
  for (let article = 0; article < size; article++) {
    const one = { article, words: possible ? (words[article] ?? 0) / possible : 0, grams: titles[article] ?? 0 }
    if (one.words > 0 || one.grams > 0) found.push(one)
  }
  return found.toSorted((a, b) => b.words + GRAMS * b.grams - a.words - GRAMS * a.grams || a.article - b.article).slice(0, CANDIDATES)
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
  for (const { postings } of rows.values()) {
    const last = new DataView(postings.buffer, postings.byteOffset, postings.byteLength)
    if (postings.byteLength >= 10) largest = Math.max(largest, last.getUint32(postings.byteLength - 10))
  }
  return largest
}

export type Ranked = { readonly article: number; readonly score: number; readonly section: number }

const TITLE_COVERED = 0.9
const HEADING_COVERED = 0.45
const NEIGHBOURS = 0.35

/**
 * The candidates in their final order, with the section that answers best. Compares word by word: how much of the question a
 * title or heading has, and how much of the title or heading the question has.
 */
export function rank(question: Question, rows: WordRows, total: number, candidates: readonly (Candidate & { readonly outline: Outline })[]): readonly Ranked[] {
  const order = question.order.map(({ word, weight }) => ({ word, weight: weight * rarity(rows.get(word)?.articles ?? 1, total) }))
  const scored = candidates.map(({ article, words, grams, outline }) => {
    const heading = Math.max(0, ...outline.headings.map((one) => likeness(order, one)))
    const neighbours = Math.max(pairsIn(order, outline.title), ...outline.headings.map((one) => pairsIn(order, one) * 0.7))
    const score = words + GRAMS * grams + TITLE_COVERED * likeness(order, outline.title) + HEADING_COVERED * heading + NEIGHBOURS * neighbours
    return { article, score, section: bestSection(question, rows, total, article, outline) }
  })
  return scored.toSorted((a, b) => b.score - a.score || a.article - b.article)
}

type Order = readonly { readonly word: string; readonly weight: number }[]

/** Between 0 and 1: the question's weight that stands in the line, times the line's words that stand in the question. */
function likeness(order: Order, line: readonly string[]): number {
  if (line.length === 0 || order.length === 0) return 0
  const inLine = new Set(line)
  const asked = new Set(order.map(({ word }) => word))
  const all = order.reduce((sum, { weight }) => sum + weight, 0)
  const covered = order.reduce((sum, { word, weight }) => sum + (inLine.has(word) ? weight : 0), 0)
  if (covered === 0 || all === 0) return 0
  const back = line.filter((word) => asked.has(word)).length / line.length
  return (0.5 + 0.5 * back) * (covered / all)
}

/** The part of the question's neighbouring words that are neighbours in the line, in the same order. */
function pairsIn(order: Order, line: readonly string[]): number {
  if (order.length < 2 || line.length < 2) return 0
  const pairs = new Set(line.slice(1).map((word, at) => `${line[at] ?? ''} ${word}`))
  const hits = order.slice(1).filter(({ word }, at) => pairs.has(`${order[at]?.word ?? ''} ${word}`)).length
  return hits / (order.length - 1)
}

/** The section most of the question stands in; a heading's words count three times. The introduction wins a draw. */
function bestSection({ wanted }: Question, rows: WordRows, total: number, article: number, { headings }: Outline): number {
  const scores = new Float64Array(Math.min(32, Math.max(1, headings.length)))
  for (const { weight, words } of wanted) {
    for (const { word } of words) {
      const row = rows.get(word)
      if (!row) continue
      const bits = sectionsIn(row.postings, article)
      const worth = weight * rarity(row.articles, total)
      for (let at = 0; at < scores.length; at++) {
        if (bits & (1 << at)) scores[at]! += worth * (headings[at]?.includes(word) ? 3 : 1)
      }
    }
  }
  return scores.reduce((best, score, at) => (score > (scores[best] ?? 0) * 1.01 ? at : best), 0)
}
