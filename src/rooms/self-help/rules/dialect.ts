import type { Fault, FaultCode } from './faults.ts'
import { pathFrom } from './links.ts'
import { mendedTableHead, mendLine, outsideCode } from './mending.ts'
import { rangeHolds } from './monikers.ts'

/*
 * The dialect of the documentation that vendors publish, brought to plain Markdown line by line before it is parsed. Lines inside
 * code fences are never touched. Whatever is out of balance or missing costs its own line, not the article.
 */

export type DialectHelp = {
  /** The article's path in its folder: what its includes lead from. */
  readonly file: string
  /** Name of the range kept, such as `o365-worldwide`; blocks of other ranges are dropped. */
  readonly moniker: string
  /** The body of the file at a path of the folder; undefined when there is none. */
  readonly include: (path: string) => string | undefined
}

export type Plain = {
  readonly markdown: string
  /** For each line of the Markdown, the line of the article it came from, counted from 1. */
  readonly lines: readonly number[]
  readonly faults: readonly Fault[]
  /** Whether the article has blocks that only some operators' readers see. */
  readonly tailored: boolean
}

/** What stands where a group of tabs ends. */
export const TABS_END = '<!-- tabs end -->'

/** A link to a video, told from other links: the address follows. */
export const VIDEO = 'video:'

/** An article's text without a byte order mark and with one kind of line end. */
export function plainLines(source: string): string {
  return source.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')
}

/**
 * Front matter as text (YAML) and what follows it. Dashes may have blanks behind them. Front matter that is never closed ends at the
 * first line that is none of it.
 */
export function splitFrontMatter(text: string): {
  readonly front: string
  readonly body: string
  readonly open?: true
} {
  const match = /^---[ \t]*\n([^]*?\n)??---[ \t]*(?:\n|$)/.exec(text)
  if (match) return { front: match[1] ?? '', body: text.slice(match[0].length) }
  const unclosed = /^---[ \t]*\n((?:[\w.-]+[ \t]*:.*\n|[ \t]*-[ \t].*\n|[ \t]+\S.*\n)+)/.exec(text)
  return unclosed
    ? { front: unclosed[1] ?? '', body: text.slice(unclosed[0].length), open: true }
    : { front: '', body: text }
}

type Line = { readonly text: string; readonly at: number }

/** What is carried through an article and all it includes. */
type State = {
  readonly help: DialectHelp
  readonly faults: Fault[]
  /** Characters that may still be included: a file that includes ten that include ten grows without end. */
  budget: number
  tailored: boolean
}

/** Where a text stands: its own path, and the files it is included by. */
type Place = { readonly file: string; readonly within: readonly string[] }

const BUDGET = 400_000

/** The whole dialect. Includes are brought in and read the same way; one that includes itself is told and left out. */
export function toPlainMarkdown(body: string, help: DialectHelp, firstLine = 1): Plain {
  const state: State = { help, faults: [], budget: BUDGET, tailored: false }
  const lines = body.split('\n').map((text, at) => ({ text, at: at + firstLine }))
  const plain = readLines(lines, state, { file: help.file, within: [] })
  return {
    markdown: plain.map(({ text }) => text).join('\n'),
    lines: plain.map(({ at }) => at),
    faults: state.faults,
    tailored: state.tailored,
  }
}

function readLines(lines: readonly Line[], state: State, place: Place): readonly Line[] {
  const blocks: Blocks = { openedAt: undefined, indent: undefined }
  const kept = withoutOtherRanges(lines, state)
  const plain = eachLine(kept, (line, at) => plainLine(tableMended(kept, at) ?? line, state, place, blocks))
  if (blocks.openedAt !== undefined) tell(state, 'tabsUnclosed', blocks.openedAt)
  return plain
}

/** A line of a table's head as it must be; undefined for all others. */
function tableMended(lines: readonly Line[], at: number): Line | undefined {
  const text = (of: number) => lines[of]?.text ?? ''
  const head = mendedTableHead(text(at), text(at + 1), text(at + 2))
  const dashes = head ? undefined : mendedTableHead(text(at - 1), text(at), text(at + 1))
  const mended = head?.head ?? dashes?.dashes
  return mended === undefined ? undefined : { text: mended, at: lines[at]?.at ?? 0 }
}

/** Where a group of tabs began, and how far the text of a column is indented: so far that Markdown would take it for code. */
type Blocks = { openedAt: number | undefined; indent: number | 'unknown' | undefined }

function tell({ faults }: State, code: FaultCode, line: number, detail = ''): void {
  faults.push({ code, line, detail: detail.slice(0, 300) })
}

type Fence = { readonly mark: string } | undefined

/** Whether a line opens or closes a fence, given the one that is open. Fences in lists and quotes are indented. */
export function fenceAfter(line: string, open: Fence): Fence {
  const match = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])\s+)?(`{3,}|~{3,})(.*)$/.exec(line)
  const [, mark = '', rest = ''] = match ?? []
  if (!match) return open
  if (!open) return mark.startsWith('`') && rest.includes('`') ? undefined : { mark }
  return mark.startsWith(open.mark) && rest.trim() === '' ? undefined : open
}

type Change = (line: Line, at: number) => readonly Line[]

function eachLine(lines: readonly Line[], change: Change, changeFenced: Change = (line) => [line]): readonly Line[] {
  let fence: Fence
  return lines.flatMap((line, at) => {
    const before = fence
    fence = fenceAfter(line.text, fence)
    return before || fence ? changeFenced(line, at) : change(line, at)
  })
}

const RANGE = /^[\s>]*:::\s*moniker(-end)?\b(?:\s+range\s*=\s*(["'])(.*?)\2)?/

/** Blocks are not nested in practice: a start ends the one before, an end without a start is nothing. */
function withoutOtherRanges(lines: readonly Line[], state: State): readonly Line[] {
  let dropping = false
  let openedAt: number | undefined
  const kept = (line: Line) => (dropping ? [] : [line])
  const left = eachLine(
    lines,
    (line) => {
      const mark = RANGE.exec(line.text)
      if (!mark) return kept(line)
      const range = mark[1] ? undefined : mark[3]
      if (mark[1] && openedAt === undefined) tell(state, 'rangeUnopened', line.at)
      openedAt = mark[1] ? undefined : line.at
      dropping = range !== undefined && !holds(range, line, state)
      state.tailored ||= range !== undefined
      return [{ ...line, text: '' }]
    },
    kept,
  )
  if (openedAt !== undefined) tell(state, 'rangeUnclosed', openedAt)
  return left
}

function holds(range: string, { at }: Line, state: State): boolean {
  const answer = rangeHolds(range, state.help.moniker)
  if (answer === undefined) tell(state, 'rangeUnknown', at, range)
  return answer ?? true
}

const UNDERSTOOD = /^[\s>]*:::+\s*(?:row|column|zone)(?:-end)?\b[^:]*(?::::?:?)?\s*$/
const IMAGE = /:::\s*image\b([^:]*(?::(?!::)[^:]*)*):::/

const COLUMN = /^[\s>]*:::+\s*column(-end)?\b/

function plainLine(line: Line, state: State, place: Place, blocks: Blocks): readonly Line[] {
  const column = COLUMN.exec(line.text)
  if (column) blocks.indent = column[1] ? undefined : 'unknown'
  else if (blocks.indent === 'unknown' && line.text.trim() !== '')
    blocks.indent = /^ */.exec(line.text)?.[0].length ?? 0
  const text =
    typeof blocks.indent === 'number' ? line.text.replace(new RegExp(`^ {0,${blocks.indent}}`), '') : line.text
  const { at } = line
  const one = (changed: string): readonly Line[] => [{ text: changed, at }]
  if (UNDERSTOOD.test(text) || /^[\s>]*:::\s*image-end\s*:::/.test(text)) return one('')
  if (/^[\s>]*:::/.test(text) && !IMAGE.test(text)) {
    tell(state, 'directive', at, text.trim())
    return one('')
  }
  if (/^\s*#+\s.*\(#tabs?\/[^)]*\)\s*#*\s*$/i.test(text)) {
    blocks.openedAt ??= at
    return one(text)
  }
  // The line that closes a group of tabs would make a heading of the text above it.
  if (blocks.openedAt !== undefined && /^\s{0,3}(?:-{3,}|\*{3,})\s*$/.test(text)) {
    blocks.openedAt = undefined
    return ['', TABS_END, ''].map((written) => ({ text: written, at }))
  }
  return inlineParts({ text, at }, state, place)
}

const VIDEO_MARK = /\[!VIDEO\s{1,5}(?:\[[^\]]{0,300}\]\()?<?(https?:[^\s\])>]{1,2000})>?\)?\s{0,5}\]/gi
const CODE_MARK = /\[!(?:code|notebook)\b[^\]]{0,100}(?:\[[^\]]{0,300}\])?\(([^)]{1,500})\)\s{0,5}\]/gi
const INCLUDE = /\[!INCLUDE\s{0,5}\[[^\]]{0,300}\]\s{0,5}\(([^)\s]{1,500})[^)]{0,300}\)\s{0,5}\]/gi

function inlineParts({ text, at }: Line, state: State, place: Place): readonly Line[] {
  const marked = /:::|\[!/.test(text)
    ? outsideCode(text, (part) =>
        part
          .replaceAll(/:::\s*image\b([^:]*(?::(?!::)[^:]*)*):::/g, (_, given: string) => imageText(given))
          .replaceAll(/:::\s*image-end\s*:::/g, '')
          // A blank line of its own kind: a link of its own paragraph is shown as a video.
          .replaceAll(VIDEO_MARK, (_, url: string) => `[ ](<${VIDEO}${url}>)`)
          .replaceAll(CODE_MARK, (written: string) => {
            tell(state, 'directive', at, written)
            return ''
          }),
      )
    : text
  const mended = mendLine(marked)
  if (!/\[!INCLUDE/i.test(mended)) return [{ text: mended, at }]
  const indent = /^[\s>]*/.exec(text)?.[0] ?? ''
  const cell = /^\s*\|/.test(text)
  return outsideCode(mended, (part) =>
    part.replaceAll(INCLUDE, (_, path: string) => {
      const found = broughtIn(path, at, state, place)
      return cell ? found.replaceAll(/\s*\n\s*/g, ' ') : found.replaceAll('\n', `\n${indent}`)
    }),
  )
    .split('\n')
    .map((line) => ({ text: line, at }))
}

function broughtIn(path: string, at: number, state: State, place: Place): string {
  const file = pathFrom(place.file, path) ?? ''
  if (file === place.file || place.within.includes(file)) return (tell(state, 'includeCycle', at, path), '')
  const found = state.help.include(file)
  if (found === undefined) return (tell(state, 'includeMissing', at, path), '')
  if (found.length > state.budget) return (tell(state, 'includeTooMuch', at, path), '')
  state.budget -= found.length + 1
  const lines = found.split('\n').map((text) => ({ text, at }))
  const plain = readLines(lines, state, { file, within: [...place.within, place.file] })
  // Links lead from the file they stand in, whatever includes it.
  const moved = plain.map(({ text }) => withLinksFrom(text, file, place.file))
  return moved.join('\n').trim()
}

/** A line with its relative links as they must be written in another file. */
function withLinksFrom(line: string, from: string, to: string): string {
  const folder = (file: string) => file.split('/').slice(0, -1).join('/')
  if (folder(from) === folder(to)) return line
  return line.replaceAll(
    /(\]\(\s{0,3}<?|\b(?:href|src)\s*=\s*["'])(?![a-z][a-z\d+.-]*:|[/#~?<])([^\s)"'>#?]{1,500})/gi,
    (written: string, before: string, path: string) => {
      const target = pathFrom(from, path)
      return target === undefined ? written : `${before}${'../'.repeat(to.split('/').length - 1)}${encoded(target)}`
    },
  )
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/').replaceAll('(', '%28').replaceAll(')', '%29')
}

/** As Markdown writes it; the renderer says what it shows, because it loads no image of somebody else's server. */
function imageText(given: string): string {
  const alt =
    /alt-text\s*=\s*"([^"]*)"/.exec(given)?.[1]?.trim() ?? /alt-text\s*=\s*'([^']*)'/.exec(given)?.[1]?.trim() ?? ''
  return alt === '' || /type\s*=\s*["']icon["']/.test(given)
    ? ''
    : `![${alt.replaceAll(/[*_[\]<>`\\]/g, '\\$&')}](image)`
}

/** A date as front matter has it: `2026-09-08`, or month first `9/8/2026`; undefined for anything else. */
export function dateIn(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : ''
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})/.exec(text) ?? []
  const [, monthFirst, dayThen, yearLast] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(text) ?? []
  return checkedDate(year ?? yearLast, month ?? monthFirst, day ?? dayThen)
}

function checkedDate(year = '', month = '', day = ''): string | undefined {
  try {
    return Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: 'reject' },
    ).toString()
  } catch {
    return undefined
  }
}
