import { fold, tokensOf } from './tokens.ts'

const LONGEST = 80

/** A title, heading or question as one key, whatever its case, accents and signs; none for what is longer than titles are. */
export function phraseOf(text: string): string | undefined {
  const phrase = tokensOf(text.slice(0, LONGEST * 2))
    .filter(({ kind }) => kind !== 'whole')
    .map(({ text: token }) => fold(token))
    .join(' ')
  return phrase === '' || phrase.length > LONGEST ? undefined : phrase
}
