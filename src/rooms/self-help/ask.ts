import type { Locale } from '../../base/locale.ts'
import { GRAM } from './rules/inverting.ts'
import type { Question, Wanted } from './rules/ranking.ts'
import { fold, gramsOf, tokensOf } from './rules/tokens.ts'
import { cutWords, stemOf } from './words.ts'
import type { Cut } from './words.ts'

/** How much of what somebody types is read, in characters. */
export const LONGEST_QUESTION = 200

const WEIGHT: Record<Cut['kind'], number> = { word: 1, stop: 0.25, whole: 1, character: 0.3 }

/** A question as the index is asked it. Broken or empty input gives an empty question. */
export function askedFor(q: string, language: Locale): Question {
  const text = q.slice(0, LONGEST_QUESTION)
  const cuts = cutWords(text, language)
  const wanted = onceEach(cuts).map(({ word, kind }): Wanted => ({ weight: WEIGHT[kind], words: [{ word, weight: 1 }] }))
  const order = cuts.flatMap(({ word, kind }) => (kind === 'word' || kind === 'stop' ? [{ word, weight: WEIGHT[kind] }] : []))
  return { wanted: [...wanted, ...joined(text, language)], grams: gramsOf(text).map((gram) => GRAM + gram), order }
}

function onceEach(cuts: readonly Cut[]): readonly Cut[] {
  return [...new Map(cuts.map((cut) => [cut.word, cut])).values()]
}

/** Danish writes compounds in one word; people often write them in two. */
function joined(text: string, language: Locale): readonly Wanted[] {
  if (language !== 'da') return []
  const letters = tokensOf(text).filter(({ kind }) => kind === 'letters')
  return letters.slice(1).map(({ text: second }, at) => {
    const first = letters[at]?.text ?? ''
    return { weight: 0, words: [first + second, `${first}s${second}`].map((word) => ({ word: stemOf(word, language), weight: 1 })) }
  })
}

/** What the last word may be the beginning of: its letters as they stand, not stemmed. */
export function lastBeginning(q: string): string | undefined {
  const text = q.slice(0, LONGEST_QUESTION)
  if (!/[\p{L}\p{N}]$/u.test(text)) return undefined
  const last = tokensOf(text).findLast(({ kind }) => kind !== 'whole')
  return last?.kind === 'letters' && last.text.length > 1 ? fold(last.text) : undefined
}
