import snowball from 'snowball-stemmers'
import type { Locale } from '../../base/locale.ts'
import { STOP_WORDS } from './rules/stop-words.ts'
import { fold, tokensOf } from './rules/tokens.ts'

/**
 * A word as it is indexed and asked for. `word` and `stop` follow the order of the text; `name` is a name or code and `whole` a
 * longer Chinese word, kept in one piece beside their parts; `character` a single Chinese one, which says little.
 */
export type Cut = { readonly word: string; readonly kind: 'word' | 'stop' | 'name' | 'whole' | 'character' }

/** Raised when words are cut in another way, so that the next import cuts them anew. */
export const WORDS_VERSION = 2

const danish = snowball.newStemmer('danish')
const english = snowball.newStemmer('english')
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' })

/** Chinese is segmented in runs of at most so many characters: the segmenter's time grows with the square of the length. */
const RUN = 200

/** Cuts and stems a text, line by line, in the language it is written in; words of other languages are treated alike on both sides. */
export function cutWords(text: string, language: Locale): readonly Cut[] {
  return text.split('\n').flatMap((line) => tokensOf(line).flatMap((token) => cutsOf(token, language)))
}

function cutsOf({ text, kind }: ReturnType<typeof tokensOf>[number], language: Locale): readonly Cut[] {
  switch (kind) {
    case 'whole':
      return [{ word: fold(text), kind: 'name' }]
    case 'letters':
      return [{ word: stemOf(text, language), kind: STOP_WORDS[language].has(fold(text)) ? 'stop' : 'word' }]
    case 'han':
      return cutHan(text)
  }
}

/** Every two neighbours, which need no dictionary; the segmenter's longer words; and single characters, for one-character differences. */
function cutHan(text: string): readonly Cut[] {
  const characters = Array.from(text)
  const stop = STOP_WORDS['zh-Hans']
  if (characters.length === 1) return [{ word: text, kind: stop.has(text) ? 'stop' : 'word' }]
  const pairs = characters.slice(1).map((next, at) => `${characters[at] ?? ''}${next}`)
  const longer = characters.length > 2 ? segmentsOf(text).filter((segment) => segment.length > 2) : []
  return [
    ...pairs.map((word): Cut => ({ word, kind: stop.has(word) ? 'stop' : 'word' })),
    ...longer.map((word): Cut => ({ word, kind: 'whole' })),
    ...characters.map((word): Cut => ({ word, kind: stop.has(word) ? 'stop' : 'character' })),
  ]
}

function segmentsOf(text: string): readonly string[] {
  const runs = text.match(new RegExp(`[^]{1,${RUN}}`, 'gu')) ?? []
  return runs.flatMap((run) => Array.from(segmenter.segment(run), ({ segment }) => segment))
}

const stems: Record<Locale, Map<string, string>> = { en: new Map(), da: new Map(), 'zh-Hans': new Map() }

const written: Record<Locale, Map<string, string>> = { en: new Map(), da: new Map(), 'zh-Hans': new Map() }

/** The stem of a word as it stands in a text, with its capitals: remembered too, because a page of results has hundreds. */
export function stemOfWritten(word: string, language: Locale): string {
  const known = written[language].get(word)
  if (known !== undefined) return known
  if (written[language].size > 20_000) written[language].clear()
  const stem = stemOf(word.normalize('NFKC').toLowerCase(), language)
  written[language].set(word, stem)
  return stem
}

/** The stem of one lower-case word, folded. Stemmers are slow, and languages repeat themselves. */
export function stemOf(word: string, language: Locale): string {
  const known = stems[language].get(word)
  if (known !== undefined) return known
  if (stems[language].size > 50_000) stems[language].clear()
  const stem = fold(language === 'da' ? stemDanish(word) : english.stem(word))
  stems[language].set(word, stem)
  return stem
}

/**
 * Danish letters typed as two are made one before, or `domaener` would be stemmed further than `domæner`. Twice, because the
 * stemmer takes `licens` for an inflected word, but not `licenser`.
 */
function stemDanish(word: string): string {
  const danishLetters = word.replaceAll('ae', 'æ').replaceAll('oe', 'ø').replaceAll('aa', 'å')
  return danish.stem(danish.stem(danishLetters))
}
