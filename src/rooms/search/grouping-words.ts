import type { Locale } from '../../base/locale.ts'
import { cutWords } from './words.ts'

/** The words by which two questions are the same but for forms, case and order; stop words only where there are no others. */
export function groupingWords(text: string, language: Locale): readonly string[] {
  const cuts = cutWords(text.slice(0, 200), language)
  const telling = cuts.filter(({ kind }) => kind === 'word' || kind === 'name')
  return (telling.length > 0 ? telling : cuts).map(({ word }) => word)
}
