import type { Locale } from '../../base/locale.ts'
import { GRAM, PHRASE } from './rules/inverting.ts'
import { mistakesIn } from './rules/misspelling.ts'
import { phraseOf } from './rules/phrases.ts'
import type { Question, Wanted } from './rules/ranking.ts'
import { charactersOf, isHan } from './rules/weighing.ts'
import { fold, gramsOf, gramsOfBeginning, tokensOf } from './rules/tokens.ts'
import type { Vocabulary } from './rules/vocabulary.ts'
import { cutWords, stemOf } from './words.ts'
import type { Cut } from './words.ts'

/** How much of what somebody types is read, in characters. */
export const LONGEST_QUESTION = 200

const WEIGHT: Record<Cut['kind'], number> = { word: 1, stop: 0.25, whole: 1, name: 1, character: 0.3 }
const COMPOUND = 0.8
const PART = 0.4
const CONTINUED = 0.85
const CONTINUATIONS = 12
const MISSPELT = 3
const NEAREST = 3
const SAME_MEANING = 0.7

/**
 * A question as the index is asked it. Empty or broken input gives an empty question.
 * @param typing whether its last word may be the beginning of one
 */
export function askedFor(q: string, language: Locale, vocabulary: Vocabulary, typing = false): Question {
  const text = q.slice(0, LONGEST_QUESTION)
  const once = new Map(cutWords(text, language).map((cut) => [cut.word, cut]))
  const plain = [...once.values()].map(({ word, kind }): Wanted => ({
    weight: WEIGHT[kind],
    words: [{ word, weight: 1 }],
    inOrder: kind === 'word' || kind === 'stop',
  }))
  const wanted = corrected(typing ? continued(text, language, vocabulary, plain) : plain, vocabulary)
  const phrase = phraseOf(text)
  return {
    wanted: [
      ...wanted.map((one) => alsoMeaning(one, once, vocabulary)),
      ...compounds(text, language),
      ...partsOfCompounds(wanted, language, vocabulary),
    ],
    grams: (typing ? gramsOfBeginning(text) : gramsOf(text)).map((gram) => GRAM + gram),
    names: [...once.values()].filter(({ kind, word }) => kind === 'name' && isProperName(word)).map(({ word }) => word),
    phrase: phrase === undefined ? undefined : PHRASE + phrase,
    characters: new Set(
      [...once.keys()].some(isHan) ? [...once.keys()].flatMap((word) => [...charactersOf(word)]) : [],
    ),
  }
}

/** A word as it is shown where a question is marked in a text; its stop words and single characters are not. */
export function tellingWords(q: string, language: Locale): ReadonlySet<string> {
  const cuts = cutWords(q.slice(0, LONGEST_QUESTION), language)
  return new Set(cuts.filter(({ kind }) => WEIGHT[kind] >= 1).map(({ word }) => word))
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

/** For words that no article has, the nearest that some have. */
function corrected(wanted: readonly Wanted[], vocabulary: Vocabulary): readonly Wanted[] {
  let left = MISSPELT
  return wanted.map((one) => {
    const own = one.words[0]?.word ?? ''
    const unknown = one.inOrder && mistakesIn(own) > 0 && vocabulary.articles(own) === 0
    if (!unknown || left-- <= 0) return one
    const near = vocabulary.near(own, NEAREST)
    return near.length > 0 ? { ...one, words: [...one.words, ...near], meant: near[0]?.word } : one
  })
}

/** Adds the words that the last one may become. */
function continued(
  text: string,
  language: Locale,
  vocabulary: Vocabulary,
  wanted: readonly Wanted[],
): readonly Wanted[] {
  const last = lastWord(text, language)
  if (!last) return wanted
  const longer = vocabulary
    .beginning(last.letters, CONTINUATIONS)
    .filter((word) => word !== last.word)
    .map((word) => ({ word, weight: CONTINUED }))
  const at = wanted.findLastIndex(({ words: [own] }) => own?.word === last.word)
  return wanted.map((one, index) => (index === at ? { ...one, weight: 1, words: [...one.words, ...longer] } : one))
}

/** Adds what the titles of articles say for a word, unless the question says it itself. */
function alsoMeaning(one: Wanted, asked: ReadonlyMap<string, Cut>, vocabulary: Vocabulary): Wanted {
  const own = one.words[0]?.word
  if (!one.inOrder || one.weight < 1 || own === undefined) return one
  const others = vocabulary
    .meaning(own)
    .filter(({ word }) => !asked.has(word))
    .map(({ word, weight }) => ({ word, weight: weight * SAME_MEANING }))
  return others.length > 0 ? { ...one, words: [...one.words, ...others] } : one
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

/** And articles may have as two what people write as one, or another compound of the same parts. */
function partsOfCompounds(wanted: readonly Wanted[], language: Locale, vocabulary: Vocabulary): readonly Wanted[] {
  if (language !== 'da') return []
  return wanted
    .filter(({ inOrder }) => inOrder)
    .flatMap(({ words: [own] }) => vocabulary.parts(own?.word ?? '', (part) => stemOf(part, language)) ?? [])
    .map((word) => ({ weight: PART, words: [{ word, weight: 1 }], inOrder: false }))
}

/** The word a question breaks off in, as it stands and as the index would have it; none after a blank or a sign. */
export function lastWord(q: string, language: Locale): { readonly letters: string; readonly word: string } | undefined {
  const text = q.slice(0, LONGEST_QUESTION)
  const last = /[\p{L}\p{N}]$/u.test(text) ? tokensOf(text).findLast(({ kind }) => kind !== 'whole') : undefined
  return last?.kind === 'letters' && last.text.length > 1
    ? { letters: fold(last.text), word: stemOf(last.text, language) }
    : undefined
}
