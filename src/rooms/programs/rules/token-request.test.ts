import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decideScopes, readTokenRequest, SCOPES } from './token-request.ts'

const GRANT = 'grant_type=client_credentials'
const basic = (name: string, secret: string) =>
  `Basic ${btoa([name, secret].map((part) => new URLSearchParams({ part }).toString().slice(5)).join(':'))}`
const errorOf = (body: string, header?: string) => {
  const read = readTokenRequest(body, header)
  return read.ok ? 'none' : read.error
}

/** Characters a form may have to write in other words. */
const word = fc.string({ minLength: 1, maxLength: 60, unit: 'binary-ascii' })

test('whatever name and secret are, form and Basic say the same', () => {
  fc.assert(
    fc.property(word, word, (clientId, secret) => {
      const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret })
      const expected = { ok: true, clientId, secret, wish: [] }
      assert.deepEqual(readTokenRequest(form.toString(), undefined), expected)
      assert.deepEqual(readTokenRequest(GRANT, basic(clientId, secret)), expected)
      assert.deepEqual(
        readTokenRequest(`${GRANT}&${new URLSearchParams({ client_id: clientId })}`, basic(clientId, secret)),
        expected,
      )
    }),
  )
})

test('any text is read or refused, and never breaks', () => {
  fc.assert(
    fc.property(fc.string(), fc.option(fc.string(), { nil: undefined }), (body, header) => {
      readTokenRequest(body, header)
      readTokenRequest(`${GRANT}&${body}`, header && `Basic ${header}`)
    }),
  )
})

test('each mistake has the code of RFC 6749', () => {
  assert.equal(errorOf(''), 'invalid_request')
  assert.equal(errorOf('grant_type=password&username=a'), 'unsupported_grant_type')
  assert.equal(errorOf(`${GRANT}&${GRANT}`), 'invalid_request')
  assert.equal(errorOf(GRANT), 'invalid_client')
  assert.equal(errorOf(`${GRANT}&client_id=a&client_secret=`), 'invalid_client')
  assert.equal(errorOf(GRANT, 'Bearer svar_x'), 'invalid_client')
  assert.equal(errorOf(GRANT, 'Basic !'), 'invalid_client')
  assert.equal(errorOf(GRANT, `Basic ${btoa('%zz:x')}`), 'invalid_client')
  assert.equal(errorOf(`${GRANT}&client_id=a&client_secret=b`, basic('a', 'b')), 'invalid_request')
  assert.equal(errorOf(`${GRANT}&client_id=other`, basic('a', 'b')), 'invalid_request')
  assert.equal(errorOf(`${GRANT}&client_id=a&client_secret=${'b'.repeat(201)}`), 'invalid_client')
  assert.equal(errorOf(`${GRANT}&client_id=a&client_secret=b&scope=${'x'.repeat(2001)}`), 'invalid_scope')
})

test('a token has what was asked for and granted, in any case and with any address in front; /.default is all', () => {
  const [health, message] = SCOPES
  for (const wish of [[], ['.default'], ['https://svar.test/.default'], ['https://svar.test//.default']])
    assert.deepEqual(decideScopes([health], wish), [health])
  assert.deepEqual(decideScopes(SCOPES, ['servicehealth.read.all']), [health])
  assert.deepEqual(decideScopes(SCOPES, [`https://svar.test/${message}`, message]), [message])
  assert.equal(decideScopes([health], [message]), undefined)
  assert.equal(decideScopes(SCOPES, ['Mail.Read']), undefined)
  assert.equal(decideScopes(SCOPES, [health, '.default']), undefined)
})

test('a token never has more than its program', () => {
  fc.assert(
    fc.property(fc.subarray([...SCOPES]), fc.array(fc.constantFrom(...SCOPES, '.default', 'x')), (granted, wish) => {
      assert.ok((decideScopes(granted, wish) ?? []).every((scope) => (granted as readonly string[]).includes(scope)))
    }),
  )
})
