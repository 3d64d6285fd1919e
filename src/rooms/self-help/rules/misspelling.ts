/**
 * How many letters must be put in, left out, exchanged or swapped to make one word of the other; more than `most` is said as
 * `most` + 1. (Damerau-Levenshtein, without a swap that is changed again.)
 */
export function distanceBetween(one: string, other: string, most: number): number {
  const a = Array.from(one)
  const b = Array.from(other)
  if (Math.abs(a.length - b.length) > most) return most + 1
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, at) => at)
  a.forEach((letter, row) => {
    const next = [row + 1]
    b.forEach((against, column) => {
      const same = letter === against ? 0 : 1
      const best = Math.min((last[column] ?? 0) + same, (last[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1)
      const swapped = row > 0 && column > 0 && letter === b[column - 1] && a[row - 1] === against
      next.push(swapped ? Math.min(best, (before[column - 1] ?? 0) + 1) : best)
    })
    before = last
    last = next
  })
  return Math.min(last[b.length] ?? 0, most + 1)
}

/** How many mistakes a word of so many letters may have and still be recognised. */
export function mistakesIn(word: string): 0 | 1 | 2 {
  if (word.length < 4) return 0
  return word.length < 8 ? 1 : 2
}

type Known = { readonly word: string; readonly articles: number }

/** What a word that nobody uses was probably meant to be: the nearest known words, the commoner first. */
export function meantBy(
  word: string,
  known: readonly Known[],
  limit: number,
): readonly { readonly word: string; readonly weight: number }[] {
  const most = mistakesIn(word)
  return known
    .map((one) => ({ ...one, distance: distanceBetween(word, one.word, most) }))
    .filter(({ distance }) => distance <= most)
    .toSorted((a, b) => a.distance - b.distance || b.articles - a.articles)
    .slice(0, limit)
    .map(({ word: meant, distance }) => ({ word: meant, weight: distance <= 1 ? 0.7 : 0.45 }))
}
