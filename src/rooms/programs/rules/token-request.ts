/** What a program may be allowed to read. The names are those of Microsoft Graph, which clients of that kind ask for. */
export const SCOPES = ['ServiceHealth.Read.All', 'ServiceMessage.Read.All'] as const
export type Scope = (typeof SCOPES)[number]

/** RFC 6749, section 5.2; `temporarily_unavailable` goes with 429. */
export type OAuthError =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_scope'
  | 'unsupported_grant_type'
  | 'temporarily_unavailable'

/** Why a token is refused: the code for programs, and a sentence in ASCII for who reads their log, as the RFC has it. */
export type OAuthRefusal = { readonly ok: false; readonly error: OAuthError; readonly description: string }

export type TokenRequest = {
  readonly ok: true
  readonly clientId: string
  readonly secret: string
  /** The scopes asked for, as they were written; empty for all that the program has. */
  readonly wish: readonly string[]
}

const CLIENT_LIMIT = 200
const SCOPE_LIMIT = 2000

/**
 * Reads a request for a token by client credentials (RFC 6749, section 4.4): who asks, by form or by Basic but not by both, and
 * what for. `authorization` is the header; undefined without one.
 */
export function readTokenRequest(body: string, authorization: string | undefined): TokenRequest | OAuthRefusal {
  const form = formOf(body)
  if (!form) return refused('invalid_request', 'A parameter is there twice.')
  const grant = form.get('grant_type')
  if (grant === undefined) return refused('invalid_request', 'grant_type is missing.')
  if (grant !== 'client_credentials') return refused('unsupported_grant_type', 'Only client_credentials is known here.')
  const scope = form.get('scope') ?? ''
  if (scope.length > SCOPE_LIMIT) return refused('invalid_scope', 'The scope is too long.')

  const client = clientOf(form, authorization)
  return 'error' in client ? client : { ok: true, ...client, wish: scope.split(' ').filter(Boolean) }
}

/**
 * The scopes of a token: all that the program has for `.../.default` or for no wish, else those it asked for, with or without the
 * address of what they belong to in front. Undefined when one of them is unknown or not the program's.
 */
export function decideScopes(granted: readonly string[], wish: readonly string[]): readonly string[] | undefined {
  const names = wish.map((one) => one.slice(one.lastIndexOf('/') + 1))
  if (names.every((name) => name === '.default')) return granted
  const asked = [...new Set(names.filter((name) => name !== '.default'))]
  if (asked.length < new Set(names).size) return undefined
  const known = asked.map((name) => granted.find((one) => one.toLowerCase() === name.toLowerCase()))
  return known.every((one) => one !== undefined) ? known : undefined
}

type Client = { readonly clientId: string; readonly secret: string }

function clientOf(form: ReadonlyMap<string, string>, authorization: string | undefined): Client | OAuthRefusal {
  const inForm = form.has('client_secret')
  if (authorization !== undefined) {
    if (inForm) return refused('invalid_request', 'The client shows its secret twice: use the header or the form.')
    return clientInHeader(authorization, form.get('client_id'))
  }
  const [clientId = '', secret = ''] = [form.get('client_id'), form.get('client_secret')]
  if (clientId === '' || secret === '') return refused('invalid_client', 'client_id and client_secret are missing.')
  return withinLimits({ clientId, secret })
}

function clientInHeader(authorization: string, inForm: string | undefined): Client | OAuthRefusal {
  const written = /^basic +([A-Za-z0-9+/]{1,2000}={0,2})$/i.exec(authorization)?.[1]
  const pair = written === undefined ? undefined : basicOf(written)
  if (!pair) return refused('invalid_client', 'The Authorization header is not Basic.')
  if (inForm !== undefined && inForm !== pair.clientId)
    return refused('invalid_request', 'client_id in the form is not that of the header.')
  return withinLimits(pair)
}

/** Name and secret are written as in a form before they are put together (RFC 6749, section 2.3.1). */
function basicOf(written: string): Client | undefined {
  try {
    const [, name = '', secret = ''] = /^([^:]*):(.*)$/s.exec(atob(written)) ?? []
    return { clientId: fromForm(name), secret: fromForm(secret) }
  } catch {
    return undefined
  }
}

function withinLimits(client: Client): Client | OAuthRefusal {
  const fits = client.clientId.length <= CLIENT_LIMIT && client.secret.length <= CLIENT_LIMIT
  return fits ? client : refused('invalid_client', 'The client is not known.')
}

function formOf(body: string): ReadonlyMap<string, string> | undefined {
  const form = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(body)) {
    if (form.has(name)) return undefined
    // A parameter without a value counts as left out (section 3.2).
    if (value !== '') form.set(name, value)
  }
  return form
}

function fromForm(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '))
}

export function refused(error: OAuthError, description: string): OAuthRefusal {
  return { ok: false, error, description }
}
