import { createHash } from 'node:crypto'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { calledLength, FACET, GRAM, inverter, PHRASE } from './rules/inverting.ts'
import type { Called, WordRow } from './rules/inverting.ts'
import { meaningsLearner } from './rules/meanings.ts'
import { countedAfter, lockShelf, sizesOf, vocabularyIn, writeCalled, writePostings, writeVocabulary } from './store.ts'
import type { Shelf } from './store.ts'
import { cutWords, WORDS_VERSION } from './words.ts'

/** Raised when words are weighed in another way, so that the next import writes the lists anew. */
const VERSION = 2
const ARTICLES_AT_ONCE = 100

/** A line an article is called by elsewhere: a link's text, or a question it answered. Weighs as often as it was used. */
export type Calling = { readonly number: number; readonly text: string; readonly weight: number }

/** Of one article; what is used least is left out. */
const CALLED_BY = 40

/**
 * Makes what search reads from the words there are now: all at once, because a word's worth depends on every article.
 * Does nothing when that was made from the same state, so an import that was cut short is made good by the next.
 * @param state tells one state of the articles from another, by what they say
 */
export async function publishWords(
  work: Work<Job>,
  shelf: Shelf,
  state: string,
  callings: readonly Calling[],
): Promise<void> {
  await lockShelf(work, shelf)
  const whole = createHash('sha256')
    .update(JSON.stringify([VERSION, WORDS_VERSION, state, callings]))
    .digest('base64url')
  const before = await vocabularyIn(work, shelf)
  if (before?.state === whole) return
  const called = calledBy(callings, shelf)
  await writeCalled(work, shelf, called)
  const { articles: total, means } = await sizesOf(work, shelf)
  const meanCalled = called.reduce((sum, one) => sum + calledLength(one.called), 0) / Math.max(1, total)
  const lists = inverter([...means, meanCalled])
  const learner = meaningsLearner()
  for (let after = 0; ;) {
    const some = await countedAfter(work, shelf, after, ARTICLES_AT_ONCE)
    for (const one of some) {
      lists.add(one)
      learner.add(one)
    }
    const last = some.at(-1)
    if (!last) break
    after = last.number
  }
  await writePostings(work, shelf, lists.rows())
  const words = [...wordsIn(lists.rows())].toSorted(([a], [b]) => (a < b ? -1 : 1))
  await writeVocabulary(work, shelf, whole, {
    total,
    words: words.map(([word]) => word),
    articles: words.map(([, articles]) => articles),
    meanings: learner.meanings(),
  })
}

function* wordsIn(rows: Iterable<WordRow>): Iterable<readonly [string, number]> {
  for (const { word, articles } of rows) if (![GRAM, PHRASE, FACET].includes(word.charAt(0))) yield [word, articles]
}

function calledBy(
  callings: readonly Calling[],
  { language }: Shelf,
): readonly { readonly number: number; readonly called: readonly Called[] }[] {
  const byArticle = Map.groupBy(callings, ({ number }) => number)
  return [...byArticle].map(([number, own]) => ({
    number,
    called: own
      .toSorted((a, b) => b.weight - a.weight || (a.text < b.text ? -1 : 1))
      .slice(0, CALLED_BY)
      .map(({ text, weight }) => ({
        text,
        weight,
        words: cutWords(text, language).flatMap(({ word, kind }) => (kind === 'word' || kind === 'stop' ? [word] : [])),
      })),
  }))
}
