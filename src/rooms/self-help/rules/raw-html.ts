/** The part of a syntax tree of HTML that this room reads and writes. */
export type HtmlNode = {
  type: string
  tagName?: string
  value?: string
  properties?: Record<string, unknown>
  children?: HtmlNode[]
  position?: { start: { line: number } } | undefined
}

/** Tags that carry text people read. Everything else is taken off, and its content stays. */
const KEPT = new Set(
  `a abbr b blockquote br caption cite code dd del details dfn div dl dt em h1 h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q s samp
  small span strong sub summary sup table tbody td tfoot th thead tr ul var`.split(/\s+/),
)

/** Tags whose content is not text for people: they go with all that is in them. */
const DROPPED = new Set(
  `applet audio button canvas embed form frame frameset head iframe map math noembed noframes noscript object option plaintext script select
  style svg template textarea title video xmp`.split(/\s+/),
)

const EMPTY = new Set(['br', 'hr', 'img', 'embed', 'frame'])

const ATTRIBUTES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    href: 'href',
    src: 'src',
    alt: 'alt',
    id: 'id',
    name: 'id',
    colspan: 'colSpan',
    rowspan: 'rowSpan',
    start: 'start',
    open: 'open',
  }),
)

type Tag = {
  readonly name: string
  readonly closing: boolean
  readonly properties: Record<string, unknown>
  readonly line: number | undefined
}

/** Deeper than any page is; what is nested deeper still stands beside instead. */
const DEEPEST = 60

/**
 * Puts the raw HTML that stands between Markdown into the tree as elements. A parser of whole documents would be the wrong tool:
 * here a tag opens in one node and closes in another, with Markdown between.
 */
export function withRawElements(parent: HtmlNode): void {
  const parts = (parent.children ?? []).flatMap((child): readonly (HtmlNode | Tag)[] => {
    if (child.type === 'raw') return tagsIn(child.value ?? '', child.position?.start.line)
    withRawElements(child)
    return [child]
  })
  const root: HtmlNode = { type: 'root', children: [] }
  const open = [root]
  for (const part of parts) {
    if ('closing' in part) place(part, open)
    else open.at(-1)?.children?.push(part)
  }
  parent.children = root.children ?? []
  dropUnreadable(parent)
}

function place({ name, closing, properties, line }: Tag, open: HtmlNode[]): void {
  if (closing) {
    const at = open.findLastIndex(({ tagName }) => tagName === name)
    if (at > 0) open.length = at
    return
  }
  const position = line === undefined ? undefined : { start: { line } }
  const element: HtmlNode = { type: 'element', tagName: name, properties, children: [], position }
  open.at(-1)?.children?.push(element)
  if (!EMPTY.has(name) && open.length < DEEPEST) open.push(element)
}

function dropUnreadable(parent: HtmlNode): void {
  parent.children = parent.children?.filter(({ tagName = '' }) => !DROPPED.has(tagName)) ?? []
}

const MARKUP = /<!--[^]*?(?:-->|$)|<[!?][^>]*>|<(\/?)([a-z][a-z0-9-]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/gi

function tagsIn(raw: string, firstLine: number | undefined): readonly (HtmlNode | Tag)[] {
  const parts: (HtmlNode | Tag)[] = []
  let after = 0
  let line = firstLine
  for (const match of raw.matchAll(MARKUP)) {
    if (match.index > after) parts.push(textNode(raw.slice(after, match.index)))
    if (line !== undefined) line += raw.slice(after, match.index).split('\n').length - 1
    after = match.index + match[0].length
    const name = match[2]?.toLowerCase() ?? ''
    if (KEPT.has(name) || DROPPED.has(name))
      parts.push({ name, closing: match[1] === '/', properties: propertiesOf(match[3] ?? ''), line })
    if (line !== undefined) line += match[0].split('\n').length - 1
  }
  if (after < raw.length) parts.push(textNode(raw.slice(after)))
  return parts
}

function textNode(raw: string): HtmlNode {
  return { type: 'text', value: decoded(raw) }
}

const ATTRIBUTE = /([a-z][a-z0-9-]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/gi

function propertiesOf(written: string): Record<string, unknown> {
  const found = [...written.matchAll(ATTRIBUTE)].flatMap(([, name = '', double, single, bare]) => {
    const property = ATTRIBUTES.get(name.toLowerCase())
    return property ? [[property, decoded(double ?? single ?? bare ?? '')] as const] : []
  })
  return Object.fromEntries(found)
}

const NAMED: ReadonlyMap<string, string> = new Map(
  Object.entries({
    amp: '&',
    lt: '<',
    gt: '>',
    quot: '"',
    apos: "'",
    nbsp: '\u00A0',
    copy: '©',
    reg: '®',
    trade: '™',
    hellip: '…',
    ndash: '–',
    mdash: '—',
  }),
)

function decoded(text: string): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi,
    (written, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return NAMED.get(name) ?? written
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      return code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : written
    },
  )
}
