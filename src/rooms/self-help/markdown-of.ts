/** An article's HTML, as we have rendered it, as Markdown that renders to the same again: to begin a text of one's own from it. */
export async function markdownOf(html: string): Promise<string> {
  // Read when needed: it happens once in a while.
  const [{ unified }, { default: parse }, { default: toMarkdown }, { default: gfm }, { default: stringify }] =
    await Promise.all([
      import('unified'),
      import('rehype-parse'),
      import('rehype-remark'),
      import('remark-gfm'),
      import('remark-stringify'),
    ])
  const processor = unified()
    .use(parse, { fragment: true })
    .use(() => (tree: unknown) => untangle(tree as Node))
    .use(toMarkdown)
    .use(gfm)
    .use(stringify, { bullet: '-', fences: true, rule: '-' })
  const written = String(await processor.process(html))
  // What begins an alert is not to be read as a link that leads nowhere.
  return written.replaceAll(/^(\s*>\s*)\\\[!([A-Z]+)\\?\]/gm, '$1[!$2]').trim()
}

type Node = {
  type: string
  tagName?: string
  value?: string
  properties?: Record<string, unknown>
  children?: Node[]
}

const ALERT = /^alert-(note|tip|important|caution|warning)$/

/** Makes alerts the quotations they were written as, and links within the page those of its headings. */
function untangle(node: Node): void {
  const kind = classesOf(node).flatMap((name) => ALERT.exec(name)?.[1] ?? [])[0]
  if (kind) {
    node.tagName = 'blockquote'
    node.properties = {}
    const rest = (node.children ?? []).filter((child) => !classesOf(child).includes('alert-title'))
    const label: Node = {
      type: 'element',
      tagName: 'p',
      children: [{ type: 'text', value: `[!${kind.toUpperCase()}]` }],
    }
    node.children = [label, ...rest]
  }
  const href = node.properties?.['href']
  if (typeof href === 'string' && node.properties) node.properties['href'] = href.replace(/#a-/, '#')
  node.children?.forEach(untangle)
}

function classesOf({ properties }: Node): readonly string[] {
  const names = properties?.['className']
  return Array.isArray(names) ? names.map(String) : []
}
