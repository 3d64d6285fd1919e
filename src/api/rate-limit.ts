export type RateLimit = {
  /** Counts one more of whoever the key stands for. Answers 0, or the whole seconds to wait when there were too many. */
  take(key: string): number
}

/** More keys than this come within the seconds only under attack; then counting begins anew. */
const MOST_KEYS = 20_000

/**
 * So many of one key at once, and as many again evenly within so many seconds: who has asked too much waits for the next one, not for
 * the end of a window. Counted by this process alone: it keeps one caller from taking the machine, while what must hold exactly is
 * counted in the database. `now` answers milliseconds.
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
  const each = (seconds * 1000) / most
  /** When all that somebody took will have come back. */
  const restored = new Map<string, number>()
  return {
    take(key) {
      const at = now()
      if (restored.size >= MOST_KEYS) restored.clear()
      const until = Math.max(restored.get(key) ?? at, at) + each
      const wait = until - at - most * each
      // Fractions of a millisecond are not worth a refusal to somebody who waited as he was told.
      if (wait > 0.001) return Math.ceil(wait / 1000)
      restored.set(key, until)
      return 0
    },
  }
}
