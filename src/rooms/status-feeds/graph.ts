import { Hono } from 'hono'
import type { Context } from 'hono'
import { ODataError } from '../../api/odata-filter.ts'
import type { Members } from '../../api/odata-match.ts'
import { pageOf, pageSizeIn, readODataQuery } from '../../api/odata-query.ts'
import { rateLimit } from '../../api/rate-limit.ts'
import { newId } from '../../base/ids.ts'
import { chooseLocale, wishesOf } from '../../base/locale.ts'
import type { Locale } from '../../base/locale.ts'
import { Refused } from '../../base/refused.ts'
import type { Actor } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { healthOf, incidentFor, incidentsFor, postsFor } from '../service-health/index.ts'
import type { FeedParts, FeedSite } from './feed-site.ts'
import { ISSUE_SHAPE, MESSAGE_SHAPE, OVERVIEW_SHAPE } from './graph-shapes.ts'
import { issueOf, messageOf, postText } from './rules/graph.ts'
import type { Issue, Message } from './rules/graph.ts'
import { toldOf } from './told.ts'

type Caller = { readonly actor: Actor; readonly key: string; readonly scopes: readonly string[] | 'all' }
type GraphEnv = { Variables: { site: FeedSite; caller: Caller; locale: Locale; requestId: string } }

const HEALTH = 'ServiceHealth.Read.All'
const MESSAGES = 'ServiceMessage.Read.All'
const PAGE = 100
/** So many of the newest are told; older ones are in the history of the product. */
const MOST = 1000
/** Of one caller at once, and as many again evenly within a minute. */
const MOST_A_MINUTE = 300

const OFFERED =
  'Offered here: GET healthOverviews, issues, issues/{id}/incidentReport, messages and messages/{id}/attachments, which are none. No marks are kept of what was read.'

/**
 * Service communications as Microsoft Graph 1.0 speaks them, so that its clients can be pointed at an operator:
 * `/:operator/v1.0/admin/serviceAnnouncement`. Texts come in the language of `Accept-Language`, else the operator's first.
 */
export function graphDoor(parts: FeedParts): Hono<GraphEnv> {
  const { database } = parts
  const limit = rateLimit({ most: MOST_A_MINUTE, seconds: 60 })
  const door = new Hono<GraphEnv>()

  door.onError((error, context) => {
    if (error instanceof ODataError) return failed(context, 400, 'BadRequest', error.message)
    if (error instanceof Refused && error.code === 'not-found')
      return failed(context, 404, 'ResourceNotFound', 'There is no such resource, or it is not yours.')
    if (error instanceof Refused) return failed(context, 403, 'Authorization_RequestDenied', error.code)
    parts.log.error({ requestId: context.get('requestId'), err: error }, 'broken')
    return failed(
      context,
      500,
      'InternalServerError',
      'Something broke on our side. Try again, and quote the request id.',
    )
  })

  door.use(async (context, next) => {
    const requestId = newId()
    context.set('requestId', requestId)
    context.header('request-id', requestId)
    context.header('client-request-id', context.req.header('client-request-id') ?? requestId)
    const site = await parts.siteOf(context)
    if (!site) return failed(context, 404, 'ResourceNotFound', 'There is no such operator.')
    context.set('site', site)
    const caller = await parts.callerOf(context, site)
    if (!caller) {
      context.header('www-authenticate', 'Bearer')
      return failed(context, 401, 'InvalidAuthenticationToken', 'Show a token: Authorization: Bearer svar_…')
    }
    const wait = limit.take(caller.key)
    if (wait > 0) {
      context.header('retry-after', String(wait))
      return failed(context, 429, 'TooManyRequests', `Wait ${wait} seconds.`)
    }
    context.set('caller', caller)
    context.set('locale', chooseLocale(wishesOf(context.req.header('accept-language')), site.languages))
    await next()
  })

  door.get('/healthOverviews', async (context) => {
    const overviews = await overviewsFor(context, asksForIssues(context))
    return list(context, 'healthOverviews', { all: overviews, shape: OVERVIEW_SHAPE, expandable: ['issues'] })
  })
  door.get('/healthOverviews/:name', async (context) => {
    const name = context.req.param('name')
    const found = (await overviewsFor(context, asksForIssues(context))).find(
      ({ id, service }) => id === name || service === name,
    )
    if (!found) throw new Refused('not-found')
    return one(context, 'healthOverviews', found)
  })
  door.get('/issues', async (context) => {
    const issues = await reading(context, HEALTH, (work) => issuesIn(work, context))
    return list(context, 'issues', { all: issues, shape: ISSUE_SHAPE })
  })
  door.get('/issues/:id', async (context) => one(context, 'issues', await issueAt(context)))
  door.get('/issues/:id/incidentReport', async (context) => {
    const { operatorId } = context.get('site')
    const { posts } = await reading(context, HEALTH, (work) => incidentFor(work, operatorId, context.req.param('id')))
    const review = posts.find(({ kind }) => kind === 'strategic')
    if (!review) return failed(context, 404, 'ResourceNotFound', 'No final review of this issue has been published.')
    context.header('content-disposition', `attachment; filename="${context.req.param('id')}.txt"`)
    return context.text(postText(review, context.get('locale')))
  })
  door.get('/messages', async (context) => {
    const messages = await reading(context, MESSAGES, (work) => messagesIn(work, context))
    return list(context, 'messages', { all: messages, shape: MESSAGE_SHAPE })
  })
  door.get('/messages/:id', async (context) => one(context, 'messages', await messageAt(context)))
  door.get('/messages/:id/attachments', async (context) => {
    await messageAt(context)
    return list(context, 'attachments', { all: [], shape: { members: {} } })
  })
  // Programs expect an error of the protocol, also to what is not offered; a page would tell them nothing.
  door.all('*', (context) => {
    if (context.req.method === 'GET') return failed(context, 404, 'ResourceNotFound', OFFERED)
    context.header('allow', 'GET')
    return failed(context, 405, 'MethodNotAllowed', OFFERED)
  })
  return door

  async function reading<T>(context: Context<GraphEnv>, scope: string, read: (work: Work) => Promise<T>): Promise<T> {
    const { actor, scopes } = context.get('caller')
    if (scopes !== 'all' && !scopes.includes(scope)) throw new Refused('not-an-administrator')
    return database.work(actor, read)
  }

  async function overviewsFor(context: Context<GraphEnv>, withIssues: boolean) {
    const { operatorId, zone } = context.get('site')
    return reading(context, HEALTH, async (work) => {
      const health = await healthOf(work, operatorId, zone)
      const issues = withIssues ? await issuesIn(work, context) : []
      return health.map(({ service, state }) => {
        const name = service.name[context.get('locale')]
        const overview = { id: service.id, service: name, status: state }
        return withIssues ? { ...overview, issues: issues.filter((issue) => issue.service === name) } : overview
      })
    })
  }

  async function issuesIn(work: Work, context: Context<GraphEnv>): Promise<readonly Issue[]> {
    const { operatorId } = context.get('site')
    const incidents = await incidentsFor(work, operatorId, { kinds: ['incident', 'advisory'], limit: MOST })
    const posts = await postsFor(
      work,
      operatorId,
      incidents.map(({ incidentId }) => incidentId),
    )
    return toldOf(context.get('site'), { incidents, posts }, context.get('locale')).map((told) =>
      issueOf(told, context.get('locale')),
    )
  }

  async function issueAt(context: Context<GraphEnv>): Promise<Issue> {
    const { operatorId } = context.get('site')
    const { incident, posts } = await reading(context, HEALTH, (work) =>
      incidentFor(work, operatorId, context.req.param('id') ?? ''),
    )
    const [told] = toldOf(context.get('site'), { incidents: [incident], posts }, context.get('locale'))
    if (!told || incident.kind === 'maintenance') throw new Refused('not-found')
    return issueOf(told, context.get('locale'))
  }

  async function messageAt(context: Context<GraphEnv>): Promise<Message> {
    const messages = await reading(context, MESSAGES, (work) => messagesIn(work, context))
    const found = messages.find(({ id }) => id === context.req.param('id'))
    if (!found) throw new Refused('not-found')
    return found
  }

  async function messagesIn(work: Work, context: Context<GraphEnv>) {
    const { operatorId } = context.get('site')
    const incidents = await incidentsFor(work, operatorId, { kinds: ['maintenance'], limit: MOST })
    const posts = await postsFor(
      work,
      operatorId,
      incidents.map(({ incidentId }) => incidentId),
    )
    return toldOf(context.get('site'), { incidents, posts }, context.get('locale')).map((told) =>
      messageOf(told, context.get('locale')),
    )
  }
}

const BASE = '/v1.0/admin/serviceAnnouncement'

function asksForIssues(context: Context<GraphEnv>): boolean {
  return readODataQuery(new URL(context.req.url).search, {
    shape: OVERVIEW_SHAPE,
    expandable: ['issues'],
  }).expand.includes('issues')
}

function list(
  context: Context<GraphEnv>,
  name: string,
  {
    all,
    shape,
    expandable = [],
  }: { readonly all: readonly object[]; readonly shape: Members; readonly expandable?: readonly string[] },
): Response {
  const query = new URL(context.req.url).search
  const asked = readODataQuery(query, { shape, expandable })
  const { value, count, next } = pageOf(all, { asked, query, pageSize: pageSizeIn(context.req.header('prefer'), PAGE) })
  return context.json({
    ...contextOf(context, name),
    ...(count === undefined ? {} : { '@odata.count': count }),
    value,
    ...(next === undefined ? {} : { '@odata.nextLink': `${context.get('site').url}${BASE}/${name}?${next}` }),
  })
}

function one(context: Context<GraphEnv>, name: string, value: object): Response {
  return context.json({ ...contextOf(context, `${name}/$entity`), ...value })
}

/** Clients that want no metadata say so. */
function contextOf(context: Context<GraphEnv>, name: string): object {
  if (/odata\.metadata=none/i.test(context.req.header('accept') ?? '')) return {}
  return { '@odata.context': `${context.get('site').url}/v1.0/$metadata#admin/serviceAnnouncement/${name}` }
}

type Failure = 400 | 401 | 403 | 404 | 405 | 429 | 500

function failed(context: Context<GraphEnv>, status: Failure, code: string, message: string): Response {
  const requestId = context.get('requestId')
  const innerError = {
    date: new Date().toISOString().slice(0, 19),
    'request-id': requestId,
    'client-request-id': context.req.header('client-request-id') ?? requestId,
  }
  return context.json({ error: { code, message, innerError } }, status)
}
