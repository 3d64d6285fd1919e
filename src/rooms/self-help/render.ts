import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeSlug from 'rehype-slug'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { withMarkersSaid } from './rules/alerts.ts'
import type { AlertKind } from './rules/alerts.ts'
import { markBlocks } from './rules/blocks.ts'
import type { MarkdownNode } from './rules/blocks.ts'
import { VIDEO } from './rules/dialect.ts'
import type { Fault } from './rules/faults.ts'
import { safeImage, safeLink } from './rules/links.ts'
import type { LinkHelp } from './rules/links.ts'
import { ID_PREFIX, oneLine, outlineOf, textOf } from './rules/outline.ts'
import type { Heading, Section } from './rules/outline.ts'
import { withRawElements } from './rules/raw-html.ts'
import type { HtmlNode } from './rules/raw-html.ts'

export type Rendered = {
  /** The first heading of the first level, if it comes before any other; it is not in the HTML, whose page has a title. */
  readonly heading: string
  readonly html: string
  readonly headings: readonly Heading[]
  readonly sections: readonly Section[]
  /** Where it leads among the other articles: the words of each link, and the article's id. */
  readonly links: readonly ArticleLink[]
  /** What was not understood; the line is that of the Markdown. */
  readonly faults: readonly Fault[]
}

export type ArticleLink = { readonly text: string; readonly target: string }

export type RenderHelp = LinkHelp & {
  readonly alertLabel: (kind: AlertKind) => string
  /** The words below a video's title: where it plays. */
  readonly videoLabel: (host: string) => string
  /** What a video without a title is called, a table that can be moved about, and the notes at the end. */
  readonly labels: { readonly video: string; readonly table: string; readonly footnotes: string }
}

/** Of the page an article stands in: what says of a link that it leads to another site. */
const LEAVES_ID = 'leaves'

/**
 * Plain Markdown as HTML in which nothing runs and nothing is loaded from another host: elements and attributes come from a list,
 * images of other hosts are their text, links are kept when they lead somewhere. A pure function of its arguments.
 */
export function renderMarkdown(markdown: string, help: RenderHelp): Rendered {
  const document = parser.parse(markdown) as MarkdownNode
  const heading = takeTitle(document)
  markBlocks(document, help.alertLabel)
  const tree = parser.runSync(document as never) as unknown as HtmlNode
  const found: Found = { links: [], faults: [], heading: '' }
  frameTables(tree, help)
  each(tree, (node) => tidy(node, help, found))
  const safe = sanitizer.runSync(tree as never) as unknown as HtmlNode
  mendPlaces(safe, found)
  return {
    heading,
    html: sanitizer.stringify(safe as never),
    ...outlineOf(safe),
    links: found.links.map(({ node, target }) => ({ text: oneLine(textOf(node)).slice(0, 300), target })),
    faults: found.faults,
  }
}

type Found = {
  readonly links: { readonly node: HtmlNode; readonly target: string }[]
  readonly faults: Fault[]
  /** The heading last met: a video is called by it. */
  heading: string
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
    tagNames: [
      ...(defaultSchema.tagNames ?? []).filter((name) => name !== 'picture' && name !== 'source'),
      'figure',
      'figcaption',
    ],
    attributes: {
      ...defaultSchema.attributes,
      '*': ['id', 'align', 'colSpan', 'rowSpan', 'start', 'open'],
      a: ['href', 'rel', ['className', 'video'], ['ariaDescribedBy', LEAVES_ID]],
      details: ['open', ['name', /^tabs-\d+$/]],
      div: [
        ['className', /^(?:alert(?:-[a-z]+)?|tab-group|table|next-step|checklist|selector)$/],
        ['role', 'group'],
        ['tabIndex', 0],
        'ariaLabel',
      ],
      p: [['className', 'alert-title']],
      span: [['className', /^(?:image|video-(?:title|host))$/]],
      code: [['className', /^language-[\w-]{1,30}$/]],
      img: ['src', 'alt'],
    },
    protocols: { href: ['http', 'https', 'mailto', 'tel'], src: ['data'] },
  })
  .use(rehypeStringify)

/** Code is shown as it was written: it is not looked into. */
function each(node: HtmlNode, visit: (node: HtmlNode) => void): void {
  visit(node)
  if (node.tagName !== 'code') for (const child of node.children ?? []) each(child, visit)
}

/** The title's own anchors stay where the article begins: links to them lead to its top. */
function takeTitle(document: MarkdownNode): string {
  const at = document.children?.findIndex(({ type }) => type === 'heading') ?? -1
  const first = document.children?.[at]
  if (first?.depth !== 1 || first.children?.some(({ url = '' }) => /^#tabs?\//i.test(url))) return ''
  const anchors = (first.children ?? []).filter(({ type }) => type === 'html')
  document.children?.splice(at, 1)
  if (anchors.length > 0) document.children?.unshift({ type: 'paragraph', children: anchors })
  return oneLine(textOf(first).replaceAll(/<[^>]*>/g, ''))
}

/** What the list of allowed elements cannot say: one h1 a page, images by their text, links that lead somewhere. */
function tidy(node: HtmlNode, help: RenderHelp, found: Found): void {
  if (node.type === 'text') node.value = withMarkersSaid(node.value ?? '', help.alertLabel)
  if (node.tagName === 'h1') node.tagName = 'h2'
  if (/^h\d$/.test(node.tagName ?? '')) tidyHeading(node, help, found)
  node.children = node.children?.filter((child) => !isEmptyImage(child))
  if (node.tagName === 'p') {
    dropLastBreak(node)
    captionImages(node)
  }
  if (node.tagName === 'img' && !safeImage(node.properties?.['src'])) sayImage(node)
  if (node.tagName === 'a' && node.properties?.['href'] !== undefined) tidyLink(node, help, found)
}

function tidyHeading(node: HtmlNode, { labels }: RenderHelp, found: Found): void {
  if (wordOf(node.properties?.['id']) === 'footnote-label') node.children = [{ type: 'text', value: labels.footnotes }]
  found.heading = oneLine(textOf(node))
}

/** Words that say nothing: the name of a file, or that there is an image. */
const WORDLESS =
  /^(?:an? )?(?:image|screenshot|screen shot|picture|thumbnail|icon|alt text|billede|skærmbillede|图像|图片|屏幕截图|image\d*)?[\s.。]*$|^[\w./-]+\.(?:png|jpe?g|gif|svg)$|^[\w.]+(?:-[\w.]+)*-\d+$/i

function isEmptyImage({ tagName, properties }: HtmlNode): boolean {
  return tagName === 'img' && !safeImage(properties?.['src']) && WORDLESS.test(wordOf(properties?.['alt']).trim())
}

/** A table moves within a frame of its own, by keyboard too, and the page stays where it is. */
function frameTables(node: HtmlNode, help: RenderHelp): void {
  for (const child of node.children ?? []) frameTables(child, help)
  node.children = node.children?.map((child) => {
    if (child.tagName !== 'table') return child
    // Even a narrow one may be too wide for a phone.
    const named = { role: 'group', tabIndex: 0, ariaLabel: help.labels.table }
    return { type: 'element', tagName: 'div', properties: { className: ['table'], ...named }, children: [child] }
  })
}

/** A backslash for a line break where no line follows. */
function dropLastBreak(node: HtmlNode): void {
  const last = node.children?.at(-1)
  if (last?.type === 'text') last.value = last.value?.replace(/\)\\$/, ')')
}

/** An image that stands alone is a figure: what it shows is its caption. */
function captionImages(node: HtmlNode): void {
  const parts = (node.children ?? []).filter(({ type, value = '' }) => type !== 'text' || value.trim() !== '')
  const isImage = (part: HtmlNode) => (part.tagName === 'a' ? part.children?.[0]?.tagName : part.tagName) === 'img'
  const [only] = parts
  if (parts.length !== 1 || !only || !isImage(only)) return
  const image = only.tagName === 'a' ? only.children?.[0] : only
  if (!image || safeImage(image.properties?.['src'])) return
  node.tagName = 'figure'
  node.children = [{ type: 'element', tagName: 'figcaption', properties: {}, children: [only] }]
}

function sayImage(node: HtmlNode): void {
  Object.assign(node, {
    tagName: 'span',
    properties: { className: ['image'] },
    children: [{ type: 'text', value: wordOf(node.properties?.['alt']) }],
  })
}

function tidyLink(node: HtmlNode, help: RenderHelp, found: Found): void {
  // An address written out inside a link has been made a link of its own.
  for (const child of node.children ?? []) each(child, unlink)
  const { href, ...others } = node.properties ?? {}
  const written = wordOf(href)
  if (written.startsWith(VIDEO)) return showVideo(node, written.slice(VIDEO.length), help, found)
  if (/^xref:/i.test(written)) sayReference(node, written)
  const link = safeLink(written, help)
  if (link.href === undefined) {
    node.properties = others
    if (others['id'] === undefined) node.tagName = 'span'
    if (link.fault)
      found.faults.push({ code: link.fault, line: node.position?.start.line, detail: written.slice(0, 300) })
    return
  }
  node.properties = { ...others, href: link.href, ...(link.rel ? { rel: link.rel, ariaDescribedBy: LEAVES_ID } : {}) }
  if (link.target !== undefined) found.links.push({ node, target: link.target })
}

/** `<xref:Some.Name>` shows the name that is looked up. */
function sayReference(node: HtmlNode, written: string): void {
  if (oneLine(textOf(node)) !== written) return
  const name = written
    .replace(/^xref:/i, '')
    .replace(/[?#].*/, '')
    .replaceAll(/%2A|\*/gi, '')
  node.children = [{ type: 'element', tagName: 'code', properties: {}, children: [{ type: 'text', value: name }] }]
}

/** Never more than a link: the video is loaded where it plays, when the reader goes there. */
function showVideo(node: HtmlNode, address: string, { videoLabel, labels }: RenderHelp, found: Found): void {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return unlink(node)
  const part = (name: string, value: string): HtmlNode => ({
    type: 'element',
    tagName: 'span',
    properties: { className: [name] },
    children: [{ type: 'text', value }],
  })
  node.properties = { href: url.href, rel: 'noopener', className: ['video'] }
  node.children = [part('video-title', found.heading || labels.video), part('video-host', videoLabel(url.host))]
}

function unlink(node: HtmlNode): void {
  if (node.tagName === 'a') Object.assign(node, { tagName: 'span', properties: {} })
}

function wordOf(property: unknown): string {
  return typeof property === 'string' ? property : ''
}

/** Ids get their prefix, each one once; links within the page lead to one of them, or are none. */
function mendPlaces(tree: HtmlNode, { faults }: Found): void {
  const ids = new Set<string>()
  const places = new Map<string, string>()
  each(tree, ({ properties }) => {
    if (properties?.['id'] === undefined) return
    const id = ID_PREFIX + wordOf(properties['id'])
    properties['id'] = ids.has(id) ? undefined : id
    ids.add(id)
    if (!places.has(plainPlace(id))) places.set(plainPlace(id), id)
  })
  each(tree, (node) => {
    const href = wordOf(node.properties?.['href'])
    if (!node.properties || !/^[^:]*#/.test(href)) return
    const place = ID_PREFIX + decoded(href.slice(1))
    if (!href.startsWith('#')) node.properties['href'] = href.replace('#', `#${ID_PREFIX}`)
    else if (ids.has(place) || places.has(plainPlace(place)))
      node.properties['href'] = `#${encodeURIComponent(ids.has(place) ? place : (places.get(plainPlace(place)) ?? ''))}`
    else {
      faults.push({ code: 'linkPlace', line: node.position?.start.line, detail: href.slice(0, 300) })
      unlink(node)
    }
  })
}

/** Places are told apart by letters and digits: translators change the rest, and the case. */
function plainPlace(id: string): string {
  return id.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
