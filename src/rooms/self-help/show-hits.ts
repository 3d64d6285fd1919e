import type { Locale } from '../../base/locale.ts'
import { partsOf } from './rules/text.ts'
import type { Part, Range } from './rules/text.ts'
import { stemOfWritten } from '../search/index.ts'

const WORD = /\p{Script=Han}+|[\p{L}\p{M}\p{N}]+/gu

/** The same where a text has no other letters: three times as fast. */
const PLAIN_WORD = /[A-Za-z0-9]+/g
const PLAIN = /^[\0-\x7f]*$/

/** Where words of a question stand in a text, however they are inflected; Chinese by two characters at a time. */
export function hitsIn(text: string, asked: ReadonlySet<string>, language: Locale): readonly Range[] {
  const initials = new Set(Array.from(asked, (word) => word[0]))
  const ranges = [...text.matchAll(PLAIN.test(text) ? PLAIN_WORD : WORD)].flatMap(({ 0: word, index }) =>
    /^\p{Script=Han}/u.test(word)
      ? pairsIn(word, index, asked)
      : mayBegin(word, initials) && isAsked(word, asked, language)
        ? [{ from: index, until: index + word.length }]
        : [],
  )
  return merged(ranges)
}

/** A stem begins with the letter its word begins with: that alone tells most words of a text apart from those asked for. */
function mayBegin(word: string, initials: ReadonlySet<string | undefined>): boolean {
  const first = word.charAt(0)
  return first > '\u007f' || initials.has(first.toLowerCase())
}

function isAsked(word: string, asked: ReadonlySet<string>, language: Locale): boolean {
  return asked.has(stemOfWritten(word, language))
}

function pairsIn(run: string, start: number, asked: ReadonlySet<string>): readonly Range[] {
  const ranges: Range[] = []
  for (let at = 0; at + 1 < run.length; at++)
    if (asked.has(run.slice(at, at + 2))) ranges.push({ from: start + at, until: start + at + 2 })
  return ranges
}

function merged(ranges: readonly Range[]): readonly Range[] {
  const all: { from: number; until: number }[] = []
  for (const { from, until } of ranges) {
    const last = all.at(-1)
    if (last && from <= last.until) last.until = until
    else all.push({ from, until })
  }
  return all
}

/** A title or passage in parts, with the question's telling words marked. */
export function markHits(text: string, asked: ReadonlySet<string>, language: Locale): readonly Part[] {
  return partsOf(text, hitsIn(text, asked, language))
}

/** A word as one of the texts writes it, by the word it is indexed as. */
export function spelled(word: string, texts: readonly string[], language: Locale): string | undefined {
  for (const text of texts)
    for (const [written] of text.matchAll(WORD)) if (stemOfWritten(written, language) === word) return written
  return undefined
}
