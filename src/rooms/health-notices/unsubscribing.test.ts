import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { newId } from '../../base/ids.ts'
import { unsubscribing } from './unsubscribing.ts'

const ours = unsubscribing('a secret for tests that is long enough')
const of = { organizationId: newId(), personId: newId(), incidentId: newId() }

test('what was written is read, with an incident and without', () => {
  assert.deepEqual(ours.read(ours.wordFor(of)), of)
  assert.deepEqual(ours.read(ours.wordFor({ ...of, incidentId: null })), { ...of, incidentId: null })
  assert.match(ours.wordFor(of), /^[\w-]{86}$/)
})

test('nobody makes one up: a word changed anywhere, of another installation, or just typed is nothing', () => {
  const word = ours.wordFor(of)
  assert.equal(unsubscribing('another secret that is long enough').read(word), undefined)
  fc.assert(
    fc.property(fc.nat(word.length - 1), fc.constantFrom('A', 'Z', 'a', 'z', '0', '9', '-', '_'), (at, letter) => {
      const changed = word.slice(0, at) + letter + word.slice(at + 1)
      const read = ours.read(changed)
      assert.ok(read === undefined || Buffer.from(changed, 'base64url').equals(Buffer.from(word, 'base64url')))
    }),
  )
  fc.assert(fc.property(fc.string({ maxLength: 200 }), (typed) => assert.equal(ours.read(typed), undefined)))
})
