import type { Fault } from './faults.ts'

/** The largest article that real documentation has is 280,000 characters. */
export const LONGEST_ARTICLE = 400_000
const LONGEST_TABLE = 3000
const MOST_ITEMS = 4000
const LONGEST_LINE = 50_000
const DEEPEST = 24
const DEEPEST_BLANKS = 160

/**
 * A text as far as it is worth reading: parsing takes more than twice as long for a text of twice the length, and a table of tens of
 * thousands of rows is no help to anybody. What is cut is told; the line counts from 1.
 */
export function withinLimits(text: string): { readonly text: string; readonly faults: readonly Fault[] } {
  const faults: Fault[] = []
  const lines = cutAtLine(text, faults).split('\n')
  let rows = 0
  let deep = false
  const kept = lines.map((line, at) => {
    rows = /^[\s>]*\|/.test(line) ? rows + 1 : 0
    if (rows === LONGEST_TABLE + 1) faults.push({ code: 'tableCut', line: at + 1, detail: String(LONGEST_TABLE) })
    if (rows > LONGEST_TABLE) return undefined
    const long = line.length > LONGEST_LINE && !line.includes('data:image/')
    if (long) faults.push({ code: 'lineCut', line: at + 1, detail: String(LONGEST_LINE) })
    const flat = flattened(long ? line.slice(0, LONGEST_LINE).toWellFormed() : line)
    if (flat.length < line.length && !long && !deep) {
      deep = true
      faults.push({ code: 'tooDeep', line: at + 1, detail: String(DEEPEST) })
    }
    return flat
  })
  // Lines keep their numbers, for what is told later; a blank line ends a table as well as anything does.
  return { text: kept.map((line) => line ?? '').join('\n'), faults }
}

function cutAtLine(text: string, faults: Fault[]): string {
  const end = Math.min(endOfItems(text), endOfLetters(text))
  if (end >= text.length) return text
  const kept = text.slice(0, end).toWellFormed()
  faults.push({ code: 'tooLong', line: kept.split('\n').length, detail: String(end) })
  return kept
}

function endOfLetters(text: string): number {
  if (text.length <= LONGEST_ARTICLE) return text.length
  const at = text.lastIndexOf('\n', LONGEST_ARTICLE)
  return at > LONGEST_ARTICLE / 2 ? at : LONGEST_ARTICLE
}

/** Of all there is, the parser takes longest over lists. */
function endOfItems(text: string): number {
  let items = 0
  for (const { index } of text.matchAll(/^[\s>]*?(?:[-*+]|\d{1,9}[.)])[ \t]/gm)) {
    items += 1
    if (items > MOST_ITEMS) return index
  }
  return text.length
}

const MARKERS = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))+/

function flattened(line: string): string {
  const blanks = /^[ \t]*/.exec(line)?.[0].length ?? 0
  const near = blanks > DEEPEST_BLANKS ? ' '.repeat(DEEPEST_BLANKS) + line.slice(blanks) : line
  if (near.length <= DEEPEST) return near
  const markers = MARKERS.exec(near)?.[0] ?? ''
  const each = markers.match(/[ \t]*(?:>|[-*+]|\d{1,9}[.)])/g) ?? []
  return each.length <= DEEPEST ? near : each.slice(0, DEEPEST).join('') + near.slice(markers.length)
}
