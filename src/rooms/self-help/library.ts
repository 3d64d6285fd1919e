import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { parseDocument } from 'yaml'
import { z } from 'zod'
import { dateIn, monikerOf, monikersIn, plainLines, splitFrontMatter } from './rules/dialect.ts'
import { pathFrom } from './rules/links.ts'

/** An article as its file has it. */
export type Source = {
  readonly id: string
  /** Its path in the folder, with forward slashes. */
  readonly file: string
  /** The whole text, and the part after the front matter. */
  readonly text: string
  readonly body: string
  readonly title: string
  readonly description: string
  readonly products: readonly string[]
  readonly updatedOn: string | undefined
}

/** A folder of Markdown, read: what includes and links of its files lead to. */
export type Library = {
  readonly articles: readonly Source[]
  readonly skipped: readonly { readonly file: string; readonly why: string }[]
  /** The range of the operator, of those the articles have blocks for. */
  readonly moniker: string
  /** The text a file includes, without its front matter. */
  include(file: string, path: string): string | undefined
  /** The article a path in a file leads to, by id. */
  find(file: string, path: string): string | undefined
  /** The articles a file's links lead to. */
  linksOf(source: Source): Iterable<string>
}

const LARGEST_FILE = 2 * 1024 * 1024

/** Reads the folder whole. Files that cannot be articles are told with the reason; includes are no articles by themselves. */
export async function libraryOf({
  folder,
  operator,
  prefix = '',
}: {
  readonly folder: string
  readonly operator: string
  readonly prefix?: string
}): Promise<Library> {
  const { texts, tooLarge } = await textsIn(folder)
  const read = [...texts]
    .filter(([file]) => !isInclude(file))
    .map(([file, text]) => sourceOf(file, text, { operator, prefix }))
  const articles = read.flatMap((one) => ('source' in one ? [one.source] : []))
  const ids = new Map(articles.map(({ id, file }) => [withoutEnding(file).toLowerCase(), id]))
  const find = (file: string, path: string) => ids.get(withoutEnding(pathFrom(file, path) ?? '').toLowerCase())
  const lowerCase = new Map([...texts].map(([file, text]) => [file.toLowerCase(), text]))
  const include = (file: string, path: string) => lowerCase.get((pathFrom(file, path) ?? '').toLowerCase())
  return {
    articles,
    skipped: [
      ...tooLarge.map((file) => ({ file, why: 'larger than 2 MB' })),
      ...read.flatMap((one) => ('why' in one ? [one] : [])),
    ],
    moniker: monikerOf(operator, new Set([...texts.values()].flatMap(monikersIn))),
    find,
    include: (file, path) => {
      const text = include(file, path)
      return text === undefined ? undefined : splitFrontMatter(text).body
    },
    linksOf: ({ file, text }) =>
      [...text.matchAll(/([^\s"'()<>[\]]+\.md)\b/gi)].flatMap(([, path = '']) => find(file, path) ?? []),
  }
}

async function textsIn(
  folder: string,
): Promise<{ readonly texts: ReadonlyMap<string, string>; readonly tooLarge: readonly string[] }> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && /\.md$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
  const texts = new Map<string, string>()
  const tooLarge: string[] = []
  for (const path of files) {
    const file = path.slice(folder.length).replaceAll('\\', '/').replace(/^\/+/, '')
    if ((await stat(path)).size > LARGEST_FILE) tooLarge.push(file)
    // PostgreSQL keeps no NUL.
    else texts.set(file, plainLines(await readFile(path, 'utf8')).replaceAll('\u0000', ''))
  }
  return { texts, tooLarge }
}

function isInclude(file: string): boolean {
  return /(?:^|\/)includes?\//i.test(file)
}

function withoutEnding(path: string): string {
  return path.replace(/\.md$/i, '')
}

const words = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).replaceAll(/\s+/g, ' ').trim())
  .catch('')
const list = z
  .union([z.array(words), words.transform((one) => [one])])
  .transform((all) =>
    all
      .filter(Boolean)
      .map((one) => one.slice(0, 80))
      .slice(0, 20),
  )
  .catch([])

const frontMatter = z
  .object({
    title: words,
    description: words,
    products: list,
    operators: list,
    updated: z.unknown(),
    'ms.date': z.unknown(),
  })
  .partial()

type Read =
  | { readonly source: Source }
  | { readonly file: string; readonly why: string }
  | { readonly otherOperator: true }

function sourceOf(
  file: string,
  text: string,
  { operator, prefix }: { readonly operator: string; readonly prefix: string },
): Read {
  const { front, body } = splitFrontMatter(text)
  const told = readFront(front)
  if (!told) return { file, why: 'the front matter is not YAML' }
  const { title = '', description = '', products = [], operators = [] } = told
  if (operators.length > 0 && !operators.includes(operator)) return { otherOperator: true }
  if (body.trim() === '') return { file, why: 'there is no text' }
  const id = [prefix, withoutEnding(file)].filter(Boolean).join('/')
  if (id.length > 300) return { file, why: 'the path is longer than 300 characters' }
  const updatedOn = dateIn(told.updated) ?? dateIn(told['ms.date'])
  return { source: { id, file, text, body, title, description: description.slice(0, 1000), products, updatedOn } }
}

/**
 * What can be read of the front matter: published articles have keys twice and quotes left open, and are worth having all the
 * same. Only where it says whose the article is, nothing is guessed.
 */
function readFront(front: string): z.infer<typeof frontMatter> | undefined {
  const document = parseDocument(front, { uniqueKeys: false, strict: false, logLevel: 'silent' })
  if (document.errors.length > 0 && /^\s*operators\s*:/m.test(front)) return undefined
  return frontMatter.safeParse(valueOf(document)).data ?? {}
}

/** An alias to nothing makes a document without a value. */
function valueOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 10 })
  } catch {
    return undefined
  }
}
