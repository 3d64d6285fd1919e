import { IntlMessageFormat } from 'intl-messageformat'
import type { Locale } from '../base/locale.ts'

export type Arguments = Readonly<Record<string, string | number>>

/** Says a message of one room in one language. */
export type Say<K extends string> = (key: K, args?: Arguments) => string

/**
 * The words of a room: ICU messages as its `messages/*.json` have them, parsed once each. The keys of the English file are the
 * type, so a wrong key does not compile; a test holds the three files to the same keys and arguments.
 */
export function wordsOf<K extends string>(
  files: Readonly<Record<Locale, Readonly<Record<K, string>>>>,
): (locale: Locale) => Say<K> {
  const parsed = new Map<string, IntlMessageFormat>()
  return (locale) => (key, args) => {
    const text = files[locale][key]
    if (!args && !text.includes('{') && !text.includes("'")) return text
    const at = `${locale} ${key}`
    let format = parsed.get(at)
    if (!format) parsed.set(at, (format = new IntlMessageFormat(text, locale)))
    return String(format.format(args))
  }
}
