import { z } from 'zod'
import { optionalText, read, text } from '../../../api/read.ts'
import { isLocale } from '../../../base/locale.ts'
import type { Locale } from '../../../base/locale.ts'
import type { Written } from '../save-draft.ts'

/** How long the parts of an article may be, in characters. */
export const LIMITS = { title: 200, description: 500, products: 300, body: 200_000 } as const

const count = z.coerce.number().int().min(0).max(1_000_000)

/** A language as a form names it; anything else is a problem of that field. */
const language = z.string().transform((tag, context): Locale => {
  if (isLocale(tag)) return tag
  context.addIssue({ code: 'custom', params: { problem: { code: 'not-an-option' } } })
  return z.NEVER
})

const articleId = z.string().min(1).max(300)

export const placeSchema = z.object({ article: articleId, language })

const writtenSchema = z.object({
  article: z.string().max(300).default(''),
  language,
  title: text(LIMITS.title),
  description: optionalText(LIMITS.description),
  products: optionalText(LIMITS.products),
  body: text(LIMITS.body),
  revision: count.default(0),
  basedOn: count.default(0),
  translatedFrom: z.preprocess((value) => (value === '' ? undefined : value), count.optional()),
})

/** A text as the editor's form sends it; refused with a problem for each field that has one. An empty article is a new one. */
export function readWritten(values: Readonly<Record<string, string>>): Written & {
  readonly article: string
  readonly language: Locale
} {
  const { products, translatedFrom, ...rest } = read(writtenSchema, values)
  return { ...rest, products: productsFrom(products), translatedFrom: translatedFrom ?? null }
}

/** Products as people write them in one line. */
export function productsFrom(line: string): readonly string[] {
  const all = line.split(/[,，、\n]/).map((one) => one.trim().slice(0, 80))
  return [...new Set(all.filter(Boolean))].slice(0, 20)
}
