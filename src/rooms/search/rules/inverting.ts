import { phraseOf } from './phrases.ts'
import { addPosting, emptyList, packed } from './postings.ts'
import type { PostingList } from './postings.ts'
import { gramsOf } from './tokens.ts'

/** How often a word stands in title, headings, description, body and the article's own path, and in which sections (bits). */
export type Counts = Readonly<
  Record<
    string,
    readonly [title: number, headings: number, description: number, body: number, name: number, sections: number]
  >
>

/** How many words stand in title, headings, description, body and path. */
export type Lengths = readonly [title: number, headings: number, description: number, body: number, name: number]

/** An article's words in order, for comparing with a question. The first heading is empty: it is the introduction's. */
export type Outline = {
  readonly title: readonly string[]
  readonly headings: readonly (readonly string[])[]
  /** What its file is called, often in English where the article is not. */
  readonly name: readonly string[]
  readonly lengths: Lengths
}

/** A line others call an article by, the text of a link or a question that it answered, cut as `outline` is. */
export type Called = { readonly text: string; readonly words: readonly string[]; readonly weight: number }

export type Indexed = {
  readonly number: number
  readonly title: string
  /** The headings as they are written, without the introduction's. */
  readonly headings: readonly string[]
  /** Products, audiences and whatever else answers can be narrowed to, as `product=mail`. */
  readonly facets: readonly string[]
  readonly counts: Counts
  readonly outline: Outline
  readonly called: readonly Called[]
}

/** A row of `article_posting`. */
export type WordRow = { readonly word: string; readonly articles: number; readonly postings: Uint8Array }

/** Before a group of characters of a title, a whole line, and a facet, so that none is taken for a word. */
export const GRAM = '~'
export const PHRASE = '='
export const FACET = '#'

/** Title, headings, description, body, path, what others call it: what a word there weighs, and how much less where there are many. */
const FIELDS = [
  { weight: 4, lengthMatters: 0.3 },
  { weight: 2, lengthMatters: 0.5 },
  { weight: 2, lengthMatters: 0.4 },
  { weight: 1, lengthMatters: 0.6 },
  { weight: 1.5, lengthMatters: 0.3 },
  { weight: 1.5, lengthMatters: 0.5 },
] as const
const CALLED = 5
const SECTIONS = 5
const SATURATION = 2.5
const GRAM_LENGTH_MATTERS = 0.4

/** A line that is the whole question: the title has been counted in many other ways already. */
const WHOLE = { title: 0.4, heading: 1, called: 1 } as const

export type Means = readonly number[]

export type Inverter = {
  /** Articles come in the order of their numbers. */
  add(article: Indexed): void
  rows(): Iterable<WordRow>
}

/**
 * Turns articles with their words into words with their articles, one article after the other, so that only the lists are kept.
 * Each posting carries BM25F's saturated weight of the word in the article, ready to be multiplied by the word's rarity.
 * @param means the mean lengths of the fields in all articles there will be, what others call them last
 */
export function inverter(means: Means): Inverter {
  const lists = new Map<string, PostingList>()
  return {
    add(article) {
      const { number, title, counts, outline, called, facets } = article
      const calledCounts = countsOf(called)
      const lengths = [...outline.lengths, sumOf(calledCounts.values())]
      const own = new Map(Object.entries(counts))
      for (const word of new Set([...own.keys(), ...calledCounts.keys()])) {
        const count = own.get(word) ?? NONE
        const impact = impactOf([...count.slice(0, CALLED), calledCounts.get(word) ?? 0], lengths, means)
        addPosting(listOf(lists, word), { article: number, impact, sections: count[SECTIONS] ?? 0 })
      }
      const grams = gramsOf(title)
      const share = grams.length ** -GRAM_LENGTH_MATTERS
      for (const gram of grams) addPosting(listOf(lists, GRAM + gram), { article: number, impact: share, sections: 0 })
      for (const [phrase, { impact, sections }] of phrasesOf(article))
        addPosting(listOf(lists, PHRASE + phrase), { article: number, impact, sections })
      for (const facet of new Set(facets))
        addPosting(listOf(lists, FACET + facet), { article: number, impact: 1, sections: 0 })
    },
    *rows() {
      for (const [word, list] of lists) yield { word, articles: list.count, postings: packed(list) }
    },
  }
}

const NONE = [0, 0, 0, 0, 0, 0] as const

/** How often each word stands in what an article is called; a line used often counts more, but not many times more. */
function countsOf(called: readonly Called[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { words, weight } of called)
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + Math.sqrt(weight))
  return counts
}

/** How many words an article is called by, as its other lengths are counted. */
export function calledLength(called: readonly Called[]): number {
  return sumOf(countsOf(called).values())
}

function sumOf(numbers: Iterable<number>): number {
  let sum = 0
  for (const one of numbers) sum += one
  return sum
}

type Phrase = { readonly impact: number; readonly sections: number }

function phrasesOf({ title, headings, called }: Indexed): ReadonlyMap<string, Phrase> {
  const phrases = new Map<string, Phrase>()
  const add = (text: string, impact: number, sections: number) => {
    const phrase = phraseOf(text)
    const before = phrase === undefined ? undefined : phrases.get(phrase)
    if (phrase !== undefined && (before?.impact ?? 0) < impact) phrases.set(phrase, { impact, sections })
  }
  headings.forEach((text, at) => add(text, WHOLE.heading, 2 ** Math.min(at + 1, 31)))
  called.forEach(({ text }) => add(text, WHOLE.called, 1))
  add(title, WHOLE.title, 1)
  return phrases
}

/** What the groups of a question's own characters are multiplied by, so that a title equal to it scores 1. */
export function gramScale(count: number): number {
  return count ** GRAM_LENGTH_MATTERS
}

function impactOf(count: readonly number[], lengths: readonly number[], means: Means): number {
  const weight = FIELDS.reduce<number>((sum, { weight: of, lengthMatters }, field) => {
    const found = count[field] ?? 0
    if (found === 0) return sum
    const length = (lengths[field] ?? 0) / Math.max(1, means[field] ?? 1)
    return sum + (of * found) / (1 - lengthMatters + lengthMatters * length)
  }, 0)
  return weight / (SATURATION + weight)
}

function listOf(lists: Map<string, PostingList>, word: string): PostingList {
  let list = lists.get(word)
  if (!list) lists.set(word, (list = emptyList()))
  return list
}
