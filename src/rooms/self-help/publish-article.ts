import { createHash } from 'node:crypto'
import type { Locale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { lockShelf, WORDS_VERSION } from '../search/index.ts'
import type { Shelf } from '../search/index.ts'
import { wordsOf } from './import-articles.ts'
import { words } from './messages/words.ts'
import { publishArticles } from './publish-articles.ts'
import { relateArticles } from './relate-articles.ts'
import type { RenderedArticle } from './render-article.ts'
import { addressFrom } from './rules/links.ts'
import type { LinkTarget } from './rules/links.ts'
import { digestsOf, forgetFormer, HERE, retireArticles, writeArticles } from './store.ts'

/** An article as its editor wrote it. */
export type WrittenArticle = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly products: readonly string[]
  /** CommonMark with tables and alerts; HTML in it is sanitised. Other articles are linked to by their id. */
  readonly markdown: string
  /** A date in the operator's zone. */
  readonly updatedOn: string
}

const VERSION = 1
const PASSAGE = 3000

/** Shows an article to readers, in search too from the commit on, in every process; the same text again changes nothing. */
export async function publishArticle(work: Work<Job>, shelf: Shelf, article: WrittenArticle): Promise<void> {
  await lockShelf(work, shelf)
  const known = await digestsOf(work, shelf)
  const ids = new Set(known.map(({ id }) => id))
  const rendered = await rendering(article.markdown, shelf.language, (to) =>
    ids.has(to) ? { id: to, address: addressFrom(article.id, to) } : undefined,
  )
  const { id, title, description, products, updatedOn } = article
  const { html, headings, sections, links, tailored } = rendered
  const digest = createHash('sha256')
    .update(JSON.stringify([VERSION, WORDS_VERSION, article, html]))
    .digest('base64url')
  const passages = sections.map(({ anchor, heading, text }) => ({
    anchor,
    heading,
    passage: text.replaceAll('\n', ' ').slice(0, PASSAGE),
  }))
  const counted = wordsOf({ id, title, description, products, sections }, shelf.language)
  const written = { id, title, description, products, updatedOn, html, headings, links, tailored, digest }
  await writeArticles(work, shelf, HERE, [{ ...written, words: counted, sections: passages }])
  await forgetFormer(work, shelf)
  await relateArticles(work, shelf)
  await publishArticles(work, shelf)
}

/** Takes an article that was written here from readers and from search, in one language. */
export async function withdrawArticle(work: Work<Job>, shelf: Shelf, id: string): Promise<void> {
  await lockShelf(work, shelf)
  const known = await digestsOf(work, shelf)
  if (!known.some((one) => one.id === id && one.source === HERE)) return
  await retireArticles(work, shelf, [id])
  await relateArticles(work, shelf)
  await publishArticles(work, shelf)
}

/** What readers would see; `linkTo` gives the address of another article by its id, if there is one. */
export async function previewArticle(
  markdown: string,
  language: Locale,
  linkTo: (id: string) => string | undefined,
): Promise<{ readonly html: string }> {
  return rendering(markdown, language, (id) => {
    const address = linkTo(id)
    return address === undefined ? undefined : { id, address }
  })
}

async function rendering(
  markdown: string,
  language: Locale,
  linkTo: (id: string) => LinkTarget | undefined,
): Promise<RenderedArticle> {
  // Read when first needed: a server on which nobody writes should not carry a Markdown parser about.
  const { renderArticle } = await import('./render-article.ts')
  const say = words(language)
  return renderArticle(withoutTitle(markdown), {
    file: '',
    moniker: '',
    include: () => undefined,
    alertLabel: (kind) => say(`alert.${kind}`),
    videoLabel: (host) => say('videoAt', { host }),
    labels: { video: say('video'), table: say('table'), footnotes: say('footnotes') },
    linkTo: (path) => linkTo(decoded(path).replace(/\.md$/i, '')),
  })
}

/** The title has a field of its own, so a heading of the first level is one of the text like others. */
function withoutTitle(markdown: string): string {
  return markdown.replaceAll('\r\n', '\n').replace(/^#(?=\s)/, '##')
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
