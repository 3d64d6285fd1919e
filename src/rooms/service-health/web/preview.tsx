import { isLocale } from '../../../base/locale.ts'
import type { Locale } from '../../../base/locale.ts'
import { nameOfLanguage } from '../../../ui/moments.ts'
import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import { textFor } from '../rules/texts.ts'
import { langOf, Translation } from './incident-page.tsx'

/** What the readers of each language will see: what is written, as text, and what is said where it is missing. */
export function Preview({
  visit,
  of = 'preview',
  languages,
  source,
  parts,
}: {
  visit: Visit
  /** Tells two of one page apart. */
  of?: string
  languages: readonly Locale[]
  source: string
  /** What is written of each part in a language. */
  parts: readonly ((language: Locale) => string)[]
}) {
  const { locale } = visit
  const written: Locale = isLocale(source) ? source : locale
  return (
    <section class="preview" aria-labelledby={of} role="status">
      <h2 id={of}>{words(locale)('previewTitle')}</h2>
      {languages.map((language) => {
        const shown = parts.map((textIn) =>
          textFor({ texts: Object.fromEntries(languages.map((one) => [one, textIn(one)])), source: written }, language),
        )
        const [first] = shown
        return (
          <article>
            <h3>{nameOfLanguage(language, locale)}</h3>
            {first ? <Translation visit={{ locale: language }} shown={first} /> : null}
            {shown.map((one, place) => (
              <p class="text" lang={langOf(one, visit)}>
                {shown.length > 1 && place === 0 ? <strong>{one.text}</strong> : one.text}
              </p>
            ))}
          </article>
        )
      })}
    </section>
  )
}
