import type { HtmlNode } from './raw-html.ts'

export type Heading = { readonly id: string; readonly text: string; readonly depth: 2 | 3 }

export type Section = {
  readonly anchor: string | undefined
  readonly heading: string
  readonly text: string
  /** The names its author gave to places in it (`<a name>`): in a translation they are the English words. */
  readonly anchors: readonly string[]
}

/** Before every id of an article, so that none is taken for one of the page's own. */
export const ID_PREFIX = 'a-'

/** The text under each heading of the second and third level, and under each tab; the first is what stands before any. */
export function outlineOf(tree: HtmlNode): {
  readonly headings: readonly Heading[]
  readonly sections: readonly Section[]
} {
  const headings: Heading[] = []
  const sections: Building[] = [{ anchor: undefined, heading: '', text: '', anchors: [] }]
  const begin = (node: HtmlNode, id: string, depth: 2 | 3) => {
    const text = oneLine(textOf(node))
    headings.push({ id, text, depth })
    sections.push({ anchor: id || undefined, heading: text, text: '', anchors: anchorsIn(node) })
  }
  const add = (node: HtmlNode) => {
    const section = sections.at(-1)
    if (!section) return
    section.text += `${textOf(node)}\n`
    section.anchors.push(...anchorsIn(node))
  }
  const read = (node: HtmlNode, parent?: HtmlNode) => {
    const { tagName = '' } = node
    if (/^h[23]$/.test(tagName)) begin(node, idOf(node), tagName === 'h2' ? 2 : 3)
    else if (tagName === 'summary' && isTabs(parent)) begin(node, idOf(parent?.children?.find(isElement('div'))), 2)
    else if ((isElement('div')(node) && !isAlert(node)) || isElement('details')(node))
      for (const child of node.children ?? []) read(child, node)
    else add(node)
  }
  for (const node of tree.children ?? []) read(node)
  return { headings, sections: sections.map((section) => ({ ...section, text: tidied(section.text) })) }
}

type Building = { anchor: string | undefined; heading: string; text: string; anchors: string[] }

function isElement(name: string): (node: HtmlNode) => boolean {
  return ({ tagName }) => tagName === name
}

function isTabs(node: HtmlNode | undefined): boolean {
  return node?.tagName === 'details' && node.properties?.['name'] !== undefined
}

function isAlert({ properties }: HtmlNode): boolean {
  const names = properties?.['className']
  return Array.isArray(names) && names.includes('alert')
}

function idOf(node: HtmlNode | undefined): string {
  const id = node?.properties?.['id']
  return typeof id === 'string' ? id : ''
}

function anchorsIn(node: HtmlNode): string[] {
  const own = node.tagName === 'a' && idOf(node) ? [idOf(node).slice(ID_PREFIX.length)] : []
  return [...own, ...(node.children ?? []).flatMap(anchorsIn)]
}

function tidied(text: string): string {
  return text
    .replaceAll(/[^\S\n]+/g, ' ')
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim()
}

const BLOCK = /^(?:p|li|h\d|div|pre|blockquote|br|dt|dd|summary|table|ul|ol|figure|figcaption)$/
const CELL = /^t[dh]$/

/** What a reader reads of a node; blocks end with a line end, table rows are lines. */
export function textOf(node: HtmlNode): string {
  if (node.value !== undefined && node.type !== 'comment') return node.value
  if (isLabel(node)) return ''
  const text = (node.children ?? []).map(textOf).join('')
  if (node.tagName === 'tr') return `${oneLine(text)}\n`
  if (BLOCK.test(node.tagName ?? '')) return `${text}\n`
  return CELL.test(node.tagName ?? '') ? `${text} ` : text
}

/** Labels of ours: they are not the article's words. */
function isLabel({ properties }: HtmlNode): boolean {
  const names = properties?.['className']
  return Array.isArray(names) && (names.includes('alert-title') || names.includes('video'))
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
