/** What speaks for an article as the answer to one group of questions, in different visits. */
export type Support = {
  /** Said that the article solved it, and no case followed. */
  readonly solved: number
  /** Opened the article last, said nothing, and had no case within seven days. */
  readonly quiet: number
  /** A support lead says that it is the answer. */
  readonly taught: boolean
}

const VISITS_NEEDED = 2
const QUIET = 0.25
const TAUGHT = 3
const MOST = 10

/**
 * How much search may lean on it: 0 for what one visit alone says, else 1 for each visit that said so, a quarter for each that
 * was content in silence, 3 for a lead's word, 10 at most: what is often asked must not drown what an article says.
 */
export function weightOf({ solved, quiet, taught }: Support): number {
  const visits = solved + quiet
  const heard = visits >= VISITS_NEEDED ? solved + quiet * QUIET : 0
  return Math.min(MOST, heard + (taught ? TAUGHT : 0))
}
