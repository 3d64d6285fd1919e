import { packPostings } from './postings.ts'
import type { Posting } from './postings.ts'
import { gramsOf } from './tokens.ts'

/** How often a word stands in title, headings, description and body, and in which sections (bits). */
export type Counts = Readonly<Record<string, readonly [title: number, headings: number, description: number, body: number, sections: number]>>

/** An article's words in order, for comparing with a question: of the title, and of each section's heading. */
export type Outline = { readonly title: readonly string[]; readonly headings: readonly (readonly string[])[] }

export type Indexed = { readonly number: number; readonly title: string; readonly counts: Counts }

/** A row of `article_posting`. */
export type WordRow = { readonly word: string; readonly articles: number; readonly postings: Uint8Array }

/** Before a group of characters of a title, so that it is never taken for a word. */
export const GRAM = '~'

const WEIGHTS = [4, 2, 2, 1] as const
const LENGTH_MATTERS = [0.3, 0.5, 0.4, 0.75] as const
const SATURATION = 2.5
const GRAM_LENGTH_MATTERS = 0.4

/**
 * Turns articles with their words into words with their articles. Each posting carries BM25F's saturated weight of the word in
 * the article, ready to be multiplied by the word's rarity.
 */
export function invert(articles: readonly Indexed[]): readonly WordRow[] {
  const ordered = articles.toSorted((a, b) => a.number - b.number)
  const lengths = ordered.map(({ counts }) => lengthsOf(counts))
  const means = ([0, 1, 2, 3] as const).map((field) => Math.max(1, lengths.reduce((sum, one) => sum + (one[field] ?? 0), 0) / Math.max(1, lengths.length)))
  const lists = new Map<string, Posting[]>()
  ordered.forEach(({ number, title, counts }, at) => {
    for (const [word, count] of Object.entries(counts)) {
      listOf(lists, word).push({ article: number, impact: impactOf(count, lengths[at] ?? [], means), sections: count[4] })
    }
    const grams = gramsOf(title)
    for (const gram of grams) listOf(lists, GRAM + gram).push({ article: number, impact: grams.length ** -GRAM_LENGTH_MATTERS, sections: 0 })
  })
  return [...lists].map(([word, list]) => ({ word, articles: list.length, postings: packPostings(list) }))
}

/** What the groups of a question's own characters are multiplied by, so that a title equal to it scores 1. */
export function gramScale(count: number): number {
  return count ** GRAM_LENGTH_MATTERS
}

function lengthsOf(counts: Counts): readonly number[] {
  const sums = [0, 0, 0, 0]
  for (const count of Object.values(counts)) for (let field = 0; field < 4; field++) sums[field]! += count[field] ?? 0
  return sums
}

function impactOf(count: Counts[string], lengths: readonly number[], means: readonly number[]): number {
  const weight = WEIGHTS.reduce((sum, of, field) => {
    const strength = LENGTH_MATTERS[field] ?? 0
    const length = (lengths[field] ?? 0) / (means[field] ?? 1)
    return sum + (of * (count[field] ?? 0)) / (1 - strength + strength * length)
  }, 0)
  return weight / (SATURATION + weight)
}

function listOf(lists: Map<string, Posting[]>, word: string): Posting[] {
  let list = lists.get(word)
  if (!list) lists.set(word, (list = []))
  return list
}
