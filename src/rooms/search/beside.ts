import type { Locale } from '../../base/locale.ts'
import { askedFor } from './ask.ts'
import { countWords } from './count-words.ts'
import type { ArticleText } from './count-words.ts'
import { FACET, GRAM, inverter, PHRASE } from './rules/inverting.ts'
import type { WordRow } from './rules/inverting.ts'
import { findCandidates, rank } from './rules/ranking.ts'
import { vocabularyOf } from './rules/vocabulary.ts'
import type { Vocabulary } from './rules/vocabulary.ts'

/** A text that is no article, to be weighed as if it were one of a shelf. */
export type BesideText = Omit<ArticleText, 'path'>

/**
 * How well texts answer a question, by their place in the list, the best first: weighed as articles of the shelf whose vocabulary it is,
 * so that their scores can be compared with those of its articles. Texts nothing speaks for are left out.
 */
export function weighBeside(
  q: string,
  {
    language,
    vocabulary: known,
    typing = false,
  }: { readonly language: Locale; readonly vocabulary: Vocabulary | undefined; readonly typing?: boolean },
  texts: readonly BesideText[],
): readonly { readonly at: number; readonly score: number }[] {
  if (texts.length === 0) return []
  const { indexed, words } = indexedOf(texts, language)
  const vocabulary = known ?? ownVocabulary(words, texts.length)
  const question = askedFor(q, language, vocabulary, typing)
  // A word is as rare as it is among the articles: of a few texts each word would be rare.
  const rows = new Map(words.map((row) => [row.word, { ...row, articles: Math.max(1, vocabulary.articles(row.word)) }]))
  const candidates = findCandidates(question, rows, vocabulary.total).flatMap((one) => {
    const text = indexed[one.article - 1]
    return text ? [{ ...one, outline: text.outline, called: [] }] : []
  })
  return rank(question, rows, vocabulary, candidates).map(({ article, score }) => ({ at: article - 1, score }))
}

/** The same few texts are weighed with question after question: cutting them into words takes longer than all else. */
const kept = new Map<string, ReturnType<typeof indexOf>>()
const MOST_KEPT = 16

function indexedOf(texts: readonly BesideText[], language: Locale): ReturnType<typeof indexOf> {
  const key = JSON.stringify([language, texts])
  const known = kept.get(key) ?? indexOf(texts, language)
  kept.delete(key)
  kept.set(key, known)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  return known
}

function indexOf(texts: readonly BesideText[], language: Locale) {
  const indexed = texts.map((text, at) => ({
    number: at + 1,
    title: text.title,
    headings: text.sections.slice(1).map(({ heading }) => heading),
    facets: [],
    called: [],
    ...countWords({ ...text, path: '' }, language),
  }))
  const mean = (of: (one: (typeof indexed)[number]) => number) =>
    indexed.reduce((sum, one) => sum + of(one), 0) / Math.max(1, indexed.length)
  const means = [0, 1, 2, 3, 4].map((field) => mean(({ outline }) => outline.lengths[field] ?? 0))
  const lists = inverter([...means, 0])
  for (const one of indexed) lists.add(one)
  return { indexed, words: [...lists.rows()] }
}

/** Where there are no articles, how rare a word is can be told from the texts alone. */
function ownVocabulary(rows: Iterable<WordRow>, total: number): Vocabulary {
  const counts = new Map([...rows].map(({ word, articles }) => [word, articles]))
  const words = [...counts.keys()].filter((word) => ![GRAM, PHRASE, FACET].includes(word.charAt(0))).toSorted()
  return vocabularyOf({ total, words, articles: words.map((word) => counts.get(word) ?? 0), meanings: {} })
}
