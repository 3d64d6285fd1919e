import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { chooseLocale, isLocale, wishesOf } from '../../base/locale.ts'
import type { Locale } from '../../base/locale.ts'
import { DOCUMENTS } from './documents.ts'
import type { FeedParts, FeedSite } from './feed-site.ts'
import { publicStatus } from './public-status.ts'
import { STATUS_PAGE_POLICY } from './web/status-page.tsx'

/** Readers may keep an answer this long; the static files are as young. */
const FRESH_SECONDS = 15

/**
 * What anybody may read of an operator's health: Statuspage v2 JSON, Atom, RSS, ICS and a page, at `/:operator/status`, also with a
 * language before the path. No login, any origin, ETag.
 */
export function statusDoor(parts: FeedParts): Hono {
  const door = new Hono()
  for (const [path, write] of Object.entries(DOCUMENTS)) {
    const paths =
      path === 'index.html'
        ? ['/', '/:language', '/index.html', '/:language/index.html']
        : [`/${path}`, `/:language/${path}`]
    for (const one of paths) door.get(one, (context) => answer(context, write))
  }
  return door

  async function answer(context: Context, write: (typeof DOCUMENTS)[string]): Promise<Response> {
    const site = await parts.siteOf(context)
    if (!site) return context.notFound()
    const locale = languageOf(context, site)
    if (!locale) return context.notFound()
    const [status] = await parts.database.work({ kind: 'visitor', operatorId: site.operatorId }, (work) =>
      publicStatus(work, site, [locale]),
    )
    if (!status) return context.notFound()
    const { contentType, text } = write(status)
    const etag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`
    context.header('etag', etag)
    context.header('cache-control', `public, max-age=${FRESH_SECONDS}`)
    context.header('access-control-allow-origin', '*')
    context.header('vary', 'accept-language')
    context.header('x-content-type-options', 'nosniff')
    if (contentType.startsWith('text/html')) context.header('content-security-policy', STATUS_PAGE_POLICY)
    if (context.req.header('if-none-match') === etag) return context.body(null, 304)
    return context.body(text, 200, { 'content-type': contentType })
  }
}

/** The language of the path, if the operator has it; without one, that of the reader. */
function languageOf(context: Context, { languages }: FeedSite): Locale | undefined {
  const named = context.req.param('language')
  if (named === undefined) return chooseLocale(wishesOf(context.req.header('accept-language')), languages)
  return isLocale(named) && languages.includes(named) ? named : undefined
}
