import { parseDocument } from 'yaml'
import { z } from 'zod'
import { readFolders } from './read-folder.ts'
import type { Mount } from './read-folder.ts'
import { readRedirectLists } from './redirect-lists.ts'
import type { RedirectEntry } from './redirect-lists.ts'
import { dateIn, splitFrontMatter } from './rules/dialect.ts'
import type { Fault, FileFault } from './rules/faults.ts'
import { pathFrom } from './rules/links.ts'
import { monikerOf, monikersIn, rangeHolds } from './rules/monikers.ts'
import { idOfAddress } from './rules/redirects.ts'
import type { Redirect } from './rules/redirects.ts'
import { markdownOfYaml, YAML_MENUS, YAML_PAGES, yamlKindOf } from './rules/yaml-pages.ts'

/** An article as its file has it. */
export type Source = {
  readonly id: string
  /** Its path among the articles, with forward slashes. */
  readonly file: string
  /** The whole text, and the part that is the article in Markdown. */
  readonly text: string
  readonly body: string
  /** The line of the file the body begins at, counted from 1; undefined where the body was made of something else. */
  readonly bodyLine: number | undefined
  readonly title: string
  readonly description: string
  readonly products: readonly string[]
  /** Whom it is written for, as `admin` or `end-user`. */
  readonly audiences: readonly string[]
  readonly updatedOn: string | undefined
  /** It says itself that it is for this operator only. */
  readonly tailored: boolean
  readonly faults: readonly Fault[]
}

/** Folders of Markdown, read: what includes and links of its files lead to. */
export type Library = {
  readonly articles: readonly Source[]
  /** Files that are no articles though they seem to be, with the reason. */
  readonly skipped: readonly FileFault[]
  /** What was not understood that is of no article: lists of redirects. */
  readonly faults: readonly FileFault[]
  /** Old ids and where they lead, as front matter and lists of redirects say. */
  readonly redirects: readonly Redirect[]
  /** The range of the operator, of those the articles have blocks for. */
  readonly moniker: string
  /** The text of a file at a path of the folder, without its front matter. */
  include(path: string): string | undefined
  /** The article a path in a file leads to, by id. */
  find(file: string, path: string): string | undefined
}

export type LibraryRequest = {
  readonly mounts: readonly Mount[]
  readonly operator: string
  readonly prefix?: string | undefined
}

/** Reads the folders whole. Files that cannot be articles are told with the reason; includes are no articles by themselves. */
export async function libraryOf({ mounts, operator, prefix = '' }: LibraryRequest): Promise<Library> {
  const files = await readFolders(mounts)
  const moniker = monikerOf(operator, new Set(files.flatMap(({ text }) => monikersIn(text))))
  const taken = new Set<string>()
  const read = files
    .filter(({ path }) => !isInclude(path))
    .map((file) => sourceOf(file, { operator, moniker, prefix, taken }))
  const articles = read.flatMap((one) => ('source' in one ? [one.source] : []))
  const idOf = lookup(articles.map(({ id, file }) => [withoutEnding(file), id]))
  const byUid = new Map(read.flatMap((one) => ('source' in one && one.uid ? [[one.uid, one.source.id]] : [])))
  const textOf = lookup(files.map(({ path, text }) => [path, text]))
  const find = (file: string, path: string) =>
    /^xref:/i.test(path)
      ? byUid.get(path.slice(5).replace(/[?#].*/, ''))
      : idOf(withoutEnding(pathFrom(file, path) ?? ''))
  const lists = await readRedirectLists(mounts)
  const stubs = read.flatMap((one) => ('stub' in one ? [one.stub] : []))
  const idFor = (path: string) => [prefix, withoutEnding(path)].filter(Boolean).join('/')
  const { redirects, faults } = redirectsOf([...lists.entries, ...stubs])
  return {
    articles,
    skipped: read.flatMap((one) => ('skipped' in one ? [one.skipped] : [])),
    faults: [...lists.faults, ...faults],
    redirects,
    moniker,
    find,
    include: (path) => {
      const text = textOf(path)
      return text === undefined ? undefined : splitFrontMatter(text).body
    },
  }

  function redirectsOf(entries: readonly RedirectEntry[]): {
    readonly redirects: readonly Redirect[]
    readonly faults: readonly FileFault[]
  } {
    // One redirect may lead to the beginning of another.
    const former = lookup(entries.map(({ path }) => [withoutEnding(path), idFor(path)]))
    const known = (path: string) => idOf(withoutEnding(path)) ?? former(withoutEnding(path))
    const made = entries.map(({ path, to, list, line }) => {
      const beside = pathFrom(path, to) ?? ''
      const id = known(beside) ?? known(`${beside}/${to.split('/').at(-1) ?? ''}`) ?? idOfAddress(to, known)
      const broken: FileFault = { file: list, code: 'redirectNowhere', line, detail: `${path} → ${to}` }
      const from = idFor(path)
      return id === undefined || id === from ? { broken } : { redirect: { from, to: id, line } }
    })
    return {
      redirects: made.flatMap(({ redirect }) => redirect ?? []),
      faults: made.flatMap(({ broken }) => broken ?? []),
    }
  }
}

/** By the very path, else whatever the case: links are written by hand. */
function lookup<T>(entries: readonly (readonly [string, T])[]): (path: string) => T | undefined {
  const exact = new Map(entries)
  const alike = new Map(entries.toReversed().map(([path, value]) => [path.toLowerCase(), value]))
  return (path) => exact.get(path) ?? alike.get(path.toLowerCase())
}

function isInclude(file: string): boolean {
  return /(?:^|\/)_?includes?\//i.test(file)
}

function withoutEnding(path: string): string {
  return path.replace(/\.(?:md|markdown|ya?ml)$/i, '')
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
    audience: list,
    'ms.audience': list,
    operators: list,
    updated: z.unknown(),
    'ms.date': z.unknown(),
    monikerRange: words,
    uid: words,
    redirect_url: words,
  })
  .partial()
type Front = z.infer<typeof frontMatter>

type Read =
  | { readonly source: Source; readonly uid: string | undefined }
  | { readonly skipped: FileFault }
  | { readonly stub: RedirectEntry }
  | { readonly nothing: true }

type Reader = {
  readonly operator: string
  readonly moniker: string
  readonly prefix: string
  /** The ids given so far. */
  readonly taken: Set<string>
}

function asId(audience: string): string {
  return audience.toLowerCase().replaceAll(/\s+/g, '-')
}

type File = Awaited<ReturnType<typeof readFolders>>[number]

function sourceOf(file: File, reader: Reader): Read {
  const skip = (fault: Fault): Read => ({ skipped: { file: file.path, ...fault } })
  const page = /\.ya?ml$/i.test(file.path) ? readYamlPage(file) : readMarkdown(file)
  if (!page) return { nothing: true }
  if ('code' in page) return skip(page)
  const { front, body, bodyLine, faults } = page
  if (front.redirect_url) return { stub: { path: file.path, to: front.redirect_url, list: file.path, line: 1 } }
  const { operators = [], monikerRange } = front
  if (operators.length > 0 && !operators.includes(reader.operator)) return { nothing: true }
  if (monikerRange && rangeHolds(monikerRange, reader.moniker) === false) return { nothing: true }
  if (body.trim() === '') return skip({ code: 'noText', detail: '' })
  const { id, clash } = takeId(file.path, reader)
  if (id.length > 300) return skip({ code: 'pathTooLong', detail: '300' })
  reader.taken.add(id)
  const source: Source = {
    id,
    file: file.path,
    text: file.text,
    body,
    bodyLine,
    title: front.title ?? '',
    description: (front.description ?? '').slice(0, 1000),
    products: front.products ?? [],
    audiences: [...new Set((front.audience ?? front['ms.audience'] ?? []).map(asId))],
    updatedOn: dateIn(front.updated) ?? dateIn(front['ms.date']),
    tailored: operators.length > 0 || Boolean(monikerRange),
    faults: [...file.faults, ...faults, ...(clash ? [clash] : [])],
  }
  return { source, uid: front.uid }
}

/** The path without its ending; `a.yml` beside `a.md` keeps it. Paths that differ in case are articles of their own, and told. */
function takeId(path: string, { prefix, taken }: Reader): { readonly id: string; readonly clash: Fault | undefined } {
  const plain = [prefix, withoutEnding(path)].filter(Boolean).join('/')
  const id = taken.has(plain) ? [prefix, path].filter(Boolean).join('/') : plain
  const alike = `?${plain.toLowerCase()}`
  const twin = taken.has(alike)
  taken.add(alike)
  return { id, clash: twin ? { code: 'duplicate', detail: id } : undefined }
}

type Page = {
  readonly front: Front
  readonly body: string
  readonly bodyLine: number | undefined
  readonly faults: readonly Fault[]
}

function readMarkdown({ text }: File): Page | Fault {
  const { front: written, body, open } = splitFrontMatter(text)
  const { front, fault } = readFront(written)
  // Where it says whose the article is, nothing is guessed.
  if (fault && /^\s*operators\s*:/m.test(written)) return { ...fault, code: 'ownerUnclear' }
  const bodyLine = text.slice(0, text.length - body.length).split('\n').length
  const faults: Fault[] = [
    ...(fault ? [fault] : []),
    ...(open ? [{ code: 'frontMatterOpen' as const, line: 1, detail: '' }] : []),
  ]
  return { front, body, bodyLine, faults }
}

/**
 * What can be read of the front matter: published articles have keys twice and quotes left open, and are worth having all the
 * same.
 */
function readFront(written: string): { readonly front: Front; readonly fault: Fault | undefined } {
  const document = parseDocument(written, { uniqueKeys: false, strict: false, logLevel: 'silent' })
  const [error] = document.errors
  const fault: Fault | undefined = error && {
    code: 'frontMatter',
    line: written.slice(0, error.pos[0]).split('\n').length + 1,
    detail: (error.message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, ''),
  }
  return { front: frontMatter.safeParse(valueOf(document)).data ?? {}, fault }
}

/** A page of YAML as Markdown; undefined for YAML that is no page. */
function readYamlPage({ text }: File): Page | Fault | undefined {
  const kind = yamlKindOf(text)
  if (kind === undefined || YAML_MENUS.has(kind)) return undefined
  if (!YAML_PAGES.has(kind)) return { code: 'pageKind', line: 1, detail: kind }
  const document = parseDocument(text, { uniqueKeys: false, strict: false, logLevel: 'silent' })
  const [error] = document.errors
  const page = valueOf(document)
  const body = markdownOfYaml(page)
  const fault: Fault | undefined = error && {
    code: 'pageYaml',
    line: text.slice(0, error.pos[0]).split('\n').length,
    detail: (error.message.split('\n')[0] ?? '').replace(/ at line \d+.*$/, ''),
  }
  if (body === undefined) return fault ?? { code: 'noText', detail: '' }
  const { data: top = {} } = z
    .object({ title: words, metadata: frontMatter.catch({}) })
    .partial()
    .safeParse(page)
  const title = top.title || top.metadata?.title
  return { front: { ...top.metadata, title }, body, bodyLine: undefined, faults: fault ? [fault] : [] }
}

/** An alias to nothing makes a document without a value. */
function valueOf(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 10 })
  } catch {
    return undefined
  }
}
