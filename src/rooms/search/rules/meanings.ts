import type { Indexed } from './inverting.ts'

/** A word with the words of titles it stands for, the surest first; `weight` is between 0 and 1. */
export type Meanings = Readonly<Record<string, readonly { readonly word: string; readonly weight: number }[]>>

const LEAST_ARTICLES = 3
const LEAST_LIKELY = 0.35
const MOST = 2

export type MeaningsLearner = { add(article: Pick<Indexed, 'outline' | 'called'>): void; meanings(): Meanings }

/**
 * Learns which words writers use for the same thing, from what articles are called elsewhere: a file named in English beside a
 * Danish title, a link with a product's former name. Two words belong together when the articles called by the one and those
 * titled with the other are about the same (cosine), and there are several of them.
 */
export function meaningsLearner(): MeaningsLearner {
  const callings = new Map<string, number>()
  const titles = new Map<string, number>()
  const both = new Map<string, Map<string, number>>()
  return {
    add({ outline: { title, name }, called }) {
      const titled = new Set(title)
      for (const word of titled) titles.set(word, (titles.get(word) ?? 0) + 1)
      for (const word of new Set([...name, ...called.flatMap(({ words }) => words)])) {
        callings.set(word, (callings.get(word) ?? 0) + 1)
        if (titled.has(word)) continue
        let together = both.get(word)
        if (!together) both.set(word, (together = new Map<string, number>()))
        for (const other of titled) together.set(other, (together.get(other) ?? 0) + 1)
      }
    },
    meanings() {
      return Object.fromEntries(
        [...both].flatMap(([word, together]) => {
          const likely = [...together]
            .map(([other, count]) => ({
              word: other,
              count,
              weight: count / Math.sqrt((callings.get(word) ?? 1) * (titles.get(other) ?? 1)),
            }))
            .filter(({ count, weight }) => count >= LEAST_ARTICLES && weight >= LEAST_LIKELY)
            .toSorted((a, b) => b.weight - a.weight || (a.word < b.word ? -1 : 1))
            .slice(0, MOST)
            .map(({ word: other, weight }) => ({ word: other, weight: Math.round(weight * 1000) / 1000 }))
          return likely.length > 0 ? [[word, likely] as const] : []
        }),
      )
    },
  }
}
