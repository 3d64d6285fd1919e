import { distanceBetween, mistakesIn } from './misspelling.ts'
import type { Meanings } from './meanings.ts'

/** Every word of a shelf's articles: what a question is made sense of with, before any article is looked at. */
export type Vocabulary = {
  /** How many articles there are. */
  readonly total: number
  /** How many articles have a word; 0 for none. */
  readonly articles: (word: string) => number
  /** The same word as the vocabulary holds it: thousands of outlines share their words so. */
  readonly own: (word: string) => string
  /** The commonest words that begin so. */
  readonly beginning: (letters: string, limit: number) => readonly string[]
  /** What a word that nobody uses was probably meant to be, the likeliest first. */
  readonly near: (word: string, limit: number) => readonly Weighed[]
  /** Two words of the articles that a longer one is made of. */
  readonly parts: (word: string, stem: (part: string) => string) => readonly [string, string] | undefined
  /** The words of titles that mean the same. */
  readonly meaning: (word: string) => readonly Weighed[]
}

export type Weighed = { readonly word: string; readonly weight: number }

/** A vocabulary as it is kept: words in the order of their characters' codes, each with its number of articles. */
export type KeptVocabulary = {
  readonly total: number
  readonly words: readonly string[]
  readonly articles: readonly number[]
  readonly meanings: Meanings
}

const LATIN = /^[a-z]+$/

/** @param kept the words sorted by their characters' codes, as `toSorted()` does */
export function vocabularyOf({ total, words, articles, meanings }: KeptVocabulary): Vocabulary {
  const places = new Map(words.map((word, at) => [word, at]))
  const count = (word: string) => articles[places.get(word) ?? -1] ?? 0
  const meant = new Map(Object.entries(meanings))
  const within = withoutFirst(words)
  const commonest = (a: string, b: string) => count(b) - count(a) || (a < b ? -1 : 1)
  return {
    total,
    articles: count,
    own: (word) => words[places.get(word) ?? -1] ?? word,
    beginning: (letters, limit) => [...from(words, letters)].toSorted(commonest).slice(0, limit),
    near: (word, limit) => near(word, words, within, commonest).slice(0, limit),
    parts: (word, stem) => partsOf(word, stem, count),
    meaning: (word) => meant.get(word) ?? [],
  }
}

function* from(words: readonly string[], beginning: string): Iterable<string> {
  let low = 0
  let high = words.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((words[middle] ?? '') < beginning) low = middle + 1
    else high = middle
  }
  for (let at = low; at < words.length; at++) {
    const word = words[at] ?? ''
    if (!word.startsWith(beginning)) return
    yield word
  }
}

/** Words by their second and third letter: for questions that have lost the first. */
function withoutFirst(words: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const within = new Map<string, string[]>()
  for (const word of words) {
    if (word.length < 4 || !LATIN.test(word)) continue
    const key = word.slice(1, 3)
    const others = within.get(key)
    if (others) others.push(word)
    else within.set(key, [word])
  }
  return within
}

/** What a slip is worth: how sure it is that the other word was meant. */
const ONE_MISTAKE = 0.75
const TWO_MISTAKES = 0.45
const AT_THE_FIRST_LETTER = 0.1

/** People mistype, but seldom the first letter: those that have another are looked for by the two after it, or swapped. */
function near(
  word: string,
  words: readonly string[],
  within: ReadonlyMap<string, readonly string[]>,
  commonest: (a: string, b: string) => number,
): readonly Weighed[] {
  const most = mistakesIn(word)
  if (most === 0 || !LATIN.test(word)) return []
  const [first = '', second = '', third = ''] = word
  const likely = new Set([
    ...from(words, first),
    ...from(words, second + first),
    ...from(words, second + third),
    ...(within.get(first + second) ?? []),
  ])
  const found = [...likely].flatMap((other) => {
    if (Math.abs(other.length - word.length) > most || !LATIN.test(other)) return []
    const distance = distanceBetween(word, other, most)
    return distance <= most ? [{ word: other, distance, strange: other[0] === first ? 0 : 1 }] : []
  })
  return found
    .toSorted((a, b) => a.distance + a.strange / 2 - b.distance - b.strange / 2 || commonest(a.word, b.word))
    .map(({ word: other, distance, strange }) => ({
      word: other,
      weight: (distance <= 1 ? ONE_MISTAKE : TWO_MISTAKES) - strange * AT_THE_FIRST_LETTER,
    }))
}

const SHORTEST_COMPOUND = 8
const SHORTEST_PART = 3

/** The best two of a compound's possible parts: both are words, also without a linking `s` or `e`, and neither is rare. */
function partsOf(
  word: string,
  stem: (part: string) => string,
  articles: (word: string) => number,
): readonly [string, string] | undefined {
  if (word.length < SHORTEST_COMPOUND || !LATIN.test(word)) return undefined
  let best: { readonly parts: readonly [string, string]; readonly articles: number } | undefined
  for (let at = SHORTEST_PART + 1; at <= word.length - SHORTEST_PART; at++) {
    const start = word.slice(0, at)
    const end = stem(word.slice(at))
    for (const one of new Set([start, start.replace(/[se]$/, '')])) {
      const first = stem(one)
      const both = one.length < SHORTEST_PART ? 0 : Math.min(articles(first), articles(end))
      if (both > (best?.articles ?? 0)) best = { parts: [first, end], articles: both }
    }
  }
  return best?.parts
}
