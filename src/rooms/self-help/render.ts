import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeSlug from 'rehype-slug'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { alertOf, withMarkersSaid } from './rules/alerts.ts'
import type { AlertKind } from './rules/alerts.ts'
import { safeImage, safeLink } from './rules/links.ts'
import { withRawElements } from './rules/raw-html.ts'
import type { HtmlNode } from './rules/raw-html.ts'

export type Rendered = {
  /** The first heading of the first level, if it comes before any other; it is not in the HTML, whose page has a title. */
  readonly heading: string
  readonly html: string
  readonly headings: readonly Heading[]
  readonly sections: readonly Section[]
}

export type Heading = { readonly id: string; readonly text: string; readonly depth: 2 | 3 }

export type Section = { readonly anchor: string | undefined; readonly heading: string; readonly text: string }

export type RenderHelp = {
  readonly alertLabel: (kind: AlertKind) => string
  /** The address of another article, relative to this one; undefined when there is none. */
  readonly linkTo: (path: string) => string | undefined
}

/** Before every id of an article, so that none is taken for one of the page's own. */
const ID_PREFIX = 'a-'

/**
 * Plain Markdown as HTML in which nothing runs and nothing is loaded from another host: elements and attributes come from a list,
 * images of other hosts are their text, links are kept when they lead somewhere.
 */
export function renderMarkdown(markdown: string, help: RenderHelp): Rendered {
  const document = parser.parse(markdown) as MarkdownNode
  const heading = takeTitle(document)
  eachNode(document, (node) => markAlert(node, help))
  const tree = parser.runSync(document as never) as unknown as HtmlNode
  eachNode(tree, (node) => tidy(node, help))
  const safe = sanitizer.runSync(tree as never) as unknown as HtmlNode
  eachNode(safe, prefixIds)
  return { heading, html: sanitizer.stringify(safe as never), headings: headingsOf(safe), sections: sectionsOf(safe) }
}

type MarkdownNode = HtmlNode & {
  depth?: number
  data?: { hName?: string; hProperties?: Record<string, unknown> }
  children?: MarkdownNode[]
}

const parser = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkRehype, { allowDangerousHtml: true, clobberPrefix: '' })
  .use(() => (tree: unknown) => withRawElements(tree as HtmlNode))
  .use(rehypeSlug)

const sanitizer = unified()
  .use(rehypeSanitize, {
    ...defaultSchema,
    clobber: [],
    strip: ['script', 'style', 'iframe', 'object', 'template', 'svg', 'math'],
    tagNames: (defaultSchema.tagNames ?? []).filter((name) => name !== 'picture' && name !== 'source'),
    attributes: {
      ...defaultSchema.attributes,
      '*': ['id', 'align', 'colSpan', 'rowSpan', 'start', 'open'],
      a: ['href', 'rel'],
      div: [['className', /^alert(?:-[a-z]+)?$/]],
      p: [['className', 'alert-title']],
      code: [['className', /^language-[\w-]{1,30}$/]],
      img: ['src', 'alt'],
    },
    protocols: { href: ['http', 'https', 'mailto', 'tel'], src: ['data'] },
  })
  .use(rehypeStringify)

function eachNode<N extends { tagName?: string; children?: N[] }>(node: N, visit: (node: N) => void): void {
  visit(node)
  // Code is shown as it was written.
  if (node.tagName !== 'code') for (const child of node.children ?? []) eachNode(child, visit)
}

function takeTitle(document: MarkdownNode): string {
  const at = document.children?.findIndex(({ type }) => type === 'heading') ?? -1
  const first = document.children?.[at]
  if (first?.depth !== 1) return ''
  document.children?.splice(at, 1)
  return textOf(first)
    .replaceAll(/<[^>]*>/g, '')
    .trim()
}

function markAlert(node: MarkdownNode, { alertLabel }: RenderHelp): void {
  const paragraph = node.type === 'blockquote' ? node.children?.[0] : undefined
  const first = paragraph?.type === 'paragraph' ? paragraph.children?.[0] : undefined
  const alert = first?.type === 'text' ? alertOf(first.value ?? '') : undefined
  if (!alert || !first || !paragraph?.children) return
  first.value = alert.rest
  const rest =
    alert.rest === ''
      ? paragraph.children.slice(1).filter(({ type }, at) => at > 0 || type !== 'break')
      : paragraph.children
  const label: MarkdownNode = {
    type: 'paragraph',
    data: { hProperties: { className: ['alert-title'] } },
    children: [{ type: 'strong', children: [{ type: 'text', value: alertLabel(alert.kind) }] }],
  }
  node.data = { hName: 'div', hProperties: { className: ['alert', `alert-${alert.kind}`] } }
  node.children = [
    label,
    ...(rest.length ? [{ ...paragraph, children: rest }] : []),
    ...(node.children?.slice(1) ?? []),
  ]
}

/** What the list of allowed elements cannot say: one h1 a page, images by their text, links that lead somewhere. */
function tidy(node: HtmlNode, { linkTo, alertLabel }: RenderHelp): void {
  if (node.type === 'text') node.value = withMarkersSaid(node.value ?? '', alertLabel)
  if (node.tagName === 'h1') node.tagName = 'h2'
  if (node.tagName === 'img' && !safeImage(node.properties?.['src'])) {
    Object.assign(node, {
      tagName: 'em',
      properties: {},
      children: [{ type: 'text', value: wordOf(node.properties?.['alt']) }],
    })
  }
  if (node.tagName === 'a' && node.properties?.['href'] !== undefined) {
    // An address written out inside a link has been made a link of its own.
    for (const child of node.children ?? []) eachNode(child, unlink)
    const { href, ...others } = node.properties
    const link = safeLink(wordOf(href), linkTo)
    node.properties = link ? { ...others, ...link } : others
    if (!link && others['id'] === undefined) node.tagName = 'span'
  }
}

function unlink(node: HtmlNode): void {
  if (node.tagName === 'a') Object.assign(node, { tagName: 'span', properties: {} })
}

function wordOf(property: unknown): string {
  return typeof property === 'string' ? property : ''
}

function prefixIds({ properties }: HtmlNode): void {
  if (!properties) return
  if (properties['id'] !== undefined) properties['id'] = ID_PREFIX + wordOf(properties['id'])
  const href = wordOf(properties['href'])
  if (/^[^:]*#/.test(href)) properties['href'] = href.replace('#', `#${ID_PREFIX}`)
}

const SECTION = /^h[23]$/

function headingsOf(tree: HtmlNode): readonly Heading[] {
  const found = (tree.children ?? []).filter(({ tagName = '' }) => SECTION.test(tagName))
  return found.map((node) => ({
    id: wordOf(node.properties?.['id']),
    text: oneLine(textOf(node)),
    depth: node.tagName === 'h2' ? 2 : 3,
  }))
}

/** The text under each heading of the second and third level; the first is what stands before any. */
function sectionsOf(tree: HtmlNode): readonly Section[] {
  const sections: { anchor: string | undefined; heading: string; text: string }[] = [
    { anchor: undefined, heading: '', text: '' },
  ]
  for (const node of tree.children ?? []) {
    if (SECTION.test(node.tagName ?? '')) {
      sections.push({ anchor: wordOf(node.properties?.['id']) || undefined, heading: oneLine(textOf(node)), text: '' })
    } else {
      const section = sections.at(-1)
      if (section) section.text += `${textOf(node)}\n`
    }
  }
  return sections.map((section) => ({
    ...section,
    text: section.text
      .replaceAll(/[^\S\n]+/g, ' ')
      .replaceAll(/\s*\n\s*/g, '\n')
      .trim(),
  }))
}

const BLOCK = /^(?:p|li|h\d|div|pre|blockquote|br|dt|dd|summary|table|ul|ol)$/
const CELL = /^t[dh]$/

function textOf(node: HtmlNode): string {
  if (node.value !== undefined && node.type !== 'comment') return node.value
  if (isLabel(node)) return ''
  const text = (node.children ?? []).map(textOf).join('')
  if (node.tagName === 'tr') return `${oneLine(text)}\n`
  if (BLOCK.test(node.tagName ?? '')) return `${text}\n`
  return CELL.test(node.tagName ?? '') ? `${text} ` : text
}

function isLabel({ properties }: HtmlNode): boolean {
  const names = properties?.['className']
  return Array.isArray(names) && names.includes('alert-title')
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
