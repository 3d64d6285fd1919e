import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import { publishArticle, withdrawArticle } from '../self-help/index.ts'
import type { Place } from './event.ts'
import { newestVersions, ownArticle } from './store.ts'

/** Brings what is published of an article in one language to readers, or takes it from them when it is retired. Twice does no harm. */
export async function bringArticle(work: Work<Job>, { operatorId, articleId, language }: Place): Promise<void> {
  const article = await ownArticle(work, operatorId, articleId)
  const newest = (await newestVersions(work, operatorId, articleId)).find((one) => one.language === language)
  if (!article || !newest) return
  const shelf = { operatorId, language }
  if (article.retiredAt) return withdrawArticle(work, shelf, articleId)
  const { charter } = await charterInForce(work, operatorId)
  const { title, description, products, body: markdown, publishedAt } = newest
  const updatedOn = publishedAt.toZonedDateTimeISO(charter.zone).toPlainDate().toString()
  await publishArticle(work, shelf, { id: articleId, title, description, products, markdown, updatedOn })
}
