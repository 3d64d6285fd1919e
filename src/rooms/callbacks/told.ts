import type { WaitWords } from '../waiting/index.ts'

/** What is said of a wait, as it is kept: `WaitWords` with moments in UTC. */
export type Told =
  | { readonly kind: 'now' }
  | { readonly kind: 'range'; readonly lowMinutes: number; readonly highMinutes: number }
  | {
      readonly kind: 'opens'
      readonly opensAt: string
      readonly after?: { readonly lowMinutes: number; readonly highMinutes: number }
    }
  /** It is open and somebody is on shift, but nobody is ready: whoever said a number would be guessing. */
  | { readonly kind: 'unstaffed' }
  | { readonly kind: 'unknown' }

/** Words for a wait in the form they are kept in. */
export function toldOf(words: WaitWords): Told {
  if (words.kind !== 'opens') return words
  return { kind: 'opens', opensAt: words.opensAt.toString(), ...(words.after ? { after: words.after } : {}) }
}
