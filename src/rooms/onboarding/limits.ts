/** The longest note or reason, in characters. */
export const WORD_LIMIT = 1000
