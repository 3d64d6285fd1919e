import { LOCALES } from '../../base/locale.ts'
import type { Locale } from '../../base/locale.ts'
import { Refused } from '../../base/refused.ts'
import type { Work } from '../../database/work.ts'
import { articleIn } from './store.ts'
import type { ArticleRow } from './store.ts'

/** An article in a language, or in another where it has not been translated. Refused with `not-found`. */
export async function articleFor(work: Work, operatorId: string, id: string, language: Locale): Promise<ArticleRow> {
  const order = [language, ...LOCALES.filter((other) => other !== language)]
  const article = id.length <= 300 ? await articleIn(work, operatorId, id, order) : undefined
  if (!article) throw new Refused('not-found')
  return article
}
