import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { chooseLocale, isLocale, wishesOf } from '../../base/locale.ts'
import type { Locale } from '../../base/locale.ts'
import { ownBase, publicBase } from './bases.ts'
import { DOCUMENTS, OWN_DOCUMENTS } from './documents.ts'
import type { Document } from './documents.ts'
import type { FeedParts, FeedSite } from './feed-site.ts'
import { statusIn } from './status.ts'
import type { Status } from './status.ts'
import { ownerOf } from './store.ts'
import { STATUS_PAGE_POLICY } from './web/status-page.tsx'

/** Readers may keep an answer this long; the static files are as young. */
const FRESH_SECONDS = 15

/**
 * What anybody may read of an operator's health: Statuspage v2 JSON, Atom, RSS, ICS and a page, at `/:operator/status`, also with a
 * language before the path. No login, any origin, ETag. Below `/o/:word` the same of the organization whose private address that is.
 */
export function statusDoor({ database, privateAddresses, siteOf }: FeedParts): Hono {
  const door = new Hono()
  for (const [path, write] of Object.entries(DOCUMENTS))
    for (const one of routesOf(path)) door.get(one, (context) => answer(context, publicStatus, write))
  for (const [path, write] of Object.entries(OWN_DOCUMENTS))
    for (const one of routesOf(path))
      door.get(`/o/:word${one === '/' ? '' : one}`, (context) => answer(context, ownStatus, write))
  return door

  async function answer(
    context: Context,
    read: (context: Context, asked: Asked) => Promise<Status | undefined>,
    write: (status: Status) => Document,
  ): Promise<Response> {
    const site = await siteOf(context)
    const locale = site && languageOf(context, site)
    const status = locale && (await read(context, { site, locale }))
    if (!status) return context.notFound()
    return answered(context, status, write(status))
  }

  async function publicStatus(_: Context, { site, locale }: Asked): Promise<Status | undefined> {
    const of = { site, owner: undefined, base: publicBase(site), locales: [locale] }
    const [status] = await database.work({ kind: 'visitor', operatorId: site.operatorId }, (work) => statusIn(work, of))
    return status
  }

  /** A word that is none of ours asks the database nothing. */
  async function ownStatus(context: Context, { site, locale }: Asked): Promise<Status | undefined> {
    const { operatorId } = site
    const word = context.req.param('word') ?? ''
    const addressId = privateAddresses.read(word)
    const job = { kind: 'job', operatorIds: [operatorId] } as const
    const owner = addressId && (await database.work(job, (work) => ownerOf(work, operatorId, addressId)))
    if (!owner) return undefined
    const reader = { kind: 'reader', operatorId, organizationId: owner.organizationId } as const
    const of = { site, owner, base: ownBase(site, word), locales: [locale] }
    const [status] = await database.work(reader, (work) => statusIn(work, of))
    return status
  }
}

type Asked = { readonly site: FeedSite; readonly locale: Locale }

/** The page stands for its folder. Files come first: none is a language. */
function routesOf(path: string): readonly string[] {
  return path === 'index.html'
    ? ['/', '/index.html', '/:language', '/:language/index.html']
    : [`/${path}`, `/:language/${path}`]
}

function answered(context: Context, { owner }: Status, { contentType, text }: Document): Response {
  const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
  context.header('etag', etag)
  context.header('cache-control', `${owner ? 'private' : 'public'}, max-age=${FRESH_SECONDS}`)
  context.header('access-control-allow-origin', '*')
  context.header('vary', 'accept-language')
  context.header('x-content-type-options', 'nosniff')
  if (owner) {
    // The address is the secret: it is to stand in no index and in no other site's log.
    context.header('x-robots-tag', 'noindex, nofollow')
    context.header('referrer-policy', 'no-referrer')
  }
  if (contentType.startsWith('text/html')) context.header('content-security-policy', STATUS_PAGE_POLICY)
  if (context.req.header('if-none-match') === etag) return context.body(null, 304)
  return context.body(text, 200, { 'content-type': contentType })
}

/** The language of the path, if the operator has it; without one, that of the reader. */
function languageOf(context: Context, { languages }: FeedSite): Locale | undefined {
  const named = context.req.param('language')
  if (named === undefined) return chooseLocale(wishesOf(context.req.header('accept-language')), languages)
  return isLocale(named) && languages.includes(named) ? named : undefined
}
