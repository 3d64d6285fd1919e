import type { Context, MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { chooseLocale, wishesOf } from '../base/locale.ts'
import { Refused } from '../base/refused.ts'
import type { Member } from '../database/actor.ts'
import type { Database } from '../database/work.ts'
import { whoSignedIn } from '../rooms/people/index.ts'
import type { Identity, OwnPerson, SignIn } from '../rooms/people/index.ts'
import type { Env, Visit } from '../ui/visit.ts'
import type { KnownOperator, Operators } from './operators.ts'

export type VisitParts = {
  readonly database: Database
  readonly operators: Operators
  readonly signIn: SignIn
  readonly demonstration: boolean
}

/** Set by the host rewrite: the operator has a host of its own, so its paths carry no name. */
export const OWN_HOST = 'x-svar-own-host'

/** Puts a page's visit together: operator from the path, person from the session, language from choice, person or browser. */
export function visits(parts: VisitParts): MiddlewareHandler<Env> {
  return async (context, next) => {
    const operator = await parts.operators.bySlug(context.req.param('operator') ?? '')
    if (!operator) return context.notFound()
    const identity = await identityOf(parts, context)
    context.set('visit', visitOf(parts, context, operator, identity))
    await next()
  }
}

async function identityOf({ signIn, database }: VisitParts, context: Context<Env>): Promise<Identity | undefined> {
  if (!getCookie(context, 'svar.session_token') && !getCookie(context, '__Secure-svar.session_token')) return undefined
  const signInId = await signIn.whoIs(context.req.raw.headers)
  return signInId === undefined ? undefined : whoSignedIn(database, signInId)
}

function visitOf(
  { database, demonstration }: VisitParts,
  context: Context<Env>,
  operator: KnownOperator,
  identity: Identity | undefined,
): Visit {
  const { charter, operatorId, slug } = operator
  const member = chosenOf(identity, operatorId, getCookie(context, OWN_ORGANIZATION))
  const agents = identity?.agents ?? []
  const agent = agents.find((one) => one.operatorId === operatorId)
  const self = agent ?? member
  const ownHost = context.req.header(OWN_HOST) === 'true'
  const prefix = ownHost ? '' : `/${slug}`
  const locale = chooseLocale(
    [
      getCookie(context, 'svar_language') ?? '',
      self?.language ?? '',
      ...wishesOf(context.req.header('accept-language')),
    ].filter(Boolean),
    charter.languages,
  )
  const { pathname, search } = new URL(context.req.url)
  return {
    database,
    actor: agent
      ? { kind: 'agent', agentId: agent.agentId, operatorIds: agents.map((one) => one.operatorId), lead: agent.lead }
      : member
        ? memberOf(member)
        : { kind: 'visitor', operatorId },
    operatorId,
    operator: slug,
    brand: { name: charter.name[locale], shortName: charter.brand.shortName },
    locale,
    languages: charter.languages,
    zone: self?.zone ?? charter.zone,
    person: self && {
      name: self.name,
      email: self.email,
      administrator: (member?.roles.length ?? 0) > 0,
      agent: agent !== undefined,
      organization: member?.organizationName ?? '',
      partner: member?.partnerName ?? null,
      organizations: (identity?.people ?? [])
        .filter((one) => one.operatorId === operatorId)
        .map(({ organizationId, organizationName: name, partnerName: partner, active }) => ({
          organizationId,
          name,
          partner,
          active,
          chosen: organizationId === member?.organizationId,
        })),
    },
    link: (path) => `${prefix}${path}` || '/',
    here: ownHost ? `${pathname.slice(slug.length + 1)}${search}` : `${pathname}${search}`,
    demonstration,
  }
}

/** The organization a person of several has chosen; it is no secret, and what is not his counts for nothing. */
const OWN_ORGANIZATION = 'svar_organization'

/** Whom somebody acts as at an operator: in the organization he chose, else in the first of his where he may act. */
function chosenOf(
  identity: Identity | undefined,
  operatorId: string,
  chosen: string | undefined,
): OwnPerson | undefined {
  const own = identity?.people.filter((one) => one.operatorId === operatorId) ?? []
  return own.find(({ organizationId }) => organizationId === chosen) ?? own.find(({ active }) => active) ?? own[0]
}

/** A person as the one who acts. */
export function memberOf({ personId, organizationId, operatorId, partnerId }: OwnPerson): Member {
  const member = { kind: 'member', personId, organizationId, operatorId } as const
  return partnerId === null ? member : { ...member, partnerId }
}

/** A path to go back to, from a query: within this site only. */
export function safePath(wanted: string | undefined, otherwise: string): string {
  return wanted && /^\/(?![/\\])[^\s\\]*$/.test(wanted) && wanted.length < 2000 ? wanted : otherwise
}

/** For pages behind sign-in: a visitor is told to sign in. */
export const signedInOnly: MiddlewareHandler<Env> = async (context, next) => {
  if (context.get('visit').actor.kind === 'visitor') throw new Refused('not-signed-in')
  await next()
}
