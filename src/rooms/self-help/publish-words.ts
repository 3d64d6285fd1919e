import { createHash } from 'node:crypto'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { invert } from './rules/inverting.ts'
import { ALL, digestsOf, indexedArticles, lockShelf, postingsOf, writePostings } from './store.ts'
import type { Shelf } from './store.ts'

/** Raised when words are cut or weighed in another way, so that the next import writes the lists anew. */
const VERSION = 1

/**
 * Makes what search reads from the articles there are now: all at once, because a word's worth depends on every article.
 * Does nothing when the list was made from the same articles, so an import that was cut short is made good by the next.
 */
export async function publishWords(work: Work<Job>, shelf: Shelf): Promise<void> {
  await lockShelf(work, shelf)
  const state = await stateOf(work, shelf)
  const [before] = await postingsOf(work, shelf, [ALL])
  if (before?.postings.equals(state)) return
  const articles = await indexedArticles(work, shelf)
  await writePostings(work, shelf, [{ word: ALL, articles: articles.length, postings: state }, ...invert(articles)])
}

async function stateOf(work: Work<Job>, shelf: Shelf): Promise<Buffer> {
  const articles = await digestsOf(work, shelf)
  const lines = articles.map(({ id, digest }) => `${id} ${digest}`).toSorted()
  return createHash('sha256').update(`${VERSION}\n${lines.join('\n')}`).digest()
}
