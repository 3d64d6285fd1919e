import type { Context } from 'hono'
import { rateLimit } from '../../api/rate-limit.ts'
import { Refused } from '../../base/refused.ts'
import type { Database } from '../../database/work.ts'
import { readTokenRequest, refused, SCOPES } from './rules/token-request.ts'
import type { OAuthRefusal } from './rules/token-request.ts'
import { issueProgramToken, TOKEN_SECONDS } from './tokens.ts'

export type TokenDoorParts = {
  readonly database: Database
  readonly publicUrl: string
  /** The operator of a name in addresses; undefined when nobody declared it. */
  readonly operatorIdOf: (slug: string) => Promise<string | undefined>
  readonly addressOf: (context: Context) => string
}

const BODY_LIMIT = 16 * 1024
/** A token lives an hour; many machines of one program may each want their own. */
const A_CLIENT = { most: 60, seconds: 60 }
const AN_ADDRESS = { most: 600, seconds: 60 }

/** Where programs get tokens: `POST /:operator/oauth2/v2.0/token`, client credentials by form or Basic, errors as RFC 6749 has them. */
export function tokenDoor({ database, operatorIdOf, addressOf }: TokenDoorParts) {
  const byClient = rateLimit(A_CLIENT)
  const byAddress = rateLimit(AN_ADDRESS)
  return async (context: Context): Promise<Response> => {
    const operatorId = await operatorIdOf(context.req.param('operator') ?? '')
    if (operatorId === undefined)
      return answered(context, refused('invalid_request', 'There is no such operator.'), 404)
    const body = await bodyOf(context)
    if (body === undefined)
      return answered(context, refused('invalid_request', 'The body is not a form of at most 16 kB.'))
    const request = readTokenRequest(body, context.req.header('authorization'))
    if (!request.ok) return answered(context, request)

    const wait = Math.max(byAddress.take(addressOf(context)), byClient.take(`${operatorId} ${request.clientId}`))
    if (wait > 0) return tooMany(context, wait)
    const issued = await database.work({ kind: 'job', operatorIds: [operatorId] }, (work) =>
      issueProgramToken(work, operatorId, request),
    )
    if (!issued.ok) return answered(context, issued)
    const { token, scopes } = issued
    const scope = scopes.join(' ')
    return json(context, { token_type: 'Bearer', access_token: token, expires_in: TOKEN_SECONDS, scope }, 200)
  }
}

/** Where clients find the above: RFC 8414, at `/.well-known/oauth-authorization-server/:operator`. */
export function tokenMetadata({ publicUrl, operatorIdOf }: Pick<TokenDoorParts, 'publicUrl' | 'operatorIdOf'>) {
  return async (context: Context): Promise<Response> => {
    const operator = context.req.param('operator') ?? ''
    if ((await operatorIdOf(operator)) === undefined) throw new Refused('not-found')
    const issuer = `${publicUrl}/${operator}`
    return context.json({
      issuer,
      token_endpoint: `${issuer}/oauth2/v2.0/token`,
      token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      scopes_supported: SCOPES,
    })
  }
}

async function bodyOf(context: Context): Promise<string | undefined> {
  const type = context.req.header('content-type') ?? ''
  if (!/^application\/x-www-form-urlencoded(;|$)/i.test(type)) return undefined
  if (Number(context.req.header('content-length') ?? 0) > BODY_LIMIT) return undefined
  const body = await context.req.text()
  return body.length > BODY_LIMIT ? undefined : body
}

function answered(
  context: Context,
  { error, description }: OAuthRefusal,
  status: Status = error === 'invalid_client' ? 401 : 400,
): Response {
  // Said to every unknown client, also to one that used the form: that is how it learns of the other way.
  if (status === 401) context.header('www-authenticate', 'Basic realm="token", charset="UTF-8"')
  return json(context, { error, error_description: description }, status)
}

function tooMany(context: Context, seconds: number): Response {
  const { error, description } = refused(
    'temporarily_unavailable',
    'Too many requests. A token lives an hour: keep it.',
  )
  context.header('retry-after', String(seconds))
  return json(context, { error, error_description: description }, 429)
}

type Status = 200 | 400 | 401 | 404 | 429

function json(context: Context, body: object, status: Status): Response {
  context.header('cache-control', 'no-store')
  context.header('pragma', 'no-cache')
  return context.json(body, status)
}
