import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { evidenceFor } from '../evidence/index.ts'
import { publishWords } from '../search/index.ts'
import type { Shelf } from '../search/index.ts'
import { callingsOf, digestsOf } from './store.ts'

/**
 * Lets search know the articles as they are now, with what they are called: the texts of links that lead to them, and questions
 * that people ended with them. Does nothing when it knows them already.
 */
export async function publishArticles(work: Work<Job>, shelf: Shelf): Promise<void> {
  const articles = await digestsOf(work, shelf)
  const links = await callingsOf(work, shelf)
  const questions = await evidenceFor(work, shelf)
  const state = articles.map(({ id, digest }) => `${id} ${digest}`).toSorted()
  const asked = articles.flatMap(({ id, number }) =>
    (questions.get(id) ?? []).map(({ text, weight }) => ({ number, text, weight })),
  )
  await publishWords(work, shelf, state.join('\n'), [...links, ...asked])
}
