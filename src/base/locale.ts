/** The languages every visible word exists in, as BCP 47 tags. */
export const LOCALES = ['en', 'da', 'zh-Hans'] as const

export type Locale = (typeof LOCALES)[number]

/** A text in every language of the product. */
export type Words = Readonly<Record<Locale, string>>

export function isLocale(tag: string): tag is Locale {
  return (LOCALES as readonly string[]).includes(tag)
}

/**
 * The language to answer in: the first wish that is offered, by exact tag, then by language.
 * `zh`, `zh-CN` and `zh-SG` ask for Simplified Chinese; `zh-TW` gets it too, as the nearest there is.
 */
export function chooseLocale(wishes: readonly string[], offered: readonly Locale[]): Locale {
  for (const wish of wishes) {
    const found = offered.find((locale) => languageOf(locale) === languageOf(wish))
    if (found) return found
  }
  return offered[0] ?? 'en'
}

/** The wishes of an `Accept-Language` header, best first. Malformed parts are skipped. */
export function wishesOf(header: string | undefined): string[] {
  return (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';')
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='))
      return { tag: tag.trim(), quality: quality ? Number(quality.trim().slice(2)) : 1 }
    })
    .filter(({ tag, quality }) => tag !== '' && quality > 0)
    .toSorted((a, b) => b.quality - a.quality)
    .map(({ tag }) => tag)
}

function languageOf(tag: string): string {
  return tag.toLowerCase().split('-')[0] ?? ''
}
