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
    if (operatorId === undefined) return answered(refused('invalid_request', 'There is no such operator.'), 404)
    const body = await bodyOf(context)
    if (body === undefined) return answered(refused('invalid_request', 'The body is not a form of at most 16 kB.'))
    const request = readTokenRequest(body, context.req.header('authorization'))
    if (!request.ok) return answered(request)

    const wait = Math.max(byAddress.take(addressOf(context)), byClient.take(`${operatorId} ${request.clientId}`))
    if (wait > 0) return tooMany(wait)
    const issued = await database.work({ kind: 'job', operatorIds: [operatorId] }, (work) =>
      issueProgramToken(work, operatorId, request),
    )
    if (!issued.ok) return answered(issued)
    const { token, scopes } = issued
    return json({ token_type: 'Bearer', access_token: token, expires_in: TOKEN_SECONDS, scope: scopes.join(' ') }, 200)
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

function answered(refusal: OAuthRefusal, status = refusal.error === 'invalid_client' ? 401 : 400): Response {
  // Said to every unknown client, also to one that used the form: that is how it learns of the other way.
  const challenge: Readonly<Record<string, string>> =
    status === 401 ? { 'www-authenticate': 'Basic realm="token", charset="UTF-8"' } : {}
  return json({ error: refusal.error, error_description: refusal.description }, status, challenge)
}

function tooMany(seconds: number): Response {
  const { error, description } = refused(
    'temporarily_unavailable',
    'Too many requests. A token lives an hour: keep it.',
  )
  return json({ error, error_description: description }, 429, { 'retry-after': String(seconds) })
}

function json(body: object, status: number, headers: Readonly<Record<string, string>> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store', pragma: 'no-cache', ...headers },
  })
}
