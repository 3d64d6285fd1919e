import { serveStatic } from '@hono/node-server/serve-static'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import type { Context, MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { setCookie } from 'hono/cookie'
import type { Logger } from 'pino'
import { newId } from '../base/ids.ts'
import { isLocale } from '../base/locale.ts'
import { Refused } from '../base/refused.ts'
import { agentPages, casePages, incidentPages } from '../rooms/cases/pages.ts'
import { callPages, callPanel, deskPages } from '../rooms/callbacks/pages.ts'
import { callerPages, ownCallerPages } from '../rooms/callers/pages.ts'
import { mailboxPage } from '../rooms/channels/pages.ts'
import { contactPages, portalPage } from '../rooms/contact/pages.ts'
import { answersPages, solvedPages } from '../rooms/answers/pages.ts'
import { editingPages } from '../rooms/editing/pages.ts'
import { noticePages } from '../rooms/health-notices/pages.ts'
import { holidayPages } from '../rooms/holidays/pages.ts'
import { tokenDoor, tokenMetadata } from '../rooms/programs/api.ts'
import type { TokenDoorParts } from '../rooms/programs/api.ts'
import { programPages } from '../rooms/programs/pages.ts'
import { graphDoor, statusDoor } from '../rooms/status-feeds/api.ts'
import { feedPages } from '../rooms/status-feeds/pages.ts'
import { onboardingDeskPages, onboardingPages } from '../rooms/onboarding/pages.ts'
import { reportPages } from '../rooms/reports/pages.ts'
import { accountPages, becomePages, signInPages } from '../rooms/people/pages.ts'
import { organizationPages } from '../rooms/rights/pages.ts'
import { healthPages, incidentDeskPages } from '../rooms/service-health/pages.ts'
import { articlePages, panePages } from '../rooms/self-help/pages.ts'
import { PUBLIC_FOLDER } from '../ui/assets.ts'
import type { Env } from '../ui/visit.ts'
import { api } from './api.ts'
import type { AppParts } from './app-parts.ts'
import { brandStyle } from './brand.ts'
import { compressed } from './compression.ts'
import { errorPages, showError } from './errors.tsx'
import { feedParts } from './feed-parts.ts'
import { healthRoutes, measured } from './health.ts'
import { operatorsPage } from './operators-page.tsx'
import type { Operators } from './operators.ts'
import { headers, sameSite } from './security.ts'
import { OWN_HOST, safePath, signedInOnly, visits } from './visits.ts'

const MEGABYTE = 1024 * 1024

/** The whole product over HTTP: every route that there is hangs on this. */
export function createApp(parts: AppParts) {
  const app = new Hono<Env>({ strict: false })
  app.onError((error, context) => showError(parts, error, context))
  app.notFound((context) => showError(parts, new Refused('not-found'), context))

  app.use(parts.counted, named(parts.log), measured, nudging(parts.nudge))
  app.route('/', healthRoutes(parts.database))
  app.get(
    '/assets/*',
    kept,
    serveStatic({ root: PUBLIC_FOLDER, rewriteRequestPath: (path) => path.slice('/assets'.length) }),
  )
  app.route('/api/v1', api(parts))
  app.post('/:operator/oauth2/v2.0/token', tokenDoor(tokenParts(parts)))
  app.get('/.well-known/oauth-authorization-server/:operator', tokenMetadata(tokenParts(parts)))

  const feeds = feedParts(parts)
  app.route('/:operator/v1.0/admin/serviceAnnouncement', graphDoor(feeds))
  app.route('/:operator/status', statusDoor(feeds))

  app.use(headers, sameSite, compressed, limited)
  app.all('/auth/passkey/*', (context) => parts.signIn.passkeys(context.req.raw, addressOf(parts, context)))
  app.get('/', operatorsPage(parts.operators))
  app.get('/icon.svg', (context) =>
    context.body(ICON, 200, { 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }),
  )
  app.route('/:operator', operatorPages(parts))
  return { app, fetch: rewritingHosts(parts.operators, app) }
}

/** Programs show a secret of their own here, so no page's cookie or origin matters. */
function tokenParts(parts: AppParts): TokenDoorParts {
  return {
    database: parts.database,
    publicUrl: parts.publicUrl,
    operatorIdOf: async (slug) => (await parts.operators.bySlug(slug))?.operatorId,
    addressOf: (context) => addressOf(parts, context),
  }
}

function operatorPages(parts: AppParts): Hono<Env> {
  const { signIn, demonstration } = parts
  const pages = new Hono<Env>()
  pages.use(visits(parts))
  pages.get('/brand.css', brandStyle(parts.operators))
  pages.get('/language/:language', chooseLanguage)
  pages.route('/', panePages())
  pages.route('/', signInPages({ signIn, safePath, addressOf: (context) => addressOf(parts, context) }))
  pages.route('/', accountPages(signIn))
  if (demonstration) pages.route('/', becomePages(signIn)).route('/', mailboxPage()).route('/', portalPage())
  pages.route('/', articlePages())
  pages.route('/', solvedPages())
  pages
    .route('/', healthPages(parts.bulletin))
    .route('/', noticePages(parts))
    .route('/', feedPages(feedParts(parts)))
  pages.route('/', contactPages({ addressOf: (context) => addressOf(parts, context) }))
  pages
    .use('/organization', signedInOnly)
    .use('/organization/*', signedInOnly)
    .use('/organizations', signedInOnly)
    .route('/', organizationPages())
    .route('/organization/programs', programPages('/organization/programs'))
  pages.use('/onboarding', signedInOnly).use('/onboarding/*', signedInOnly).route('/onboarding', onboardingPages())
  pages
    .use('/cases/*', signedInOnly)
    .use('/cases', signedInOnly)
    .route('/', casePages(callPanel))
    .route('/', callPages(parts.bulletin))
  pages.use('/caller', signedInOnly).route('/', ownCallerPages(parts.callerCodes))
  pages
    .use('/agent/*', signedInOnly)
    .route('/agent/articles', editingPages())
    .route('/agent/holidays', holidayPages())
    .route('/agent/programs', programPages('/agent/programs'))
    .route('/agent/incidents', incidentDeskPages())
    .route('/agent/onboarding', onboardingDeskPages())
    .route('/agent', reportPages())
    .route('/agent', answersPages())
    .route('/agent', deskPages(parts.bulletin))
    .route('/agent', callerPages(parts.callerCodes, parts.bulletin))
  pages
    .use('/agent', signedInOnly)
    .route('/agent', incidentPages(parts.bulletin))
    .route('/agent', agentPages(parts.bulletin))
  pages.route('/', errorPages())
  return pages
}

function chooseLanguage(context: Context<Env>) {
  const language = context.req.param('language') ?? ''
  if (!isLocale(language)) throw new Refused('not-found')
  setCookie(context, 'svar_language', language, { path: '/', maxAge: 365 * 24 * 3600, sameSite: 'Lax', httpOnly: true })
  return context.redirect(safePath(context.req.query('back'), context.get('visit').link('/')), 303)
}

/** An id for the request, from the proxy or new, in the log and the answer; the log names routes, never people. */
function named(log: Logger) {
  return async (context: Context<Env>, next: () => Promise<void>) => {
    const given = context.req.header('x-request-id')
    const requestId = given && /^[\w-]{8,64}$/.test(given) ? given : newId()
    context.set('requestId', requestId)
    context.header('x-request-id', requestId)
    const start = performance.now()
    await next()
    const milliseconds = Math.round((performance.now() - start) * 10) / 10
    log.debug(
      { requestId, method: context.req.method, route: context.req.routePath, status: context.res.status, milliseconds },
      'answered',
    )
  }
}

function nudging(nudge: () => void) {
  return async (context: Context<Env>, next: () => Promise<void>) => {
    await next()
    if (context.req.method !== 'GET') setImmediate(nudge)
  }
}

const limitOfBodies = bodyLimit({ maxSize: 52 * MEGABYTE, onError: () => Promise.reject(new Refused('too-large')) })

/** Only where there may be a body: asking a request for the one it has not is a tenth of answering it. */
const limited: MiddlewareHandler<Env> = (context, next) =>
  context.req.method === 'GET' ? next() : limitOfBodies(context, next)

const kept = async (context: Context<Env>, next: () => Promise<void>) => {
  await next()
  context.header('cache-control', 'public, max-age=31536000, immutable')
  context.header('x-content-type-options', 'nosniff')
}

function addressOf({ trustProxy }: AppParts, context: Context): string {
  const forwarded = trustProxy ? context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded ?? getConnInfo(context).remote.address ?? 'unknown'
}

/** An operator with a host of its own has its pages at the root of that host. */
function rewritingHosts(operators: Operators, app: Hono<Env>) {
  return async (request: Request, ...rest: unknown[]): Promise<Response> => {
    const url = new URL(request.url)
    const status = await operators.byStatusHost(url.hostname)
    if (status) return app.fetch(moved(request, url, `/${status.slug}/status`), ...(rest as [Record<string, unknown>]))
    const operator = isShared(url.pathname) ? undefined : await operators.byHost(url.hostname)
    // A copy of a request costs as much as answering a small one, so only where something has to change.
    if (!operator && !request.headers.has(OWN_HOST)) return app.fetch(request, ...(rest as [Record<string, unknown>]))
    const cleaned = moved(request, url, operator ? `/${operator.slug}` : '')
    if (operator) cleaned.headers.set(OWN_HOST, 'true')
    return app.fetch(cleaned, ...(rest as [Record<string, unknown>]))
  }
}

/** The same request below another path, as if nobody had said that the host is an operator's own. */
function moved(request: Request, { pathname, search, href }: URL, below: string): Request {
  const cleaned = new Request(new URL(`${below}${pathname}${search}`, href), request)
  cleaned.headers.delete(OWN_HOST)
  return cleaned
}

function isShared(path: string): boolean {
  return /^\/(assets|api|auth|healthz|readyz|metrics|icon\.svg|\.well-known)(\/|$)/.test(path)
}

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#0f6cbd"/><path d="M9 10h14a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-7l-5 4v-4H9a2 2 0 0 1-2-2v-7a2 2 0 0 1 2-2z" fill="#fff"/></svg>`
