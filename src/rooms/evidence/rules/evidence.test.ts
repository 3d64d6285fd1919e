import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { foldingOf } from './folding.ts'
import { groupKeyOf } from './grouping.ts'
import { looksImpersonal, maskText } from './masking.ts'
import { isReader } from './readers.ts'
import { weightOf } from './weighing.ts'

test('addresses, phone numbers and long numbers are masked at once', () => {
  assert.equal(maskText('mail to asta@havn.test bounces'), 'mail to [@] bounces')
  assert.equal(maskText('ring +45 32 12 34 56 tak'), 'ring [#] tak')
  assert.equal(maskText('cpr 010190-1234'), 'cpr [#]')
  assert.equal(maskText('konto 1234567890'), 'konto [#]')
  assert.equal(maskText('asta@havn.test'), '[@]')
})

test('codes, versions and years stay: they are what people search by', () => {
  for (const text of ['0x80070005', '550 5.7.1 relay', 'AADSTS7000215', 'exchange 2019', 'KB5034441', '0x8004010F'])
    assert.equal(maskText(text), text)
})

test('a masked text masks to itself, and no address or number of eight digits is left', () => {
  const piece = fc.oneof(
    fc.emailAddress(),
    fc.integer({ min: 10_000_000, max: 2_000_000_000 }).map(String),
    fc.string({ unit: 'grapheme' }),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 6 }), (pieces) => {
      const masked = maskText(pieces.join(' '))
      assert.equal(maskText(masked), masked)
      assert.doesNotMatch(masked, /(?<![\p{L}\d.])\d{8,}/u)
    }),
  )
})

test('only what is short and had nothing masked may be kept', () => {
  assert.equal(looksImpersonal('how do I share a mailbox'), true)
  assert.equal(looksImpersonal('mail to [@] bounces'), false)
  assert.equal(looksImpersonal('word '.repeat(13).trim()), false)
  assert.equal(looksImpersonal('字'.repeat(81)), false)
})

test('a group does not depend on order or repetition of words', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, maxLength: 8 })), (words) => {
      assert.equal(groupKeyOf([...words].toReversed()), groupKeyOf(words))
      assert.equal(groupKeyOf([...words, ...words]), groupKeyOf(words))
    }),
  )
})

test('browsers that fetch ahead and programs that say so are no readers', () => {
  const asked = (headers: Record<string, string>, method = 'GET') =>
    isReader({ method, header: (name) => headers[name] })
  assert.equal(asked({}, 'HEAD'), false)
  assert.equal(asked({ 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Chrome/153' }), true)
  assert.equal(asked({}), true)
  assert.equal(asked({ 'sec-purpose': 'prefetch;prerender' }), false)
  assert.equal(asked({ purpose: 'prefetch' }), false)
  assert.equal(asked({ 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' }), false)
})

test('the last word counts, and what solved it is opened last', () => {
  const of = (kind: 'opened' | 'solved' | 'unsolved' | 'case', articleId: string | null) =>
    ({ operatorId: 'o', questionId: 'q', kind, articleId }) as const
  assert.deepEqual(foldingOf([of('opened', 'a'), of('opened', 'b'), of('unsolved', 'b'), of('solved', 'a')]), [
    { operatorId: 'o', questionId: 'q', opened: ['a', 'b', 'a'], verdict: 'solved' },
  ])
  assert.deepEqual(foldingOf([of('case', null)]), [])
})

test('one visit alone weighs nothing, more never weighs less, and nothing weighs more than ten', () => {
  const visits = fc.nat({ max: 1000 })
  fc.assert(
    fc.property(visits, visits, fc.boolean(), (solved, quiet, taught) => {
      const weight = weightOf({ solved, quiet, taught })
      assert.ok(weight >= 0 && weight <= 10)
      assert.ok(weightOf({ solved: solved + 1, quiet, taught }) >= weight)
      assert.ok(weightOf({ solved, quiet: quiet + 1, taught }) >= weight)
      assert.ok(weightOf({ solved, quiet, taught: true }) >= weight)
    }),
  )
  assert.equal(weightOf({ solved: 1, quiet: 0, taught: false }), 0)
  assert.equal(weightOf({ solved: 2, quiet: 0, taught: false }), 2)
  assert.equal(weightOf({ solved: 0, quiet: 0, taught: true }), 3)
})
