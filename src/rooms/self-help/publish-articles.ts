import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { publishWords } from '../search/index.ts'
import type { Shelf } from '../search/index.ts'
import { callingsOf, digestsOf } from './store.ts'

/** Lets search know the articles as they are now, with what they are called by others. Does nothing when it knows them already. */
export async function publishArticles(work: Work<Job>, shelf: Shelf): Promise<void> {
  const articles = await digestsOf(work, shelf)
  const state = articles.map(({ id, digest }) => `${id} ${digest}`).toSorted()
  await publishWords(work, shelf, state.join('\n'), await callingsOf(work, shelf))
}
