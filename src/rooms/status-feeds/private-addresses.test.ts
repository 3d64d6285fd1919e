import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isId } from '../../base/ids.ts'
import { privateAddresses } from './private-addresses.ts'

const ours = privateAddresses('a secret of this installation')

test('a word is read back as the id it was made of, stands in a path as it is, and is nobody else’s', () => {
  const others = privateAddresses('another secret')
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const word = ours.wordFor(id)
      assert.match(word, /^[0-9a-f]{64}$/)
      assert.equal(ours.read(word), id)
      assert.equal(others.read(word), undefined)
      assert.notEqual(others.wordFor(id), word)
    }),
  )
})

test('a word with another character, or any other text, is no word', () => {
  fc.assert(
    fc.property(fc.uuid(), fc.nat(63), fc.integer({ min: 0, max: 15 }), (id, at, digit) => {
      const word = ours.wordFor(id)
      const other = word.slice(0, at) + digit.toString(16) + word.slice(at + 1)
      assert.equal(ours.read(other), other === word ? id : undefined)
    }),
  )
  fc.assert(fc.property(fc.string({ maxLength: 80 }), (text) => ours.read(text) === undefined || isId(text)))
  assert.throws(() => ours.wordFor('not an id'))
})
