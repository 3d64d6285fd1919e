import { addPosting, emptyList, packed } from './postings.ts'
import type { PostingList } from './postings.ts'
import { gramsOf } from './tokens.ts'

/** How often a word stands in title, headings, description and body, and in which sections (bits). */
export type Counts = Readonly<
  Record<string, readonly [title: number, headings: number, description: number, body: number, sections: number]>
>

/** How many words stand in title, headings, description and body. */
export type Lengths = readonly [title: number, headings: number, description: number, body: number]

/** An article's words in order, for comparing with a question: of the title, and of each section's heading. */
export type Outline = {
  readonly title: readonly string[]
  readonly headings: readonly (readonly string[])[]
  readonly lengths: Lengths
}

export type Indexed = {
  readonly number: number
  readonly title: string
  readonly counts: Counts
  readonly lengths: Lengths
}

/** A row of `article_posting`. */
export type WordRow = { readonly word: string; readonly articles: number; readonly postings: Uint8Array }

/** Before a group of characters of a title, so that it is never taken for a word. */
export const GRAM = '~'

/** Title, headings, description, body: what a word there weighs, and how much less it weighs where there are many. */
const FIELDS = [
  { weight: 4, lengthMatters: 0.3 },
  { weight: 2, lengthMatters: 0.5 },
  { weight: 2, lengthMatters: 0.4 },
  { weight: 1, lengthMatters: 0.75 },
] as const
const SATURATION = 2.5
const GRAM_LENGTH_MATTERS = 0.4

export type Inverter = {
  /** Articles come in the order of their numbers. */
  add(article: Indexed): void
  rows(): Iterable<WordRow>
}

/**
 * Turns articles with their words into words with their articles, one article after the other, so that only the lists are kept.
 * Each posting carries BM25F's saturated weight of the word in the article, ready to be multiplied by the word's rarity.
 * @param means the mean lengths of all articles there will be
 */
export function inverter(means: Lengths): Inverter {
  const lists = new Map<string, PostingList>()
  return {
    add({ number, title, counts, lengths }) {
      for (const [word, count] of Object.entries(counts)) {
        addPosting(listOf(lists, word), {
          article: number,
          impact: impactOf(count, lengths, means),
          sections: count[4],
        })
      }
      const grams = gramsOf(title)
      const share = grams.length ** -GRAM_LENGTH_MATTERS
      for (const gram of grams) addPosting(listOf(lists, GRAM + gram), { article: number, impact: share, sections: 0 })
    },
    *rows() {
      for (const [word, list] of lists) yield { word, articles: list.count, postings: packed(list) }
    },
  }
}

/** What the groups of a question's own characters are multiplied by, so that a title equal to it scores 1. */
export function gramScale(count: number): number {
  return count ** GRAM_LENGTH_MATTERS
}

function impactOf(count: Counts[string], lengths: Lengths, means: Lengths): number {
  const weight = FIELDS.reduce<number>((sum, { weight: of, lengthMatters }, field) => {
    const length = (lengths[field] ?? 0) / Math.max(1, means[field] ?? 1)
    return sum + (of * (count[field] ?? 0)) / (1 - lengthMatters + lengthMatters * length)
  }, 0)
  return weight / (SATURATION + weight)
}

function listOf(lists: Map<string, PostingList>, word: string): PostingList {
  let list = lists.get(word)
  if (!list) lists.set(word, (list = emptyList()))
  return list
}
