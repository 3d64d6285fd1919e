import type { Locale } from '../../base/locale.ts'
import { askedFor } from './ask.ts'
import { countWords } from './count-words.ts'
import { calledLength, FACET, GRAM, inverter, PHRASE } from './rules/inverting.ts'
import { meaningsLearner } from './rules/meanings.ts'
import { findCandidates, rank } from './rules/ranking.ts'
import type { Ranked } from './rules/ranking.ts'
import { vocabularyOf } from './rules/vocabulary.ts'
import { cutWords } from './words.ts'

/** An article for tests: sections as `heading: text`, the first without a heading; what others call it. */
export type TestArticle = {
  readonly path?: string
  readonly title: string
  readonly description?: string
  readonly sections?: readonly string[]
  readonly called?: readonly string[]
  readonly facets?: readonly string[]
}

/** A shelf without a database: the rules that publish and find, one after the other. Articles are numbered from 1. */
export function shelfOf(language: Locale, articles: readonly TestArticle[]) {
  const indexed = articles.map(
    ({ path = '', title, description = '', sections = [], called = [], facets = [] }, at) => {
      const cut = sections.map((one, position) => {
        const [heading = '', text] = position === 0 ? ['', one] : one.split(': ')
        return { heading, text: text ?? '' }
      })
      return {
        number: at + 1,
        title,
        headings: cut.slice(1).map(({ heading }) => heading),
        facets,
        called: called.map((text) => ({ text, weight: 1, words: wordsIn(text, language) })),
        ...countWords({ path, title, description, sections: cut }, language),
      }
    },
  )
  const mean = (of: (one: (typeof indexed)[number]) => number) =>
    indexed.reduce((sum, one) => sum + of(one), 0) / Math.max(1, indexed.length)
  const means = [0, 1, 2, 3, 4].map((field) => mean(({ outline }) => outline.lengths[field] ?? 0))
  const lists = inverter([...means, mean(({ called }) => calledLength(called))])
  const learner = meaningsLearner()
  for (const one of indexed) {
    lists.add(one)
    learner.add(one)
  }
  const all = new Map([...lists.rows()].map((row) => [row.word, row]))
  const words = [...all.keys()].filter((word) => ![GRAM, PHRASE, FACET].includes(word.charAt(0))).toSorted()
  const vocabulary = vocabularyOf({
    total: indexed.length,
    words,
    articles: words.map((word) => all.get(word)?.articles ?? 0),
    meanings: learner.meanings(),
  })
  return {
    vocabulary,
    ask(q: string, typing = false, facets: readonly string[] = []): readonly Ranked[] {
      const question = askedFor(q, language, vocabulary, typing)
      const asked = [
        ...question.wanted.flatMap((one) => one.words.map(({ word }) => word)),
        ...question.grams,
        question.phrase ?? '',
      ]
      const rows = new Map(asked.flatMap((word) => (all.has(word) ? [[word, all.get(word)!] as const] : [])))
      const within = facets.map((facet) => all.get(FACET + facet)?.postings ?? new Uint8Array())
      const candidates = findCandidates(question, rows, vocabulary.total, within).flatMap((one) => {
        const known = indexed[one.article - 1]
        return known ? [{ ...one, outline: known.outline, called: known.called.map(({ words: line }) => line) }] : []
      })
      return rank(question, rows, vocabulary, candidates)
    },
    first(q: string, typing = false): string | undefined {
      const [best] = this.ask(q, typing)
      return best && articles[best.article - 1]?.title
    },
  }
}

function wordsIn(text: string, language: Locale): readonly string[] {
  return cutWords(text, language).flatMap(({ word, kind }) => (kind === 'word' || kind === 'stop' ? [word] : []))
}
