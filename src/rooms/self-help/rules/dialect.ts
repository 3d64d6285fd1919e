/**
 * The dialect of the documentation that vendors publish, brought to plain Markdown line by line before it is parsed. Lines inside
 * code fences are never touched. Whatever is out of balance or missing costs its own line, not the article.
 */

export type DialectHelp = {
  /** Names of the ranges kept, such as `o365-worldwide`; blocks of other ranges are dropped. */
  readonly moniker: string
  /** The text of an include, with links already leading from the including file; undefined when there is none. */
  readonly include: (path: string) => string | undefined
  /** What a link to a video is called. */
  readonly video: string
}

/** An article's text without a byte order mark and with one kind of line end. */
export function plainLines(source: string): string {
  return source.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n')
}

/** Front matter as text (YAML) and what follows it. Dashes may have blanks behind them. */
export function splitFrontMatter(text: string): { readonly front: string; readonly body: string } {
  const match = /^---[ \t]*\n([^]*?\n)??---[ \t]*(?:\n|$)/.exec(text)
  return match ? { front: match[1] ?? '', body: text.slice(match[0].length) } : { front: '', body: text }
}

/** The names of all ranges a text has blocks for. */
export function monikersIn(text: string): readonly string[] {
  return [...text.matchAll(/^[ \t]*:::[ \t]*moniker[ \t]+range="([^"\n]{1,200})"/gm)].flatMap(([, range = '']) =>
    namesIn(range),
  )
}

function namesIn(range: string): readonly string[] {
  return range.split(/[\s|]+/).filter(Boolean)
}

/** The range that is an operator's own: the one that ends in its name, else the worldwide one. */
export function monikerOf(operator: string, known: Iterable<string>): string {
  const own = [...known].find((name) => name.endsWith(`-${operator}`))
  return own ?? 'o365-worldwide'
}

const DEPTH = 3

/** The whole dialect, in one pass over the lines; includes are brought in and read the same way, three deep. */
export function toPlainMarkdown(body: string, help: DialectHelp, depth = DEPTH): string {
  const kept = withoutOtherRanges(body.split('\n'), help.moniker)
  const state = { inTabs: false }
  return eachLine(kept, (line) => plainLine(line, help, depth, state)).join('\n')
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

type Change = (line: string) => readonly string[]

function eachLine(
  lines: readonly string[],
  change: Change,
  changeFenced: Change = (line) => [line],
): readonly string[] {
  let fence: Fence
  return lines.flatMap((line) => {
    const before = fence
    fence = fenceAfter(line, fence)
    return before || fence ? changeFenced(line) : change(line)
  })
}

/** Blocks are not nested in practice: a start ends the one before, an end without a start is nothing. */
function withoutOtherRanges(lines: readonly string[], moniker: string): readonly string[] {
  let dropping = false
  const kept = (line: string) => (dropping ? [] : [line])
  return eachLine(
    lines,
    (line) => {
      const mark = /^\s*:::\s*moniker(?:-end)?\b(?:\s+range="([^"]*)")?/.exec(line)
      if (!mark) return kept(line)
      dropping = mark[1] !== undefined && !namesIn(mark[1]).includes(moniker)
      return ['']
    },
    kept,
  )
}

function plainLine(line: string, help: DialectHelp, depth: number, state: { inTabs: boolean }): readonly string[] {
  if (/^[\s>]*:::\s*(?:row|column|zone|moniker)(?:-end)?\b[^:]*(?::::)?\s*$/.test(line)) return ['']
  if (/^[\s>]*\[!div\b[^\]]*\]\s*$/i.test(line)) return [line.replace(/\[!div\b[^\]]*\]/i, '')]
  const tab = /^(\s*)#+\s*\[(.+)\]\(#tab\/[^)]*\)\s*$/i.exec(line)
  if (tab) {
    state.inTabs = true
    return [`${tab[1] ?? ''}### ${tab[2] ?? ''}`]
  }
  // The line that closes a group of tabs would make a heading of the text above it.
  if (state.inTabs && /^\s*---+\s*$/.test(line)) {
    state.inTabs = false
    return ['']
  }
  return inlineParts(line, help, depth)
}

function inlineParts(line: string, help: DialectHelp, depth: number): readonly string[] {
  const text = line
    .replaceAll(/:::\s*image\b([^:]*(?::(?!::)[^:]*)*):::/g, (_, given: string) => imageText(given))
    .replaceAll(/:::\s*image-end\s*:::/g, '')
    .replaceAll(
      /\[!VIDEO\s+(?:\[[^\]]*\]\()?<?(https?:[^\s\])>]+)>?\)?\s*\]/gi,
      (_, url: string) => `[${help.video}](${url})`,
    )
    .replaceAll(/(\]\([^()\s]+)）/g, '$1)')
  const indent = /^\s*/.exec(text)?.[0] ?? ''
  return text.replaceAll(INCLUDE, (_, path: string) => broughtIn(path, indent, help, depth)).split('\n')
}

const INCLUDE = /\[!INCLUDE\s*\[[^\]]*\]\s*\(([^)\s]+)[^)]*\)\s*\]/gi

function broughtIn(path: string, indent: string, help: DialectHelp, depth: number): string {
  const found = depth > 0 ? help.include(path) : undefined
  return found === undefined
    ? ''
    : toPlainMarkdown(found, help, depth - 1)
        .trim()
        .replaceAll('\n', `\n${indent}`)
}

/** An image of somebody else's server is not loaded; what it shows is said instead. */
function imageText(given: string): string {
  const alt = /alt-text\s*=\s*"([^"]*)"/.exec(given)?.[1]?.trim() ?? ''
  return alt === '' || /type\s*=\s*"icon"/.test(given) ? '' : `*${alt.replaceAll(/[*_[\]<>`\\]/g, '\\$&')}*`
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
