import { alertOf } from './alerts.ts'
import type { AlertKind } from './alerts.ts'
import { TABS_END, VIDEO } from './dialect.ts'
import type { HtmlNode } from './raw-html.ts'

/** The part of a syntax tree of Markdown that this room reads and writes. */
export type MarkdownNode = Omit<HtmlNode, 'children'> & {
  depth?: number
  url?: string
  data?: { hName?: string; hProperties?: Record<string, unknown> }
  children?: MarkdownNode[]
}

/**
 * The blocks of the dialect that Markdown reads as quotations and headings, marked as what they are: alerts, blocks of a class,
 * videos, and groups of tabs.
 */
export function markBlocks(document: MarkdownNode, alertLabel: (kind: AlertKind) => string): void {
  each(document, (node) => {
    if (node.type !== 'blockquote') return
    markClass(node)
    markAlert(node, alertLabel)
    unwrapVideo(node)
  })
  groupTabs(document)
}

function each(node: MarkdownNode, visit: (node: MarkdownNode) => void): void {
  visit(node)
  for (const child of node.children ?? []) each(child, visit)
}

function firstText(node: MarkdownNode): { paragraph: MarkdownNode; text: MarkdownNode } | undefined {
  const paragraph = node.children?.[0]
  const text = paragraph?.type === 'paragraph' ? paragraph.children?.[0] : undefined
  return paragraph && text?.type === 'text' ? { paragraph, text } : undefined
}

const CLASSES: ReadonlyMap<string, string> = new Map([
  ['nextstepaction', 'next-step'],
  ['checklist', 'checklist'],
  ['op_single_selector', 'selector'],
  ['op_multi_selector', 'selector'],
])

/** `> [!div class="checklist"]`: the classes that say what the block is are kept, those about its looks are not. */
function markClass(node: MarkdownNode): void {
  const first = firstText(node)
  const mark = /^\s*\[!div\b([^\]]*)\]\s*/i.exec(first?.text.value ?? '')
  if (!first || !mark) return
  const name = /class\s*=\s*["“”']?\s*([\w-]+)/.exec(mark[1] ?? '')?.[1]?.toLowerCase() ?? ''
  first.text.value = first.text.value?.slice(mark[0].length) ?? ''
  if (first.text.value === '') first.paragraph.children?.shift()
  if (first.paragraph.children?.length === 0) node.children?.shift()
  node.data = { hName: 'div', ...(CLASSES.has(name) ? { hProperties: { className: [CLASSES.get(name)] } } : {}) }
}

function markAlert(node: MarkdownNode, alertLabel: (kind: AlertKind) => string): void {
  const first = firstText(node)
  const alert = first ? alertOf(first.text.value ?? '') : undefined
  if (!alert || !first?.paragraph.children) return
  const { paragraph, text } = first
  text.value = alert.rest
  const children = first.paragraph.children
  const rest = alert.rest === '' ? children.slice(1).filter(({ type }, at) => at > 0 || type !== 'break') : children
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

/** A quotation of nothing but videos quotes nobody. */
function unwrapVideo(node: MarkdownNode): void {
  const parts = (node.children ?? []).flatMap((child) =>
    child.type === 'paragraph' ? (child.children ?? []) : [child],
  )
  const isVideo = ({ type, url = '', value = '' }: MarkdownNode) =>
    type === 'link' ? url.startsWith(VIDEO) : type === 'break' || (type === 'text' && value.trim() === '')
  if (parts.length > 0 && parts.every(isVideo)) node.data = { hName: 'div' }
}

/**
 * Headings that are links to `#tab/name`, and what follows each: one closes the other as `details` of one name do in every browser,
 * without a script; the first is open.
 */
function groupTabs(document: MarkdownNode): void {
  const children: MarkdownNode[] = []
  let group: MarkdownNode | undefined
  let groups = 0
  for (const child of document.children ?? []) {
    const tab = tabOf(child)
    if (tab) {
      if (!group) {
        groups += 1
        group = { type: 'tabs', data: { hName: 'div', hProperties: { className: ['tab-group'] } }, children: [] }
        children.push(group)
      }
      const tabs = group.children ?? []
      tabs.push(panelOf(tab, `tabs-${groups}`, tabs.length === 0))
    } else if (child.type === 'html' && child.value?.trim() === TABS_END) group = undefined
    else (group?.children?.at(-1)?.children?.[1]?.children ?? children).push(child)
  }
  document.children = children
}

type Tab = { readonly name: string; readonly title: MarkdownNode[]; readonly anchors: MarkdownNode[] }

function tabOf(node: MarkdownNode): Tab | undefined {
  if (node.type !== 'heading') return undefined
  const links = node.children?.filter(({ type }) => type === 'link') ?? []
  const [, name] = /^#tabs?\/(.*)$/i.exec(links[0]?.url ?? '') ?? []
  if (links.length !== 1 || name === undefined) return undefined
  return {
    name: name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').toLowerCase(),
    title: links[0]?.children ?? [],
    anchors: node.children?.filter(({ type }) => type === 'html') ?? [],
  }
}

function panelOf({ name, title, anchors }: Tab, group: string, open: boolean): MarkdownNode {
  return {
    type: 'tab',
    data: { hName: 'details', hProperties: { name: group, ...(open ? { open: true } : {}) } },
    children: [
      { type: 'tabTitle', data: { hName: 'summary' }, children: title },
      {
        type: 'tabPanel',
        data: { hName: 'div', hProperties: { id: `${group}-${name}` } },
        children: anchors.length ? [{ type: 'paragraph', children: anchors }] : [],
      },
    ],
  }
}
