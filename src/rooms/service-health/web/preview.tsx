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
  languages,
  source,
  parts,
}: {
  visit: Visit
  languages: readonly Locale[]
  source: string
  /** What is written of each part in a language. */
  parts: readonly ((language: Locale) => string)[]
}) {
  const { locale } = visit
  const written: Locale = isLocale(source) ? source : locale
  return (
    <section class="preview" aria-labelledby="preview" role="status">
      <h2 id="preview">{words(locale)('previewTitle')}</h2>
      {languages.map((language) => {
        const shown = parts.map((of) =>
          textFor({ texts: Object.fromEntries(languages.map((one) => [one, of(one)])), source: written }, language),
        )
        const [first] = shown
        return (
          <article>
            <h3>{nameOfLanguage(language, locale)}</h3>
            {first ? <Translation visit={{ locale: language }} shown={first} /> : null}
            {shown.map((one) => (
              <p class="text" lang={langOf(one, visit)}>
                {one.text}
              </p>
            ))}
          </article>
        )
      })}
    </section>
  )
}
