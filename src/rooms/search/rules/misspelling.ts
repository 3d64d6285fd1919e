/**
 * How many letters must be put in, left out, exchanged or swapped to make one word of the other; more than `most` is said as
 * `most` + 1. (Damerau-Levenshtein, without a swap that is changed again.)
 */
export function distanceBetween(one: string, other: string, most: number): number {
  const a = Array.from(one)
  const b = Array.from(other)
  if (Math.abs(a.length - b.length) > most) return most + 1
  const width = b.length + 1
  // Three rows of the table, used in turn: this runs for thousands of words while somebody types.
  let before = new Uint16Array(width)
  let last = Uint16Array.from({ length: width }, (_, at) => at)
  let next = new Uint16Array(width)
  for (let row = 1; row <= a.length; row++) {
    next[0] = row
    let least = row
    for (let column = 1; column < width; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1
      let best = Math.min(last[column - 1]! + same, last[column]! + 1, next[column - 1]! + 1)
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        best = Math.min(best, before[column - 2]! + 1)
      next[column] = best
      least = Math.min(least, best)
    }
    // A swap reaches two rows back, and costs one: only a row that is further off than that ends it.
    if (least > most + 1) return most + 1
    const free = before
    before = last
    last = next
    next = free
  }
  return Math.min(last[b.length]!, most + 1)
}

/** How many mistakes a word of so many letters may have and still be recognised. */
export function mistakesIn(word: string): 0 | 1 | 2 {
  if (word.length < 3) return 0
  return word.length < 8 ? 1 : 2
}
