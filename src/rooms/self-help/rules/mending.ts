/*
 * What translators and their machines break in Markdown, made good line by line where what was meant is beyond doubt. Code in a line
 * stays as it is.
 */

/** No paragraph is that long; what is, is not looked through over and over. */
const LONGEST_LINE = 8000

/** A line with links closed, blanks in paths removed and bold text bold. Not for lines of fenced code. */
export function mendLine(line: string): string {
  if (line.length > LONGEST_LINE) return line
  return outsideCode(withBreak(line), (text) => mendBold(mendLinks(text)))
}

/** A backslash breaks the line only as its very last character. */
function withBreak(line: string): string {
  return line.replace(/(?<=[^\\\s])\\[ \t]+$/, '\\')
}

/** Changes what is not between backticks. */
export function outsideCode(line: string, change: (text: string) => string): string {
  if (!line.includes('`')) return change(line)
  return line
    .split(/((?<!`)`+(?!`)[^`]+(?<!`)`+(?!`))/)
    .map((part, at) => (at % 2 === 1 ? part : change(part)))
    .join('')
}

function mendLinks(text: string): string {
  if (!/[\]］]/.test(text)) return text
  return (
    text
      // `［text］（address）`, in part or whole
      .replaceAll(/］\s{0,3}[(（]/g, '](')
      .replaceAll(/\][ \t]{0,3}（(?=[^()（）\s]{1,500}(?:\.(?:md|yml)|[)）]))/g, '](')
      .replaceAll(/(\]\([^()\s]{1,500})）/g, '$1)')
      // `](( .. /x.md)`, `] (.. /x.md)`
      .replaceAll(/\][ \t]{0,3}\([ \t(]{0,5}((?:\.{1,2}[ \t]{0,3}\/[ \t]{0,3}){1,20})/g, (_, steps: string) => {
        return `](${steps.replaceAll(/[ \t]/g, '')}`
      })
      .replaceAll(/\]\([ \t]*\([ \t]*(?=[^()\s]{1,500}\))/g, '](')
      .replaceAll(/\][ \t]{1,3}\((?=https?:\/\/|[^()\s]{1,500}\.(?:md|yml)[#?)])/g, '](')
      // `[text] (title of the article](address)`
      .replaceAll(/\][ \t]{0,2}\((?![^()[\]]{0,200}:\/\/)[^()[\]]{1,200}\](?=\()/g, ']')
  )
}

const LETTER = /[\p{L}\p{N}]/u
const PUNCTUATION = /[\p{P}\p{S}]/u

/**
 * Text between two pairs of asterisks that would not be bold by the letter of the rules: blanks inside them, a bracket inside and a
 * letter outside with no blank between, as Chinese is written, or one bold text right behind another. Bold text of nothing goes.
 */
function mendBold(text: string): string {
  if (!text.includes('**')) return text
  if (/^\s*\|/.test(text)) return text.split('|').map(mendWhole).join('|')
  return /^\s*#/.test(text) ? mendWhole(text) : mendPairs(text)
}

/** In a cell or a heading nothing follows that could close what is open. */
function mendWhole(text: string): string {
  const alone = /^[^*]*[^*>\\]\*\*(?![*<])[^*]*$|^[^*\w]*\*\*(?=[^*\s])[^*]*$/.test(text)
  return alone ? text.replace('**', '') : mendPairs(text)
}

function mendPairs(text: string): string {
  // Three are bold and slanted at once: left as they are.
  const parts = /(?<![*\\])\*{3}(?!\*)/.test(text) ? [] : text.split(/(?<!\\)\*\*/)
  if (parts.length < 3 || parts.length % 2 === 0) return text
  return parts.map((part, at) => (at % 2 === 0 ? part : bold(part, neighbour(at - 1), neighbour(at + 1)))).join('')

  /** Nothing between two bold texts is no place to end one and begin the other. */
  function neighbour(at: number): string {
    const part = parts[at] ?? ''
    return part === '' && at > 0 && at < parts.length - 1 ? '*' : part
  }
}

function bold(part: string, before: string, after: string): string {
  const inside = part.trim()
  if (inside === '') return part
  const opens = part === part.trimStart() && !(PUNCTUATION.test(part[0] ?? '') && LETTER.test(before.at(-1) ?? ' '))
  const closes = part === part.trimEnd() && !(PUNCTUATION.test(part.at(-1) ?? '') && LETTER.test(after[0] ?? ' '))
  if (opens && closes && !before.endsWith('*') && !after.startsWith('*')) return `**${part}**`
  return part.replace(inside, () => `<strong>${inside}</strong>`)
}

const DASHES = /^[\s>]*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$/

/**
 * A table whose first row has fewer or more cells than the line of dashes below it is no table by the letter of the rules: both get as
 * many as the widest of the first two rows has. Undefined when there is nothing to mend.
 */
export function mendedTableHead(
  head: string,
  dashes: string,
  row: string,
): { readonly head: string; readonly dashes: string } | undefined {
  if (!dashes.includes('|') || !DASHES.test(dashes) || !/^[\s>]*\|/.test(head)) return undefined
  const [there, wanted] = [cellsIn(head), cellsIn(dashes)]
  if (there === wanted) return undefined
  const columns = Math.max(there, /^[\s>]*\|/.test(row) ? cellsIn(row) : 1)
  const indent = /^[\s>]*/.exec(dashes)?.[0] ?? ''
  return {
    head: `${head.trimEnd().replace(/(?<!\\)\|$/, '')}${' |'.repeat(columns - there + 1)}`,
    dashes: `${indent}|${'---|'.repeat(columns)}`,
  }
}

function cellsIn(row: string): number {
  return row
    .replace(/^[\s>]*\|?/, '')
    .trimEnd()
    .replace(/(?<!\\)\|$/, '')
    .split(/(?<!\\)\|/).length
}
