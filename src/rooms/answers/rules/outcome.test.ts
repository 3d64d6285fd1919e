import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { figuresOf, isGoodAnswer, needOf, shareOf } from './outcome.ts'
import type { Counted } from './outcome.ts'

const counted: fc.Arbitrary<Counted> = fc.record({
  nothingFound: fc.boolean(),
  opened: fc.boolean(),
  verdict: fc.constantFrom('solved', 'unsolved', null),
  caseFollowed: fc.boolean(),
  questions: fc.integer({ min: 1, max: 50 }),
})

const GOOD: Counted = { nothingFound: false, opened: true, verdict: null, caseFollowed: false, questions: 1 }

test('a good answer was opened, nobody said no, and no case followed', () => {
  assert.equal(isGoodAnswer(GOOD), true)
  assert.equal(isGoodAnswer({ ...GOOD, verdict: 'solved' }), true)
  assert.equal(isGoodAnswer({ ...GOOD, verdict: 'unsolved' }), false)
  assert.equal(isGoodAnswer({ ...GOOD, verdict: 'solved', caseFollowed: true }), false)
  assert.equal(isGoodAnswer({ ...GOOD, opened: false }), false)
})

test('one more good answer never raises the need, one more bad one never lowers it', () => {
  fc.assert(
    fc.property(fc.array(counted), counted, (before, more) => {
      const [was, is] = [needOf(before), needOf([...before, more])]
      return isGoodAnswer(more) ? is <= was + 1e-9 : is >= was - 1e-9
    }),
  )
})

test('the need does not depend on the order or on how questions are counted together', () => {
  fc.assert(
    fc.property(fc.array(counted), (all) => {
      const apart = all.flatMap((one) => [
        { ...one, questions: 1 },
        ...(one.questions > 1 ? [{ ...one, questions: one.questions - 1 }] : []),
      ])
      assert.deepEqual(figuresOf(all), figuresOf(apart.toReversed()))
      assert.ok(Math.abs(needOf(all) - needOf(apart.toReversed())) < 1e-6)
    }),
  )
})

test('no figure is larger than what was asked, and what was not opened was found or not, never both', () => {
  fc.assert(
    fc.property(fc.array(counted), (all) => {
      const figures = figuresOf(all)
      for (const figure of Object.values(figures)) assert.ok(figure >= 0 && figure <= figures.asked)
      assert.ok(figures.good + figures.nothingFound + figures.nothingOpened <= figures.asked)
    }),
  )
})

test('a share is 100 only when it is all', () => {
  assert.equal(shareOf(999, 1000), 99)
  assert.equal(shareOf(1000, 1000), 100)
  assert.equal(shareOf(1, 3), 33)
  assert.equal(shareOf(0, 0), undefined)
})
