import { LOCALES } from '../../base/locale.ts'
import type { Locale } from '../../base/locale.ts'
import { Refused } from '../../base/refused.ts'
import type { Work } from '../../database/work.ts'
import { articleIn, formerIn, titlesIn } from './store.ts'
import type { ArticleRow } from './store.ts'

export type ArticleAt =
  | { readonly article: ArticleRow }
  /** The article has another address now. */
  | { readonly movedTo: string }
  /** It was here, and nothing has taken its place. */
  | { readonly retired: { readonly title: string; readonly language: Locale } }

/**
 * What is at an article's address: the article in the language, else where it has moved to in that language, else the article in
 * another language. Refused with `not-found` where there never was one.
 */
export async function articleAt(
  work: Work,
  { operatorId, id, language }: { readonly operatorId: string; readonly id: string; readonly language: Locale },
): Promise<ArticleAt> {
  if (id.length > 300) throw new Refused('not-found')
  const order = [language, ...LOCALES.filter((other) => other !== language)]
  const article = await articleIn(work, operatorId, id, order)
  if (article?.language === language) return { article }
  const former = await formerIn(work, operatorId, id, order)
  if (former?.movedTo && (!article || former.language === language)) return { movedTo: former.movedTo }
  if (article) return { article }
  if (former) return { retired: former }
  // Addresses of files, as other sites have them.
  const plain = id.replace(/\.(?:md|ya?ml)$/i, '')
  if (plain !== id && (await articleIn(work, operatorId, plain, order))) return { movedTo: plain }
  throw new Refused('not-found')
}

/** An article in a language, or in another where it has not been translated. Refused with `not-found`. */
export async function articleFor(work: Work, operatorId: string, id: string, language: Locale): Promise<ArticleRow> {
  const order = [language, ...LOCALES.filter((other) => other !== language)]
  const article = id.length > 300 ? undefined : await articleIn(work, operatorId, id, order)
  if (!article) throw new Refused('not-found')
  return article
}

/** What articles are called, by id, in a language or else in another; those that are not there are left out. At most 500. */
export async function articleTitles(
  work: Work,
  operatorId: string,
  ids: readonly string[],
  language: Locale,
): Promise<ReadonlyMap<string, { readonly title: string; readonly language: Locale }>> {
  const order = [language, ...LOCALES.filter((other) => other !== language)]
  const found = ids.length === 0 ? [] : await titlesIn(work, operatorId, ids.slice(0, 500), order)
  return new Map(found.map(({ id, ...named }) => [id, named]))
}
