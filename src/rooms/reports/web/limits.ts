/** Lines a download holds at most. */
export const MOST_LINES = 100_000
