/** The longest key of a group, in characters: an index entry has a limit. */
const LONGEST = 600

/**
 * One key for all questions that have the same words, in whatever order and however often; `words` are stems, as search cuts
 * them. Empty for a text without a word.
 */
export function groupKeyOf(words: readonly string[]): string {
  return [...new Set(words)].toSorted().join(' ').slice(0, LONGEST)
}
