export type RateLimit = {
  /** Counts one more of whoever the key stands for. Answers 0, or the whole seconds to wait when there were too many. */
  take(key: string): number
}

/** More keys than this come within one window only under attack; then counting begins anew. */
const MOST_KEYS = 20_000

/**
 * At most so many of one key in a window of seconds, counted by this process alone: it keeps one caller from taking the machine,
 * while what must hold exactly is counted in the database. `now` answers milliseconds.
 */
export function rateLimit({
  most,
  seconds,
  now = () => performance.now(),
}: {
  readonly most: number
  readonly seconds: number
  readonly now?: () => number
}): RateLimit {
  const windows = new Map<string, { readonly until: number; count: number }>()
  return {
    take(key) {
      const at = now()
      if (windows.size >= MOST_KEYS) windows.clear()
      const known = windows.get(key)
      if (!known || known.until <= at) {
        windows.delete(key)
        windows.set(key, { until: at + seconds * 1000, count: 1 })
        return 0
      }
      known.count++
      return known.count <= most ? 0 : Math.max(1, Math.ceil((known.until - at) / 1000))
    },
  }
}
