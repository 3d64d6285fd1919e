import { createHash } from 'node:crypto'
import type { Locale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import type { Database } from '../../database/work.ts'
import { countWords } from './count-words.ts'
import { words } from './messages/words.ts'
import { publishWords } from './publish-words.ts'
import { HERE } from './publish-article.ts'
import { libraryOf } from './library.ts'
import type { Library, Source } from './library.ts'
import type { renderMarkdown as Render, Rendered } from './render.ts'
import { toPlainMarkdown } from './rules/dialect.ts'
import { addressFrom } from './rules/links.ts'
import { digestsOf, lockShelf, removeArticles, writeArticles } from './store.ts'
import type { NewArticle, Shelf } from './store.ts'
import { WORDS_VERSION } from './words.ts'

export type ImportRequest = {
  readonly operatorId: string
  /** The operator's name, for articles that say whose they are. */
  readonly operator: string
  readonly folder: string
  readonly language: Locale
  /** Stands before every article's id, so that several folders can be imported; only articles of the same prefix are ever removed. */
  readonly prefix?: string
  readonly onProgress?: (done: number, total: number) => void
}

/** Counts of articles, and each file that could not be read as one. */
export type ImportReport = {
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly removed: number
  readonly skipped: readonly { readonly file: string; readonly why: string }[]
}

/** Raised when articles come out differently from the same source, so that the next import renders them anew. */
const VERSION = 1
const BATCH = 50
const PASSAGE = 3000

/**
 * Brings a folder of Markdown in as help articles of one operator and language: what is new or changed is rendered and written,
 * what has gone is removed, the rest is left alone. Each batch is a transaction of its own; search changes at the end, at once.
 */
export async function importArticles(database: Database, request: ImportRequest): Promise<ImportReport> {
  // Read when first needed: a server that imports nothing should not carry a Markdown parser about.
  const { renderMarkdown } = await import('./render.ts')
  const library = await libraryOf(request)
  const articles = library.articles.map((source) => ({
    id: source.id,
    digest: digestOf(source, library),
    read: () => articleOf(source, library, request, renderMarkdown),
  }))
  return { ...(await bringIn(database, request, articles)), skipped: library.skipped }
}

/** An article to be brought in; read only when its digest is new. */
export type Incoming = { readonly id: string; readonly digest: string; readonly read: () => Omit<NewArticle, 'digest'> }

/** Writes what has changed of a whole set of articles, and removes what is no longer in it. */
export async function bringIn(
  database: Database,
  { operatorId, language, prefix = '', onProgress }: Omit<ImportRequest, 'folder' | 'operator'>,
  articles: readonly Incoming[],
): Promise<Omit<ImportReport, 'skipped'>> {
  if (prefix === HERE)
    throw new Error(`${HERE} is where articles written in the product are; give the folder another prefix`)
  const actor: Job = { kind: 'job', operatorIds: [operatorId] }
  const shelf: Shelf = { operatorId, language }
  const before = new Map((await database.work(actor, (work) => digestsOf(work, shelf))).map((one) => [one.id, one]))
  const pending = articles.filter(({ id, digest }) => before.get(id)?.digest !== digest)
  for (let at = 0; at < pending.length; at += BATCH) {
    const batch = pending.slice(at, at + BATCH).map(({ read, digest }) => ({ ...read(), digest }))
    await database.work(actor, async (work) => {
      await lockShelf(work, shelf)
      await writeArticles(work, shelf, prefix, batch)
    })
    onProgress?.(Math.min(at + BATCH, pending.length), pending.length)
  }
  const ids = new Set(articles.map(({ id }) => id))
  const gone = [...before.values()].filter(({ id, source }) => source === prefix && !ids.has(id)).map(({ id }) => id)
  await database.work(actor, async (work) => {
    if (gone.length > 0) await removeArticles(work, shelf, gone)
    await publishWords(work, shelf)
  })
  const added = pending.filter(({ id }) => !before.has(id)).length
  return { added, changed: pending.length - added, unchanged: articles.length - pending.length, removed: gone.length }
}

/** All that decides how an article comes out: its text, what it includes, and which of its links lead somewhere. */
function digestOf(source: Source, library: Library): string {
  const includes = [...source.text.matchAll(/\[!INCLUDE\s*\[[^\]]*\]\s*\(([^)\s]+)/gi)].map(
    ([, path = '']) => library.include(source.file, path) ?? '',
  )
  const links = [...source.text.matchAll(/\.md\b/gi)].length ? [...library.linksOf(source)].join(' ') : ''
  const hash = createHash('sha256')
  for (const part of [`${VERSION} ${WORDS_VERSION}`, library.moniker, source.id, source.text, ...includes, links])
    hash.update(part).update('\0')
  return hash.digest('base64url')
}

function articleOf(
  source: Source,
  library: Library,
  { language }: ImportRequest,
  renderMarkdown: typeof Render,
): Omit<NewArticle, 'digest'> {
  const say = words(language)
  const plain = toPlainMarkdown(source.body, {
    moniker: library.moniker,
    include: (path) => library.include(source.file, path),
    video: say('video'),
  })
  const rendered = renderMarkdown(plain, {
    alertLabel: (kind) => say(`alert.${kind}`),
    linkTo: (path) => {
      const to = library.find(source.file, path)
      return to === undefined ? undefined : addressFrom(source.id, to)
    },
  })
  return { ...writable(source, rendered, language), html: rendered.html }
}

function writable(
  source: Source,
  { heading, headings, sections }: Rendered,
  language: Locale,
): Omit<NewArticle, 'digest' | 'html'> {
  // Translators leave the front matter's title in English now and then; the heading is what readers of the file see.
  const title = (heading || source.title || nameOf(source.id)).slice(0, 300)
  const other = source.title === title ? '' : source.title
  const spoken = sections.map((section, at) => (at === 0 ? { ...section, heading: other } : section))
  return {
    id: source.id,
    title,
    description: source.description,
    products: source.products,
    headings,
    updatedOn: source.updatedOn,
    ...countWords({ title, description: source.description, sections: spoken }, language),
    sections: sections.map((section) => ({
      ...section,
      passage: section.text.replaceAll('\n', ' ').slice(0, PASSAGE),
    })),
  }
}

function nameOf(id: string): string {
  return (id.split('/').at(-1) ?? id).replaceAll('-', ' ')
}
