/*
 * What translators and their machines break in Markdown, made good line by line where what was meant is beyond doubt. Code in a line
 * stays as it is.
 */

/** A line with links closed, blanks in paths removed and bold text bold. Not for lines of fenced code. */
export function mendLine(line: string): string {
  return outsideCode(line, (text) => mendBold(mendLinks(text)))
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
  if (!text.includes(']')) return text
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
      // `] (text](address)`: the bracket that opens the text came out as one that closes
      .replaceAll(/(^|[^\\\w])\] ?\((?=[^()[\]]{1,200}\]\()/g, '$1[')
  )
}

const PAIR = /\*\*(?!\*)((?:[^*\n]|\*(?!\*))+?)\*\*(?!\*)/g
const LETTER = /[\p{L}\p{N}]/u
const PUNCTUATION = /[\p{P}\p{S}]/u

/**
 * Text between two pairs of asterisks that would not be bold by the letter of the rules: blanks inside them, or a bracket inside
 * and a letter outside with no blank between, as Chinese is written.
 */
function mendBold(text: string): string {
  if (!text.includes('**') || (text.match(/(?<!\\)\*\*/g)?.length ?? 0) % 2 === 1) return text
  return text.replaceAll(PAIR, (written: string, inside: string, at: number) => {
    const bold = inside.trim()
    if (bold === '') return written
    const before = text[at - 1] ?? ' '
    const after = text[at + written.length] ?? ' '
    const opens = !/^\s/.test(inside) && !(PUNCTUATION.test(inside[0] ?? '') && LETTER.test(before))
    const closes = !/\s$/.test(inside) && !(PUNCTUATION.test(inside.at(-1) ?? '') && LETTER.test(after))
    if (opens && closes) return written
    const [lead = '', tail = ''] = [/^\s*/.exec(inside)?.[0], /\s*$/.exec(inside)?.[0]]
    return `${lead}<strong>${bold}</strong>${tail}`
  })
}
