/** The index of the first number above `value` in an ascending list; its length when there is none. */
export function firstAbove(list: readonly number[], value: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (list[middle]! > value) high = middle
    else low = middle + 1
  }
  return low
}

/** The index of the first number at or above `value` in an ascending list; its length when there is none. */
export function firstAtLeast(list: readonly number[], value: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (list[middle]! >= value) high = middle
    else low = middle + 1
  }
  return low
}
