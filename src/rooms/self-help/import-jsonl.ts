import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import type { Database } from '../../database/work.ts'
import { WORDS_VERSION } from '../search/index.ts'
import { bringIn, wordsOf } from './import-articles.ts'
import type { ImportReport, ImportRequest } from './import-articles.ts'
import { escapeText } from './rules/text.ts'
import type { NewArticle } from './store.ts'

const LARGEST_BODY = 2 * 1024 * 1024

const line = z.object({
  id: z.string().min(1).max(300),
  title: z.string().min(1).max(2000),
  description: z.string().max(20_000).nullish(),
  headings: z.array(z.string().max(2000)).max(2000).default([]),
  body: z.string().max(LARGEST_BODY),
  links: z
    .array(z.object({ text: z.string().max(2000), target: z.string().max(300) }))
    .max(20_000)
    .default([]),
})
type Line = z.infer<typeof line>

/**
 * Brings in articles that are fields already, one JSON object a line, zipped or not: what search is measured with. The body has
 * its headings as lines of their own; the prefix only says which articles belong together, ids stay as they are.
 */
export async function importArticlesFromJsonl(
  database: Database,
  request: Omit<ImportRequest, 'folder' | 'operator'> & { readonly file: string },
): Promise<ImportReport> {
  const bytes = await readFile(request.file)
  const text = (request.file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').replaceAll('\u0000', '')
  const read = text.split('\n').flatMap((one, at) => (one.trim() === '' ? [] : [readLine(one, at + 1)]))
  const articles = read.flatMap((one) => ('article' in one ? [one.article] : []))
  const incoming = articles.map((one) => ({
    id: one.id,
    digest: createHash('sha256')
      .update(JSON.stringify([WORDS_VERSION, one]))
      .digest('base64url'),
    read: () => articleOf(one, request.language),
  }))
  return {
    ...(await bringIn(database, request, incoming)),
    skipped: read.flatMap((one) => ('why' in one ? [one] : [])),
  }
}

function readLine(
  text: string,
  number: number,
): { readonly article: Line } | { readonly file: string; readonly why: string } {
  try {
    return { article: line.parse(JSON.parse(text)) }
  } catch {
    return { file: `line ${number}`, why: 'this is not an article' }
  }
}

function articleOf(
  { id, title, description, headings, body, links }: Line,
  language: ImportRequest['language'],
): Omit<NewArticle, 'digest'> {
  const sections = sectionsOf(body, new Set(headings))
  const text = { id, title, description: description ?? '', products: [], sections }
  return {
    ...text,
    links,
    words: wordsOf(text, language),
    updatedOn: undefined,
    headings: sections.flatMap(({ anchor, heading }) =>
      anchor ? [{ id: anchor, text: heading, depth: 2 as const }] : [],
    ),
    html: sections.map(htmlOf).join('\n'),
    sections: sections.map(({ anchor, heading, text: passage }) => ({
      anchor,
      heading,
      passage: passage.slice(0, 3000),
    })),
  }
}

type JsonSection = { anchor: string | undefined; heading: string; text: string }

function sectionsOf(body: string, headings: ReadonlySet<string>): readonly JsonSection[] {
  const sections: JsonSection[] = [{ anchor: undefined, heading: '', text: '' }]
  for (const one of body.split('\n')) {
    const last = sections.at(-1)
    if (headings.has(one)) sections.push({ anchor: `a-${sections.length}`, heading: one, text: '' })
    else if (last) last.text += `${last.text ? '\n' : ''}${one}`
  }
  return sections
}

function htmlOf({ anchor, heading, text }: JsonSection): string {
  const title = anchor ? `<h2 id="${anchor}">${escapeText(heading)}</h2>\n` : ''
  return (
    title +
    text
      .split('\n')
      .map((one) => `<p>${escapeText(one)}</p>`)
      .join('\n')
  )
}
