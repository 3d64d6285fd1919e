/*
 * Pages that are YAML: `### YamlMime:FAQ` with questions and answers, `Landing` and `Hub` with lists of links. They are brought in as
 * Markdown articles: questions are headings, links are lists.
 */

/** What a page says it is, by its first line; undefined for tables of contents, breadcrumbs and all other YAML. */
export function yamlKindOf(text: string): string | undefined {
  return /^\s*#{1,3}\s*YamlMime:\s*(\w+)/.exec(text)?.[1]
}

export const YAML_PAGES: ReadonlySet<string> = new Set(['FAQ', 'Landing', 'Hub', 'YamlDocument'])

/** Kinds that are no pages: what the site's own menus are made of. */
export const YAML_MENUS: ReadonlySet<string> = new Set(['ContextObject', 'TOC', 'Toc', 'TableOfContent', 'Breadcrumb'])

type Tree = Readonly<Record<string, unknown>>

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The Markdown of a page, with its title as the first heading; undefined when there is nothing to read on it. */
export function markdownOfYaml(page: unknown): string | undefined {
  if (!isTree(page)) return undefined
  const title = wordsIn(page, 'title') || wordsIn(treeIn(page, 'metadata'), 'title')
  const parts = [
    title ? `# ${title.replace(/\s+\|.*$/, '')}` : '',
    blockIn(page, 'summary'),
    ...questionsIn(page),
    ...Object.entries(page)
      .filter(([name]) => !NOT_CONTENT.has(name))
      .flatMap(([, value]) => linksIn(value, 2)),
    blockIn(treeIn(page, 'additionalContent'), 'content') || blockIn(page, 'additionalContent'),
  ].filter(Boolean)
  return parts.length > 1 ? `${parts.join('\n\n')}\n` : undefined
}

const NOT_CONTENT = new Set(['metadata', 'title', 'summary', 'brand'])

/** Names that translators have made of "Ignored", which stands for no name. */
const NO_NAME = /^(?:ignored|ignoreret|忽略|已忽略)$/i

function questionsIn(root: Tree): readonly string[] {
  const sections = treesIn(root, 'sections').filter((section) => Array.isArray(section['questions']))
  return sections.flatMap((section) => {
    const name = wordsIn(section, 'name')
    const named = name !== '' && !NO_NAME.test(name)
    return [
      named ? `## ${name}` : '',
      ...treesIn(section, 'questions').flatMap((one) => [
        `${named ? '###' : '##'} ${wordsIn(one, 'question')}`,
        blockIn(one, 'answer'),
      ]),
    ]
  })
}

const DEEPEST = 6

/** Groups of links, however deep they are kept: what has an address is a link, what has a title and more in it is a heading. */
function linksIn(value: unknown, depth: number): readonly string[] {
  if (depth > DEEPEST) return []
  if (Array.isArray(value)) {
    const items = value.filter(isTree)
    const links = items.filter((one) => addressIn(one) !== '' && !holdsMore(one))
    const groups = items.filter((one) => holdsMore(one))
    return [
      ...(links.length ? [links.map(linkText).join('\n')] : []),
      ...groups.flatMap((one) => groupText(one, depth)),
    ]
  }
  return isTree(value) && holdsMore(value) ? groupText(value, depth) : []
}

function groupText(one: Tree, depth: number): readonly string[] {
  const title = wordsIn(one, 'title') || wordsIn(one, 'name')
  const address = addressIn(one)
  const heading = title && address ? `[${escaped(title)}](${address})` : title
  const inside = Object.entries(one).flatMap(([name, value]) =>
    name === 'questions' ? [] : linksIn(value, title ? depth + 1 : depth),
  )
  if (inside.length === 0) return []
  return [heading ? `${'#'.repeat(Math.min(depth, 4))} ${heading}` : '', blockIn(one, 'summary'), ...inside]
}

function holdsMore(one: Tree): boolean {
  return Object.values(one).some((value) => typeof value === 'object' && value !== null)
}

function linkText(one: Tree): string {
  const text = wordsIn(one, 'text') || wordsIn(one, 'title') || addressIn(one)
  const summary = wordsIn(one, 'summary')
  return `- [${escaped(text)}](${addressIn(one)})${summary ? `: ${summary}` : ''}`
}

function addressIn(one: Tree): string {
  const address = wordsIn(one, 'url') || wordsIn(one, 'href')
  return address.replaceAll(/\s/g, '%20').replaceAll('(', '%28').replaceAll(')', '%29')
}

function escaped(text: string): string {
  return text.replaceAll(/[[\]]/g, '\\$&')
}

function treeIn(from: Tree, name: string): Tree {
  const value = from[name]
  return isTree(value) ? value : {}
}

function treesIn(from: Tree, name: string): readonly Tree[] {
  const value = from[name]
  return Array.isArray(value) ? value.filter(isTree) : []
}

function wordsIn(from: Tree, name: string): string {
  return blockIn(from, name).replaceAll(/\s+/g, ' ')
}

function blockIn(from: Tree, name: string): string {
  const value = from[name]
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
}
