import type { Context } from 'hono'
import { whoShows } from '../rooms/people/index.ts'
import { whichProgram } from '../rooms/programs/index.ts'
import type { FeedCaller, FeedParts, FeedSite } from '../rooms/status-feeds/api.ts'
import type { AppParts } from './app-parts.ts'
import type { KnownOperator } from './operators.ts'
import { memberOf, OWN_HOST } from './visits.ts'

/** What the feeds need of the app: whose address was called, and who shows a token. */
export function feedParts({
  database,
  operators,
  log,
  publicUrl,
  statusUrl: filesUrl,
  privateAddresses,
}: AppParts): FeedParts {
  return {
    database,
    log,
    privateAddresses,
    async siteOf(context) {
      const operator = await operators.bySlug(context.req.param('operator') ?? '')
      return operator && siteAt(operator, { url: addressOf(context, operator, publicUrl), filesUrl })
    },
    async callerOf(context, site) {
      const token = /^Bearer (svar_[\w-]{20,100})$/i.exec(context.req.header('authorization') ?? '')?.[1]
      if (!token) return undefined
      return (await programShowing(token, site)) ?? (await personShowing(token, site))
    },
  }

  async function programShowing(token: string, site: FeedSite): Promise<FeedCaller | undefined> {
    const { actor } = (await whichProgram(database, token)) ?? {}
    if (actor?.operatorId !== site.operatorId) return undefined
    return { actor, key: actor.programId, scopes: actor.scopes }
  }

  async function personShowing(token: string, site: FeedSite): Promise<FeedCaller | undefined> {
    const identity = await whoShows(database, token)
    if (!identity || identity.scope === 'articles') return undefined
    const agent = identity.agents.find(({ operatorId }) => operatorId === site.operatorId)
    if (agent) {
      const { agentId, lead } = agent
      return { actor: { kind: 'agent', agentId, lead, operatorIds: [site.operatorId] }, key: agentId, scopes: 'all' }
    }
    const person = identity.people.find(({ operatorId }) => operatorId === site.operatorId)
    return person && { actor: memberOf(person), key: person.personId, scopes: 'all' }
  }
}

/** An operator as its feeds tell of it, at an address. */
export function siteAt(
  { operatorId, slug, charter }: KnownOperator,
  where: Pick<FeedSite, 'url' | 'filesUrl'>,
): FeedSite {
  const { name, languages, zone, services } = charter
  return { operatorId, slug, name, languages, zone, services, ...where }
}

/** Where clients reach an operator: its own host, if it was called there, else below the installation's address. */
function addressOf(context: Context, { slug }: KnownOperator, publicUrl: string): string {
  if (context.req.header(OWN_HOST) !== 'true') return `${publicUrl}/${slug}`
  return `${new URL(publicUrl).protocol}//${new URL(context.req.url).host}`
}
