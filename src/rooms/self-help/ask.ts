import type { Locale } from '../../base/locale.ts'
import { GRAM } from './rules/inverting.ts'
import type { Question, Wanted } from './rules/ranking.ts'
import { fold, gramsOf, gramsOfBeginning, tokensOf } from './rules/tokens.ts'
import { cutWords, stemOf } from './words.ts'
import type { Cut } from './words.ts'

/** How much of what somebody types is read, in characters. */
export const LONGEST_QUESTION = 200

const WEIGHT: Record<Cut['kind'], number> = { word: 1, stop: 0.25, whole: 1, name: 1, character: 0.3 }
const COMPOUND = 0.8

/** A question as the index is asked it. Empty or broken input gives an empty question. */
export function askedFor(q: string, language: Locale): Question {
  const text = q.slice(0, LONGEST_QUESTION)
  const once = new Map(cutWords(text, language).map((cut) => [cut.word, cut]))
  const wanted = [...once.values()].map(({ word, kind }): Wanted => ({
    weight: WEIGHT[kind],
    words: [{ word, weight: 1 }],
    inOrder: kind === 'word' || kind === 'stop',
  }))
  const names = [...once.values()]
    .filter(({ kind, word }) => kind === 'name' && isProperName(word))
    .map(({ word }) => word)
  return { wanted: [...wanted, ...compounds(text, language)], grams: gramsOf(text).map(asGram), names }
}

/** The same of a question that is still being typed. */
export function beginningAskedFor(q: string, language: Locale): Question {
  return { ...askedFor(q, language), grams: gramsOfBeginning(q.slice(0, LONGEST_QUESTION)).map(asGram) }
}

function asGram(gram: string): string {
  return GRAM + gram
}

const VERBS = new Set(
  `add clear connect convert copy disable disconnect enable export find format get grant import install invoke measure merge move new out
  protect register remove rename repair reset resolve restart restore resume revoke search select send set start stop submit suspend sync test
  uninstall unregister update use where write`.split(/\s+/),
)

/** A command, code or address, `get-mailbox`, `5.7.1`, `office.com`, and not just two words with a hyphen, `office-programmer`. */
function isProperName(word: string): boolean {
  const [first = '', ...others] = word.split('-')
  if (others.length > 0 && VERBS.has(first)) return true
  return /[._@:/+#]/.test(word) || /[a-z]\d|\d[a-z]/.test(word)
}

/** Danish writes compounds as one word; people often write them as two. */
function compounds(text: string, language: Locale): readonly Wanted[] {
  if (language !== 'da') return []
  const letters = tokensOf(text).filter(({ kind }) => kind === 'letters')
  return letters.slice(1).map(({ text: second }, at) => {
    const first = letters[at]?.text ?? ''
    const words = [`${first}${second}`, `${first}s${second}`].map((word) => ({
      word: stemOf(word, language),
      weight: 1,
    }))
    return { weight: COMPOUND, words, inOrder: false }
  })
}

/** The word a question breaks off in, as it stands and as the index would have it; none after a blank or a sign. */
export function lastWord(q: string, language: Locale): { readonly letters: string; readonly word: string } | undefined {
  const text = q.slice(0, LONGEST_QUESTION)
  const last = /[\p{L}\p{N}]$/u.test(text) ? tokensOf(text).findLast(({ kind }) => kind !== 'whole') : undefined
  return last?.kind === 'letters' && last.text.length > 1
    ? { letters: fold(last.text), word: stemOf(last.text, language) }
    : undefined
}
