import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { relate } from './rules/relating.ts'
import { relativesOf, writeRelated } from './store.ts'
import type { Shelf } from '../search/index.ts'

/** Finds every article's relatives anew, and writes those that are others than before. */
export async function relateArticles(work: Work<Job>, shelf: Shelf): Promise<void> {
  const articles = await relativesOf(work, shelf)
  const related = relate(articles)
  const changed = articles.flatMap(({ id, related: before }) => {
    const now = related.get(id) ?? []
    return now.join('\n') === before.join('\n') ? [] : [{ id, related: now }]
  })
  if (changed.length > 0) await writeRelated(work, shelf, changed)
}
