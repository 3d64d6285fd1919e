import { LOCALES } from '../../../base/locale.ts'
import type { Locale } from '../../../base/locale.ts'

/** A text in the languages somebody has written it in so far. */
export type Texts = Readonly<Partial<Record<Locale, string>>>

/** A text as one reader gets it: in his language, or in the one it was written in, which is said. */
export type Shown = { readonly text: string; readonly language: Locale; readonly state: TranslationState }

/** `source`: as it was written; `translated`; `outdated`: the source says something else by now; `missing`. */
export type TranslationState = 'source' | 'translated' | 'outdated' | 'missing'

export type Localized = {
  readonly texts: Texts
  readonly source: Locale
  /** Languages whose texts are older than the source's. */
  readonly outdated?: readonly string[]
}

/** How a text stands in a language. */
export function translationIn({ texts, source, outdated = [] }: Localized, language: Locale): TranslationState {
  if (language === source) return 'source'
  if (!texts[language]) return 'missing'
  return outdated.includes(language) ? 'outdated' : 'translated'
}

/**
 * A text for a reader. Where his language is missing he gets the source, and never English that nobody chose; `state` says so. An
 * outdated translation is shown with its state: whoever cannot read the source has more from it than from nothing.
 */
export function textFor(of: Localized, language: Locale): Shown {
  const state = translationIn(of, language)
  const own = of.texts[language]
  if (own !== undefined && own !== '') return { text: own, language, state }
  return { text: of.texts[of.source] ?? '', language: of.source, state }
}

/** The languages in which a text can be read at all, the source first. */
export function languagesOf({ texts, source }: Localized): readonly Locale[] {
  return [source, ...LOCALES.filter((one) => one !== source && texts[one])]
}
