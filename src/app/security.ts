import type { Context } from 'hono'
import { Refused } from '../base/refused.ts'
import type { Env } from '../ui/visit.ts'

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What every page tells the browser: run only our files, reach nobody else, be framed by nobody. */
export async function headers(context: Context<Env>, next: () => Promise<void>): Promise<void> {
  await next()
  if (!context.res.headers.has('content-security-policy')) context.header('content-security-policy', POLICY)
  context.header('x-content-type-options', 'nosniff')
  context.header('referrer-policy', 'same-origin')
  context.header('cross-origin-opener-policy', 'same-origin')
  if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store')
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Changes come from our own pages only; browsers say where a form comes from, and clients without an origin carry no session. */
export async function sameSite(context: Context<Env>, next: () => Promise<void>): Promise<void> {
  if (!SAFE.has(context.req.method) && !isSameSite(context)) throw new Refused('cross-site')
  await next()
}

function isSameSite(context: Context<Env>): boolean {
  const site = context.req.header('sec-fetch-site')
  if (site) return site === 'same-origin' || site === 'none'
  const origin = context.req.header('origin')
  return origin === undefined || URL.parse(origin)?.host === context.req.header('host')
}
