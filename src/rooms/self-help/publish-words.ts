import { createHash } from 'node:crypto'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { inverter } from './rules/inverting.ts'
import { ALL, countedAfter, digestsOf, lockShelf, postingsOf, sizesOf, writePostings } from './store.ts'
import type { Shelf } from './store.ts'

/** Raised when words are weighed in another way, so that the next import writes the lists anew. */
const VERSION = 1
const ARTICLES_AT_ONCE = 100

/**
 * Makes what search reads from the articles there are now: all at once, because a word's worth depends on every article.
 * Does nothing when the list was made from the same articles, so an import that was cut short is made good by the next.
 */
export async function publishWords(work: Work<Job>, shelf: Shelf): Promise<void> {
  await lockShelf(work, shelf)
  const state = await stateOf(work, shelf)
  const [before] = await postingsOf(work, shelf, [ALL])
  if (before?.postings.equals(state)) return
  const { articles, means } = await sizesOf(work, shelf)
  const lists = inverter(means)
  for (let after = 0; ;) {
    const some = await countedAfter(work, shelf, after, ARTICLES_AT_ONCE)
    some.forEach((one) => lists.add(one))
    const last = some.at(-1)
    if (!last) break
    after = last.number
  }
  await writePostings(work, shelf, { word: ALL, articles, postings: state }, lists.rows())
}

async function stateOf(work: Work<Job>, shelf: Shelf): Promise<Buffer> {
  const articles = await digestsOf(work, shelf)
  const lines = articles.map(({ id, digest }) => `${id} ${digest}`).toSorted()
  return createHash('sha256')
    .update(`${VERSION}\n${lines.join('\n')}`)
    .digest()
}
