/** What an article's score is made of; each is between 0 and about 1, and none knows of the others. */
export type Features = {
  /** How much the article is about the question's words (BM25F over its fields). */
  readonly words: number
  /** Groups of characters the title shares with the question: they survive misspelling and half a word. */
  readonly titleCharacters: number
  /** How much of the question the title has, and of the title the question. */
  readonly title: number
  readonly heading: number
  /** The same for the texts of links that lead here, and for questions it has answered. */
  readonly called: number
  readonly path: number
  /** Neighbouring words that are neighbours here too. */
  readonly titlePairs: number
  readonly headingPairs: number
  /** A title or link text that begins with the question's words. */
  readonly beginning: number
  /** How much of the question stands together in one section. */
  readonly section: number
  /** A title, heading or link that is the whole question. */
  readonly whole: number
  readonly names: number
  /** Chinese characters in any order. */
  readonly titleSigns: number
  readonly calledSigns: number
}

/**
 * Found by coordinate ascent on twelve sets of questions at once, long articles and one-paragraph answers of two kinds of
 * documentation in three languages; half the questions of each set decided, the other half judged (decision 12).
 */
const WEIGHTS: Features = {
  words: 3.4,
  titleCharacters: 1.65,
  title: 0.65,
  heading: 0.35,
  called: 0.75,
  path: 1.25,
  titlePairs: 0.55,
  headingPairs: 0.4,
  beginning: 0.5,
  section: 0.9,
  whole: 2.1,
  names: 0.4,
  titleSigns: 1.45,
  calledSigns: 0.4,
}

const FEATURES = Object.keys(WEIGHTS) as readonly (keyof Features)[]

export function weigh(features: Features): number {
  let score = 0
  for (const feature of FEATURES) score += WEIGHTS[feature] * features[feature]
  return score
}

export type Point = {
  readonly feature: keyof Features
  readonly value: number
  readonly weight: number
  readonly points: number
}

/** What a score is made of, the most first; what adds nothing is left out. */
export function pointsOf(features: Features): readonly Point[] {
  return FEATURES.map((feature) => ({
    feature,
    value: features[feature],
    weight: WEIGHTS[feature],
    points: WEIGHTS[feature] * features[feature],
  }))
    .filter(({ points }) => points > 0)
    .toSorted((a, b) => b.points - a.points)
}

/** How much it says that a word is there: more the fewer articles have it. */
export function rarity(articles: number, total: number): number {
  return Math.log(1 + (total - articles + 0.5) / (articles + 0.5))
}

/** The question's words in order, and by which of them a word of a line is meant. */
export type Order = {
  readonly weights: readonly number[]
  readonly places: ReadonlyMap<string, number>
  /** The sum of the weights. */
  readonly all: number
}

/** How many articles there are, and how many have a word. */
export type Known = { readonly total: number; readonly articles: (word: string) => number }

const NOTHING = { either: 0, both: 0 }

/**
 * How alike the question and a line are, between 0 and 1. `either` is the part of the question the line has, half of it whatever
 * else the line says; `both` that part times the part of the line, by the rarity of its words, the question has.
 */
export function likeness(
  { weights, places, all }: Order,
  line: readonly string[],
  { total, articles }: Known,
): { readonly either: number; readonly both: number } {
  let hits = 0
  let hitRarity = 0
  const seen = new Set<number>()
  for (const word of line) {
    const place = places.get(word)
    if (place === undefined) continue
    hits += 1
    hitRarity += rarity(articles(word), total)
    seen.add(place)
  }
  if (hits === 0 || all === 0) return NOTHING
  let covered = 0
  for (const place of seen) covered += weights[place] ?? 0
  let lineRarity = 0
  for (const word of line) lineRarity += rarity(articles(word), total)
  const part = covered / all
  return {
    either: (0.5 + (0.5 * hits) / line.length) * part,
    both: lineRarity > 0 ? (part * hitRarity) / lineRarity : 0,
  }
}

/** The part of the question's neighbouring words that are neighbours in the line, in the same order. */
export function pairsIn({ weights, places }: Order, line: readonly string[]): number {
  if (weights.length < 2) return 0
  const pairs = new Set<number>()
  let before = -1
  for (const word of line) {
    const place = places.get(word) ?? -1
    if (place > 0 && before === place - 1) pairs.add(place)
    before = place
  }
  return pairs.size / (weights.length - 1)
}

/** 1 when the line begins with all of the question's words in their order, and less the fewer it begins with. */
export function beginsWith({ weights, places }: Order, line: readonly string[]): number {
  let same = 0
  while (same < weights.length && same < line.length && places.get(line[same] ?? '') === same) same += 1
  return weights.length > 0 ? same / weights.length : 0
}

/** How much of the question's characters a line has, in any order; half of it whatever else the line says. */
export function sameCharacters(
  asked: ReadonlySet<string>,
  line: readonly string[],
  { total, articles }: Known,
): number {
  if (asked.size < 2) return 0
  const own = new Set<string>()
  for (const word of line) for (const one of charactersOf(word)) own.add(one)
  let all = 0
  let shared = 0
  for (const one of asked) {
    const worth = rarity(articles(one), total)
    all += worth
    if (own.has(one)) shared += worth
  }
  let whole = 0
  for (const one of own) whole += rarity(articles(one), total)
  return all > 0 && whole > 0 ? (shared / all) * (0.5 + (0.5 * shared) / whole) : 0
}

const FIRST_HAN = '\u2e80'

/** The characters of a Chinese word; another word is one of its own. */
export function charactersOf(word: string): Iterable<string> {
  return isHan(word) ? word : [word]
}

export function isHan(word: string): boolean {
  return word >= FIRST_HAN
}

/** Adds a word's weight to each of the sections, given as bits, that it stands in. */
export function wordsCovered(sections: Float64Array, bits: number, weight: number): void {
  for (let at = 0; at < sections.length; at++) if (bits & (1 << at)) sections[at]! += weight
}

/**
 * Whether an answer with this score says anything about the question. Of right first answers on six sets one in a hundred has less
 * than 1.5; questions about cooking, weather and football mostly stay below.
 */
export function isNear(score: number): boolean {
  return score >= 1.5
}
