import { createHash } from 'node:crypto'
import type { Locale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import type { Database } from '../../database/work.ts'
import { countWords, lockShelf, WORDS_VERSION } from '../search/index.ts'
import type { Shelf } from '../search/index.ts'
import { faultText } from './fault-text.ts'
import { words } from './messages/words.ts'
import { publishArticles } from './publish-articles.ts'
import { libraryOf } from './library.ts'
import type { Library, Source } from './library.ts'
import type { Mount } from './read-folder.ts'
import { relateArticles } from './relate-articles.ts'
import type { renderArticle as Render, RenderedArticle } from './render-article.ts'
import type { Fault, FileFault } from './rules/faults.ts'
import { addressFrom, pathFrom } from './rules/links.ts'
import { settled, withoutLinks } from './rules/redirects.ts'
import type { Redirect } from './rules/redirects.ts'
import { HERE, digestsOf, faultsOf, forgetFormer, retireArticles, writeArticles, writeRedirects } from './store.ts'
import type { NewArticle } from './store.ts'

export type ImportRequest = {
  readonly operatorId: string
  /** The operator's name, for articles that say whose they are. */
  readonly operator: string
  /** A folder, or several that make one: links and includes lead from one to another. */
  readonly folder: string | readonly Mount[]
  readonly language: Locale
  /**
   * Stands before every article's id, so that several sets of articles can be imported; only articles of the same prefix are ever
   * removed. An article has the same id in every language when its path and its prefix are the same.
   */
  readonly prefix?: string | undefined
  /** The site the articles come from, such as `https://docs.example.com`: where their addresses like `/x/y` lead. */
  readonly site?: string | undefined
  readonly onProgress?: (done: number, total: number) => void
}

/** Counts of articles, and everything that was not understood. */
export type ImportReport = {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly removed: number
  /** Files that could not be read as articles, with the reason in English. */
  readonly skipped: readonly { readonly file: string; readonly why: string }[]
  /** What was not understood in articles that are there, also those that have not changed. */
  readonly faults: readonly FileFault[]
  /** Articles that are no longer there, by id, and those that are somewhere else now. */
  readonly retired: readonly string[]
  readonly moved: readonly { readonly from: string; readonly to: string }[]
}

/** Raised when articles come out differently from the same source, so that the next import renders them anew. */
const VERSION = 4
const BATCH = 50
const PASSAGE = 3000

/**
 * Brings a folder of Markdown in as help articles of one operator and language: what is new or changed is rendered and written,
 * what has gone is retired, the rest is left alone. Each batch is a transaction of its own; search changes at the end, at once.
 */
export async function importArticles(database: Database, request: ImportRequest): Promise<ImportReport> {
  // Read when first needed: a server that imports nothing should not carry a Markdown parser about.
  const { renderArticle } = await import('./render-article.ts')
  const { folder, prefix } = request
  const library = await libraryOf({
    ...request,
    mounts: typeof folder === 'string' ? [{ folder, under: '' }] : folder,
    prefix,
  })
  const articles = library.articles.map((source) => ({
    id: source.id,
    digest: digestOf(source, library, request),
    bodyDigest: bodyDigestOf(source),
    read: () => articleOf(source, library, request, renderArticle),
  }))
  const report = await bringIn(database, request, articles, library.redirects)
  return {
    ...report,
    skipped: library.skipped.map((fault) => ({
      file: fault.line === undefined ? fault.file : `${fault.file}:${fault.line}`,
      why: faultText(fault, 'en'),
    })),
    faults: [...library.faults, ...report.faults],
  }
}

/** An article to be brought in; read only when its digest is new. */
export type Incoming = {
  readonly id: string
  readonly digest: string
  /** Of what stays the same when the file is renamed. */
  readonly bodyDigest?: string
  readonly read: () => Omit<NewArticle, 'digest'>
}

/** Writes what has changed of a whole set of articles, and retires what is no longer in it. */
export async function bringIn(
  database: Database,
  { operatorId, language, prefix = '', onProgress }: Omit<ImportRequest, 'folder' | 'operator'>,
  articles: readonly Incoming[],
  told: readonly Redirect[] = [],
): Promise<Omit<ImportReport, 'skipped'>> {
  if (prefix === HERE)
    throw new Error(`${HERE} is where articles written in the product are; give the folder another prefix`)
  const actor: Job = { kind: 'job', operatorIds: [operatorId] }
  const shelf: Shelf = { operatorId, language }
  const before = new Map((await database.work(actor, (work) => digestsOf(work, shelf))).map((one) => [one.id, one]))
  const pending = articles.filter(({ id, digest }) => before.get(id)?.digest !== digest)
  for (let at = 0; at < pending.length; at += BATCH) {
    const batch = pending
      .slice(at, at + BATCH)
      .map(({ read, digest, bodyDigest }) => ({ ...read(), digest, ...(bodyDigest ? { bodyDigest } : {}) }))
    await database.work(actor, async (work) => {
      await lockShelf(work, shelf)
      await writeArticles(work, shelf, prefix, batch)
    })
    onProgress?.(Math.min(at + BATCH, pending.length), pending.length)
  }
  const ids = new Set(articles.map(({ id }) => id))
  const gone = [...before.values()].filter(({ id, source }) => source === prefix && !ids.has(id))
  const there = new Set([...ids, ...[...before.values()].filter(({ source }) => source !== prefix).map(({ id }) => id)])
  const added = pending.filter(({ id }) => !before.has(id))
  const { redirects } = settled([...told, ...renamed(gone, added)], there)
  const faults = await database.work(actor, async (work) => {
    await lockShelf(work, shelf)
    await retireArticles(
      work,
      shelf,
      gone.map(({ id }) => id),
    )
    await writeRedirects(work, shelf, redirects)
    await forgetFormer(work, shelf)
    await relateArticles(work, shelf)
    await publishArticles(work, shelf)
    return faultsOf(work, shelf, prefix)
  })
  const goneIds = new Set(gone.map(({ id }) => id))
  const moved = redirects.filter(({ from }) => goneIds.has(from)).map(({ from, to }) => ({ from, to }))
  const movedIds = new Set(moved.map(({ from }) => from))
  return {
    added: added.length,
    changed: pending.length - added.length,
    unchanged: articles.length - pending.length,
    removed: gone.length,
    retired: [...goneIds].filter((id) => !movedIds.has(id)),
    moved,
    faults,
  }
}

/** Articles that are no longer where they were, while the same text is new elsewhere: one text, and only one, on either side. */
function renamed(
  gone: readonly { readonly id: string; readonly bodyDigest: string | null }[],
  added: readonly Incoming[],
): readonly Redirect[] {
  const once = <T>(all: readonly T[], keyOf: (one: T) => string | null | undefined) => {
    const groups = Map.groupBy(all, keyOf)
    return (key: string) => (groups.get(key)?.length === 1 ? groups.get(key)?.[0] : undefined)
  }
  const goneBy = once(gone, (one) => one.bodyDigest)
  const addedBy = once(added, (one) => one.bodyDigest)
  return gone.flatMap(({ id, bodyDigest }) => {
    const to = bodyDigest && goneBy(bodyDigest) ? addedBy(bodyDigest)?.id : undefined
    return to === undefined ? [] : [{ from: id, to }]
  })
}

/** All that decides how an article comes out: its text, what it includes, and which of its links lead somewhere. */
function digestOf(source: Source, library: Library, { site = '' }: ImportRequest): string {
  const hash = createHash('sha256')
  for (const part of [`${VERSION} ${WORDS_VERSION} ${site}`, library.moniker, source.id, source.text])
    hash.update(part).update('\0')
  addFrom({ file: source.file, text: source.text }, [])
  return hash.digest('base64url')

  function addFrom({ file, text }: { readonly file: string; readonly text: string }, within: readonly string[]): void {
    for (const [, path = ''] of text.matchAll(LINK)) hash.update(library.find(file, path) ?? '').update('\0')
    for (const [, path = ''] of text.matchAll(INCLUDED)) {
      const included = pathFrom(file, path) ?? ''
      const body = library.include(included)
      if (body === undefined || within.includes(included) || within.length > 5) continue
      hash.update(body).update('\0')
      addFrom({ file: included, text: body }, [...within, file])
    }
  }
}

const LINK = /(?:\]\(\s*<?|\bhref\s*=\s*["']|\burl:\s*)([^\s)"'>#?]{1,500})/gi
const INCLUDED = /\[!INCLUDE\s{0,5}\[[^\]]{0,300}\]\s{0,5}\(([^)\s]{1,500})/gi

const LEAST_BODY = 40

function bodyDigestOf({ body }: Source): string {
  const text = withoutLinks(body)
  return text.length < LEAST_BODY ? '' : createHash('sha256').update(text).digest('base64url')
}

function articleOf(
  source: Source,
  library: Library,
  { language, site }: ImportRequest,
  renderArticle: typeof Render,
): Omit<NewArticle, 'digest'> {
  const { file, bodyLine } = source
  const say = words(language)
  const rendered = renderArticle(source.body, {
    file,
    bodyLine,
    site,
    moniker: library.moniker,
    include: (path) => library.include(path),
    alertLabel: (kind) => say(`alert.${kind}`),
    videoLabel: (host) => say('videoAt', { host }),
    labels: { video: say('video'), table: say('table'), footnotes: say('footnotes') },
    linkTo: (path) => {
      const id = library.find(file, path)
      if (id !== undefined) return { id, address: addressFrom(source.id, id) }
      return pathFrom(file, path) === undefined ? 'outside' : undefined
    },
  })
  return writable(source, rendered, language)
}

function writable(source: Source, rendered: RenderedArticle, language: Locale): Omit<NewArticle, 'digest'> {
  const { heading, headings, html, sections, links, tailored } = rendered
  // Translators leave the front matter's title in English now and then; the heading is what readers of the file see.
  const title = (heading || source.title || nameOf(source.id)).slice(0, 300)
  const other = source.title === title ? '' : source.title
  const spoken = sections.map((section, at) => (at === 0 ? { ...section, heading: other } : section))
  const { id, description, products, audiences } = source
  return {
    id,
    path: source.file,
    title,
    description,
    products,
    audiences,
    html,
    headings,
    updatedOn: source.updatedOn,
    links,
    tailored: tailored || source.tailored,
    faults: [...source.faults, ...rendered.faults].map((fault) => placed(fault, source)),
    words: wordsOf({ id, title, description, products, audiences, sections: spoken }, language),
    sections: sections.map(({ anchor, heading: of, text }) => ({
      anchor,
      heading: of,
      passage: text.replaceAll('\n', ' ').slice(0, PASSAGE),
    })),
  }
}

/** What search keeps of an article. The first section's heading, if any, is another title of its own. */
export function wordsOf(
  {
    id,
    title,
    description,
    products,
    audiences = [],
    sections,
  }: Pick<NewArticle, 'id' | 'title' | 'description' | 'products' | 'audiences'> & {
    readonly sections: readonly { readonly heading: string; readonly text: string }[]
  },
  language: Locale,
): NewArticle['words'] {
  return {
    title,
    headings: sections.slice(1).map(({ heading }) => heading),
    facets: [...products.map((one) => `product=${one}`), ...audiences.map((one) => `audience=${one}`)],
    ...countWords({ path: id, title, description, sections }, language),
  }
}

/** A page that was made of YAML has lost its lines: the first that has what is told is a good guess. */
function placed(fault: Fault, { text, bodyLine }: Source): Fault {
  if (fault.line !== undefined || bodyLine !== undefined || fault.detail === '') return fault
  const at = text.indexOf(fault.detail)
  return at < 0 ? fault : { ...fault, line: text.slice(0, at).split('\n').length }
}

function nameOf(id: string): string {
  return (id.split('/').at(-1) ?? id).replaceAll('-', ' ')
}
