import type { Locale } from '../../base/locale.ts'
import type { Counts, Outline } from './rules/inverting.ts'
import { cutWords } from './words.ts'
import type { Cut } from './words.ts'

/** What an article says, in the parts that weigh differently. The first section has no heading: it is the introduction. */
export type ArticleText = {
  /** Its path in the folder it comes from: a file's name is often an earlier title, or the English one. */
  readonly path: string
  readonly title: string
  readonly description: string
  readonly sections: readonly { readonly heading: string; readonly text: string }[]
}

const TITLE = 0
const HEADING = 1
const DESCRIPTION = 2
const BODY = 3
const NAME = 4
const SECTIONS = 5
type Field = typeof TITLE | typeof HEADING | typeof DESCRIPTION | typeof BODY | typeof NAME

/** The introduction's, which title and description belong to. */
const FIRST = 1

/** Cuts an article's words and counts them by field and section; stop words count in title and headings only. */
export function countWords(
  article: ArticleText,
  language: Locale,
): { readonly outline: Outline; readonly counts: Counts } {
  const counts = new Map<string, [number, number, number, number, number, number]>()
  const lengths: [number, number, number, number, number] = [0, 0, 0, 0, 0]
  const title = cutWords(article.title, language)
  add(title, TITLE, FIRST)
  add(cutWords(article.description, language), DESCRIPTION, FIRST)
  const name = cutWords(nameIn(article.path), language)
  add(name, NAME, 0)
  const headings = article.sections.map(({ heading, text }, position) => {
    const bit = 2 ** Math.min(position, 31)
    const cut = cutWords(heading, language)
    add(cut, HEADING, bit)
    add(cutWords(text, language), BODY, bit)
    return cut
  })
  return {
    outline: { title: inOrder(title), headings: headings.map(inOrder), name: inOrder(name), lengths },
    counts: Object.fromEntries(counts),
  }

  function add(cuts: readonly Cut[], field: Field, bit: number): void {
    for (const { word, kind } of cuts) {
      if (kind === 'stop' && (field === BODY || field === DESCRIPTION)) continue
      let count = counts.get(word)
      if (!count) counts.set(word, (count = [0, 0, 0, 0, 0, 0]))
      count[field] += 1
      lengths[field] += 1
      count[SECTIONS] = (count[SECTIONS] | bit) >>> 0
    }
  }
}

function nameIn(path: string): string {
  return (path.split('/').at(-1) ?? '').replaceAll(/[-_.]/g, ' ')
}

/** The words a question is compared with word by word. */
function inOrder(cuts: readonly Cut[]): readonly string[] {
  return cuts.flatMap(({ word, kind }) => (kind === 'word' || kind === 'stop' ? [word] : []))
}
