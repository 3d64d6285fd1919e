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
  // Not by `context.header`, which makes a new answer each time it is asked.
  const { headers: told } = context.res
  if (!told.has('content-security-policy')) told.set('content-security-policy', POLICY)
  told.set('x-content-type-options', 'nosniff')
  told.set('referrer-policy', 'same-origin')
  told.set('cross-origin-opener-policy', 'same-origin')
  if (!told.has('cache-control')) told.set('cache-control', 'no-store')
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
