const MINUTE = 60
const HOUR = 60 * MINUTE

/** Seconds between one try and the next; the last one is about a day after the first. */
export const PAUSES = [10, MINUTE, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 6 * HOUR, 15 * HOUR] as const

const LONGEST = 24 * HOUR

/** Nobody is tried for longer, however often he was not even called because his place rests. */
export const PATIENCE_SECONDS = 36 * HOUR

/** What came of a try. `asked`: seconds the other side wants to be left alone. */
export type Tried =
  | { readonly kind: 'answered'; readonly status: number; readonly asked?: number | undefined }
  /** Nobody was called: the last ones to this place hung. */
  | { readonly kind: 'resting'; readonly seconds: number }
  | { readonly kind: 'failed' }
  /** Will never go well: the address is no good, or leads inside. */
  | { readonly kind: 'refused' }

export type Next =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'given-up' }
  | { readonly kind: 'again'; readonly seconds: number; readonly tries: number }

/** What follows a test: somebody looks at its outcome, so it is tried once. */
export function afterTest(tried: Tried): { readonly kind: 'delivered' | 'given-up' } {
  return { kind: isYes(tried) ? 'delivered' : 'given-up' }
}

function isYes(tried: Tried): boolean {
  return tried.kind === 'answered' && tried.status >= 200 && tried.status < 300
}

/** What follows a try, the `tries`-th before it, `waited` seconds after the message was written. 2xx is a yes; 410 a no for ever. */
export function afterTry(tried: Tried, { tries, waited }: { readonly tries: number; readonly waited: number }): Next {
  if (isYes(tried)) return { kind: 'delivered' }
  if (tried.kind === 'refused' || (tried.kind === 'answered' && tried.status === 410)) return { kind: 'given-up' }
  if (waited >= PATIENCE_SECONDS) return { kind: 'given-up' }
  if (tried.kind === 'resting') return { kind: 'again', seconds: tried.seconds, tries }
  const own = PAUSES[tries]
  if (own === undefined) return { kind: 'given-up' }
  const asked = tried.kind === 'answered' ? (tried.asked ?? 0) : 0
  return { kind: 'again', seconds: Math.min(LONGEST, Math.max(own, asked)), tries: tries + 1 }
}
