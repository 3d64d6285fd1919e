import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sql } from 'kysely'
import * as oauth from 'oauth4webapi'
import { Client } from 'pg'
import { forgetTokens, whichProgram } from '../../src/rooms/programs/index.ts'
import { browserOf, programOf } from '../client.ts'
import type { Json } from '../client.ts'
import { world } from '../world.ts'

/*
 * Havn Logistik watches the service health with a program of its own; the operator has one, too. Tokens are asked for by
 * oauth4webapi, which was written by somebody else, and by hand where it would not make the mistake.
 */

const here = await world()
const { people, agents } = here
const START = '2026-06-15T08:00:00Z'

async function rowsOf<T extends object>(statement: string, values: readonly string[] = []): Promise<readonly T[]> {
  const client = new Client(here.superuserUrl)
  await client.connect()
  try {
    return (await client.query<T>(statement, [...values])).rows
  } finally {
    await client.end()
  }
}

type Made = { readonly clientId: string; readonly secret: string }

function madeIn(page: string): Made {
  const clientId = /<code>([0-9a-f-]{36})<\/code>/.exec(page)?.[1]
  const secret = /<code>(svarsecret_[\w-]{43})<\/code>/.exec(page)?.[1]
  return clientId && secret ? { clientId, secret } : assert.fail('the page shows no secret')
}

const ALL = { 'scope-ServiceHealth.Read.All': 'on', 'scope-ServiceMessage.Read.All': 'on' }

async function make(name: string, scopes: Record<string, string> = ALL): Promise<Made> {
  const { status, body } = await browserOf(here, people.asta).send('/microsoft/organization/programs', {
    name,
    ...scopes,
  })
  assert.equal(status, 200, body)
  return madeIn(body)
}

const TOKEN = 'http://svar.test/microsoft/oauth2/v2.0/token'

/** Asks as a stranger would, without a library. */
async function ask(form: Record<string, string> | string, headers: Record<string, string> = {}, url = TOKEN) {
  const body = typeof form === 'string' ? form : new URLSearchParams(form).toString()
  const type = { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': '192.0.2.9' }
  const response = await here.app.fetch(new Request(url, { method: 'POST', body, headers: { ...type, ...headers } }))
  const json: Json = await response.json()
  return { status: response.status, headers: response.headers, json }
}

const credentials = ({ clientId, secret }: Made, scope = 'https://svar.test/.default') => ({
  grant_type: 'client_credentials',
  client_id: clientId,
  client_secret: secret,
  scope,
})

async function tokenOf(made: Made): Promise<string> {
  return String((await ask(credentials(made))).json.access_token)
}

/** What a token says it is. */
async function shown(token: string) {
  return programOf(here, token)('GET', '/program')
}

/** The library's requests, over the app without a port. */
const overTheApp = {
  [oauth.allowInsecureRequests]: true,
  [oauth.customFetch]: async (
    url: string,
    { method, body, headers }: { method: string; body?: unknown; headers: Record<string, string> },
  ) => {
    const sent = body instanceof URLSearchParams ? { body: body.toString() } : {}
    const from = { 'x-forwarded-for': '192.0.2.9' }
    return here.app.fetch(new Request(url, { method, ...sent, headers: { ...headers, ...from } }))
  },
}

/** What the operator says of itself. */
async function discovered(): Promise<oauth.AuthorizationServer> {
  const issuer = new URL('http://svar.test/microsoft')
  const response = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...overTheApp })
  return oauth.processDiscoveryResponse(issuer, response)
}

/** By the library. */
async function byLibrary(made: Made, authentication: oauth.ClientAuth, scope: string) {
  const server = await discovered()
  const client: oauth.Client = { client_id: made.clientId }
  const response = await oauth.clientCredentialsGrantRequest(
    server,
    client,
    authentication,
    new URLSearchParams({ scope }),
    {
      ...overTheApp,
    },
  )
  return oauth.processClientCredentialsResponse(server, client, response)
}

test('Asta makes a program; its secret is shown once, and stands nowhere as it is', async () => {
  here.at(START)
  const made = await make('Monitoring')
  const list = await browserOf(here, people.asta).get('/microsoft/organization/programs')
  assert.match(list.body, /Monitoring/)
  assert.match(list.body, new RegExp(made.clientId))
  assert.doesNotMatch(list.body, /svarsecret_/)
  assert.match(list.body, /Asta Holm oprettede Monitoring/)
  assert.doesNotMatch(JSON.stringify(await rowsOf('select * from svar.program')), /svarsecret_/)
})

test('oauth4webapi finds the way, and gets a token with the secret in the form and in the header, for an hour', async () => {
  const made = await make('Library')
  for (const authentication of [oauth.ClientSecretPost(made.secret), oauth.ClientSecretBasic(made.secret)]) {
    const token = await byLibrary(made, authentication, 'https://svar.test/.default')
    assert.equal(token.token_type, 'bearer')
    assert.equal(token.expires_in, 3600)
    assert.equal(token.scope, 'ServiceHealth.Read.All ServiceMessage.Read.All')
    assert.match(token.access_token, /^svar_[\w-]{43}$/)
    const { json } = await shown(token.access_token)
    assert.equal(json.name, 'Library')
    assert.equal(json.clientId, made.clientId)
    assert.match(json.organizationId, /^[0-9a-f-]{36}$/)
  }
  const narrow = await byLibrary(made, oauth.ClientSecretPost(made.secret), 'ServiceMessage.Read.All')
  assert.deepEqual((await shown(narrow.access_token)).json.scopes, ['ServiceMessage.Read.All'])
})

test('an operator that there is not says nothing of itself', async () => {
  const path = 'http://svar.test/.well-known/oauth-authorization-server/nobody'
  assert.equal((await here.app.fetch(new Request(path))).status, 404)
  assert.equal((await discovered()).token_endpoint, TOKEN)
})

test('errors are those of RFC 6749, as the library reads them', async () => {
  const made = await make('Mistakes', { 'scope-ServiceHealth.Read.All': 'on' })
  const wrong = oauth.ClientSecretPost('svarsecret_wrong')
  await assert.rejects(byLibrary(made, wrong, '.default'), (error: unknown) => {
    assert.ok(error instanceof oauth.WWWAuthenticateChallengeError)
    assert.equal(error.cause[0]?.scheme, 'basic')
    return true
  })
  await assert.rejects(byLibrary(made, oauth.ClientSecretPost(made.secret), 'ServiceMessage.Read.All'), {
    error: 'invalid_scope',
    status: 400,
  })
  const answers = [
    await ask({ ...credentials(made), client_secret: 'wrong' }),
    await ask({ ...credentials(made), client_id: '00000000-0000-7000-8000-000000000000' }),
    await ask({ ...credentials(made), client_id: "' or 1=1" }),
  ]
  for (const { status, headers, json } of answers) {
    assert.equal(status, 401)
    assert.equal(json.error, 'invalid_client')
    assert.equal(json.error_description, answers[0]?.json.error_description)
    assert.match(headers.get('www-authenticate') ?? '', /^Basic realm=/)
    assert.equal(headers.get('cache-control'), 'no-store')
    assert.match(headers.get('x-request-id') ?? '', /./)
  }
  assert.equal((await ask({ grant_type: 'password' })).json.error, 'unsupported_grant_type')
  assert.equal((await ask('{"grant_type":"client_credentials"}', { 'content-type': 'application/json' })).status, 400)
  assert.equal((await ask(`grant_type=client_credentials&x=${'x'.repeat(20_000)}`)).json.error, 'invalid_request')
  assert.equal((await ask(credentials(made), {}, TOKEN.replace('microsoft', 'nobody'))).status, 404)
  // A program is one operator's: at another one it is a stranger.
  assert.equal((await ask(credentials(made), {}, TOKEN.replace('microsoft', '21vianet'))).json.error, 'invalid_client')
})

test('after an hour the token is over; a revoked program is out at once, and so is one whose year is over', async () => {
  const made = await make('Short lived')
  const token = await tokenOf(made)
  here.at('2026-06-15T08:59:59Z')
  assert.equal((await shown(token)).status, 200)
  here.at('2026-06-15T09:00:00Z')
  const over = await shown(token)
  assert.equal(over.status, 401)
  assert.equal(over.headers.get('www-authenticate'), 'Bearer')
  const next = await tokenOf(made)
  const { body } = await browserOf(here, people.asta).send('/microsoft/organization/programs/revoke', {
    program: made.clientId,
  })
  assert.match(body, /Programmet er tilbagekaldt/)
  assert.equal((await shown(next)).status, 401)
  assert.equal((await ask(credentials(made))).json.error, 'invalid_client')
  const yearling = await make('Made a year ago')
  here.at('2027-06-15T08:59:59Z')
  const last = await tokenOf(yearling)
  assert.equal((await shown(last)).status, 200)
  here.at('2027-06-15T09:00:00Z')
  assert.equal((await shown(last)).status, 401)
  assert.equal((await ask(credentials(yearling))).json.error, 'invalid_client')
  here.at(START)
})

test("a token of a program opens nothing but what it is for: no case, no queue, nobody's page", async () => {
  const program = programOf(here, tokenOf(await make('Curious')))
  for (const path of ['/me', '/cases', '/service-requests/options', '/reports/questions'])
    assert.equal((await program('GET', path)).status, 401, path)
  const asta = programOf(here, here.tokenOf(people.asta))
  assert.equal((await asta('GET', '/program')).status, 401)
  assert.equal((await programOf(here, 'svar_nothing')('GET', '/program')).headers.get('www-authenticate'), 'Bearer')
})

test("Bo and Liv see none of it; a support lead makes the operator's own and revokes anybody's", async () => {
  const made = await make('Seen by few')
  const bo = await browserOf(here, people.bo).get('/microsoft/organization/programs')
  assert.equal(bo.status, 403)
  const liv = browserOf(here, people.liv)
  assert.doesNotMatch((await liv.get('/microsoft/organization/programs')).body, /Seen by few/)
  assert.equal((await liv.send('/microsoft/organization/programs/revoke', { program: made.clientId })).status, 404)
  assert.equal((await browserOf(here, agents.wang).get('/21vianet/agent/programs')).status, 403)
  const mette = browserOf(here, agents.mette)
  const own = madeIn((await mette.send('/microsoft/agent/programs', { name: 'Wall display', ...ALL })).body)
  const token = await tokenOf(own)
  assert.equal((await shown(token)).json.organizationId, null)
  const list = (await mette.get('/microsoft/agent/programs')).body
  assert.match(list, /Wall display/)
  assert.match(list, /Seen by few/)
  assert.match(list, /Havn Logistik/)
  assert.equal((await mette.send('/microsoft/agent/programs/revoke', { program: made.clientId })).status, 200)
  assert.equal((await ask(credentials(made))).status, 401)
  const history = (await browserOf(here, people.asta).get('/microsoft/organization/programs')).body
  assert.match(history, /Mette Krogh tilbagekaldte Seen by few/)
  assert.match(history, /Seen by few bad om et adgangstoken, efter at det var tilbagekaldt/)
  assert.doesNotMatch(history, /Wall display/)
})

test('to the wall a program is in its organization, or in its operator, and nowhere else', async () => {
  const seenBy = async (token: string) => {
    const program = await whichProgram(here.database, token)
    assert.ok(program)
    const found = await here.database.work(program.actor, (work) =>
      sql<{ name: string }>`select name from organization order by name`.execute(work.tx),
    )
    return found.rows.map(({ name }) => name)
  }
  assert.deepEqual(await seenBy(await tokenOf(await make('Within'))), ['Havn Logistik'])
  const { body } = await browserOf(here, agents.mette).send('/microsoft/agent/programs', { name: 'Around', ...ALL })
  assert.deepEqual(await seenBy(await tokenOf(madeIn(body))), ['Havn Logistik', 'Livs Bageri'])
})

test('what is missing is said beside its field, and a name is given once; a revoked one is free again', async () => {
  const asta = browserOf(here, people.asta)
  const send = (fields: Record<string, string>) => asta.send('/microsoft/organization/programs', fields)
  const empty = await send({ name: '' })
  assert.equal(empty.status, 422)
  assert.match(empty.body, /id="name-problem"/)
  assert.match((await send({ name: 'Nothing to read' })).body, /id="scopes-problem"/)
  const { clientId } = await make('Twice')
  const taken = await send({ name: 'TWICE', ...ALL })
  assert.equal(taken.status, 422)
  assert.match(taken.body, /allerede optaget/)
  await asta.send('/microsoft/organization/programs/revoke', { program: clientId })
  assert.equal((await send({ name: 'Twice', ...ALL })).status, 200)
  const markup = await send({ name: '<script>alert(1)</script>', ...ALL })
  assert.doesNotMatch(markup.body, /<script>alert/)
})

test('who asks too often is told how long to wait, and others are not', async () => {
  const [hasty, calm] = [await make('Hasty'), await make('Calm')]
  let last = await ask(credentials(hasty))
  // One comes back each second, however long the others take.
  for (let asked = 1; asked < 300 && last.status === 200; asked++) last = await ask(credentials(hasty))
  assert.equal(last.status, 429)
  assert.equal(last.json.error, 'temporarily_unavailable')
  assert.ok(Number(last.headers.get('retry-after')) >= 1)
  assert.equal((await ask(credentials(calm))).status, 200)
})

test('every token that was given is on record, and tokens that are over are forgotten', async () => {
  const made = await make('Recorded')
  await tokenOf(made)
  await ask({ ...credentials(made), client_secret: 'wrong' })
  const rows = await rowsOf<{ kind: string; why: string | null; actor: string }>(
    `select kind, why, actor_kind as actor from svar.program_event where program_id = $1 order by event_id`,
    [made.clientId],
  )
  assert.deepEqual(rows, [
    { kind: 'made', why: null, actor: 'member' },
    { kind: 'token-issued', why: null, actor: 'job' },
    { kind: 'token-refused', why: 'wrong-secret', actor: 'job' },
  ])
  const count = async () => (await rowsOf<{ n: number }>('select count(*)::int as n from svar.program_token'))[0]?.n
  here.at('2028-01-01T00:00:00Z')
  const job = { kind: 'job', operatorIds: [here.operators.microsoft] } as const
  assert.equal(await here.database.work(job, (work) => forgetTokens(work, 5)), true)
  while (await here.database.work(job, (work) => forgetTokens(work, 5)));
  assert.equal(await count(), 0)
  here.at(START)
})

test('twenty programs are enough for an organization', async () => {
  const asta = browserOf(here, people.asta)
  let last = await asta.send('/microsoft/organization/programs', { name: 'One', ...ALL })
  for (let number = 0; number < 20 && last.status === 200; number++)
    last = await asta.send('/microsoft/organization/programs', { name: `Number ${number}`, ...ALL })
  assert.equal(last.status, 409)
  assert.match(last.body, /allerede tyve programmer/)
})
