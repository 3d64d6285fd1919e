import { gramScale } from './inverting.ts'
import type { Outline } from './inverting.ts'
import { eachPosting, lastArticle, sectionsIn } from './postings.ts'
import { rarity, weigh } from './weighing.ts'
import type { Features, Known, Order } from './weighing.ts'
import { beginsWith, likeness, pairsIn, sameCharacters, wordsCovered } from './weighing.ts'

/** One word of a question, with the words of the index that answer to it: itself, what it begins, what it was meant to be. */
export type Wanted = {
  readonly weight: number
  readonly words: readonly { readonly word: string; readonly weight: number }[]
  /** Whether it is a word of the question itself, in its order; a name in one piece or a compound is beside its parts. */
  readonly inOrder: boolean
  /** What it was taken for, when no article has it as it was typed. */
  readonly meant?: string | undefined
}

export type Question = {
  readonly wanted: readonly Wanted[]
  /** Groups of characters, as words of the index. */
  readonly grams: readonly string[]
  /** Names and codes kept in one piece: who types one wants the articles that have it. */
  readonly names: readonly string[]
  /** The whole of it, as a word of the index. */
  readonly phrase: string | undefined
  /** Its characters, where it has Chinese ones: they say as much in another order. */
  readonly characters: ReadonlySet<string>
}

export type WordRows = ReadonlyMap<string, { readonly articles: number; readonly postings: Uint8Array }>

export type Candidate = {
  readonly article: number
  readonly words: number
  readonly grams: number
  readonly whole: number
}

const CANDIDATES = 60

/** What characters of a title, and a line that is the whole question, count for when candidates are chosen. */
const GRAMS = 0.8
const WHOLE = 3

/** From here on the characters of a title are an answer without any word in common. */
const TITLE_ALONE = 0.4

/**
 * The articles worth a closer look. Words and title characters are added as scores, both about 0 to 1: the first knows what an
 * article is about, the second survives misspelling, compounds and half a word.
 * @param within lists of postings; only articles that stand in each of them are looked at
 */
export function findCandidates(
  { wanted, grams, phrase }: Question,
  rows: WordRows,
  total: number,
  within: readonly Uint8Array[] = [],
): readonly Candidate[] {
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
  const whole = new Float64Array(size)
  const same = phrase === undefined ? undefined : rows.get(phrase)
  if (same) eachPosting(same.postings, (article, impact) => (whole[article] = impact))
  const allowed = within.map((postings) => numbersIn(postings))
  const found: (Candidate & { readonly score: number })[] = []
  for (let article = 0; article < size; article++) {
    const one = {
      article,
      words: possible ? (words[article] ?? 0) / possible : 0,
      grams: titles[article] ?? 0,
      whole: whole[article] ?? 0,
    }
    if ((one.words > 0 || one.grams > TITLE_ALONE) && allowed.every((numbers) => numbers.has(article)))
      found.push({ ...one, score: firstScore(one) })
  }
  return found.toSorted((a, b) => b.score - a.score || a.article - b.article).slice(0, CANDIDATES)
}

function firstScore({ words, grams, whole }: Candidate): number {
  return words + GRAMS * grams + (whole > 0 ? WHOLE : 0)
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

function numbersIn(postings: Uint8Array): ReadonlySet<number> {
  const numbers = new Set<number>()
  eachPosting(postings, (article) => numbers.add(article))
  return numbers
}

function largestIn(rows: WordRows): number {
  let largest = 0
  for (const { postings } of rows.values()) largest = Math.max(largest, lastArticle(postings))
  return largest
}

export type Ranked = {
  readonly article: number
  readonly score: number
  readonly section: number
  /** What the score is made of, each part between 0 and about 1. */
  readonly features: Features
}

/** Of the best one's score; what is further behind is no answer. */
const LEAST = 0.12

/**
 * The candidates in their final order, with the section that answers best. Compares word by word: how much of the question a
 * title, a heading or a link's text has, and how much of that line the question has.
 */
export function rank(
  question: Question,
  rows: WordRows,
  known: Known,
  candidates: readonly (Candidate & { readonly outline: Outline; readonly called: readonly (readonly string[])[] })[],
): readonly Ranked[] {
  const order = orderOf(question, rows, known)
  const scored = candidates.map(({ article, words, grams, whole, outline, called }): Ranked => {
    const { section, covered } = sectionOf(question, order, rows, known.total, article, outline)
    const features: Features = {
      words,
      titleCharacters: grams,
      title: likeness(order, outline.title, known).either,
      heading: bestOf(outline.headings, (line) => likeness(order, line, known).both),
      called: bestOf(called, (line) => likeness(order, line, known).both),
      path: likeness(order, outline.name, known).either,
      titlePairs: pairsIn(order, outline.title),
      headingPairs: bestOf(outline.headings, (line) => pairsIn(order, line)),
      beginning: Math.max(
        beginsWith(order, outline.title),
        bestOf(called, (line) => beginsWith(order, line)),
      ),
      section: covered,
      whole,
      names: namesIn(question, rows, article),
      titleSigns: sameCharacters(question.characters, outline.title, known),
      calledSigns: bestOf(called, (line) => sameCharacters(question.characters, line, known)),
    }
    return { article, section, features, score: weigh(features) }
  })
  const ordered = scored.toSorted((a, b) => b.score - a.score || a.article - b.article)
  const least = (ordered[0]?.score ?? 0) * LEAST
  return ordered.filter(({ score }) => score >= least)
}

function bestOf(lines: readonly (readonly string[])[], of: (line: readonly string[]) => number): number {
  let best = 0
  for (const line of lines) best = Math.max(best, of(line))
  return best
}

/** The part of the question's names, of those anybody has, that the article has. */
function namesIn({ names }: Question, rows: WordRows, article: number): number {
  const known = names.flatMap((name) => rows.get(name) ?? [])
  return known.length
    ? known.filter(({ postings }) => sectionsIn(postings, article) !== undefined).length / known.length
    : 0
}

function orderOf({ wanted }: Question, rows: WordRows, { total }: Known): Order {
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
  return { weights, places, all: weights.reduce((sum, weight) => sum + weight, 0) }
}

const HEADING = 3

/**
 * The section most of the question stands in, where words of its heading count three times, and the largest part of the question
 * that stands in one section. The title is the heading of what comes before the first one, and the beginning of an article wins
 * a draw.
 */
function sectionOf(
  { wanted }: Question,
  { weights, all }: Order,
  rows: WordRows,
  total: number,
  article: number,
  { title, headings }: Outline,
): { readonly section: number; readonly covered: number } {
  const names = [title, ...headings.slice(1, 32)]
  const scores = new Float64Array(names.length)
  const covered = new Float64Array(32)
  let place = 0
  for (const { weight, words, inOrder } of wanted) {
    let anywhere = 0
    for (const { word } of words) {
      const row = rows.get(word)
      const bits = row ? (sectionsIn(row.postings, article) ?? 0) : 0
      if (!row || bits === 0) continue
      anywhere |= bits
      const worth = weight * rarity(row.articles, total)
      for (let at = 0; at < names.length; at++)
        if (bits & (1 << at)) scores[at]! += names[at]?.includes(word) ? HEADING * worth : worth
    }
    if (inOrder) wordsCovered(covered, anywhere, weights[place++] ?? 0)
  }
  return {
    section: scores.reduce((best, score, at) => (score > (scores[best] ?? 0) * 1.01 ? at : best), 0),
    covered: all ? Math.max(...covered) / all : 0,
  }
}
