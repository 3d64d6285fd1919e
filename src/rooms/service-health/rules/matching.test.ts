import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { nearIncidents } from './matching.ts'

const score = fc.double({ min: 0, max: 12, noNaN: true })
const id = fc.constantFrom('one', 'two', 'three', 'four', 'five')
const weighed = fc.array(fc.record({ id, score }))
const found = fc
  .uniqueArray(fc.record({ number: fc.integer({ min: 1, max: 6 }), score }), { selector: ({ number }) => number })
  .map((all) => all.toSorted((a, b) => b.score - a.score))
const titles = fc.array(fc.record({ id, found }))

test('the nearest comes first, each once, and only what reaches a part of the best article', () => {
  fc.assert(
    fc.property(found, weighed, titles, (question, texts, about) => {
      const near = nearIncidents(question, texts, about)
      assert.equal(new Set(near.map((one) => one.id)).size, near.length)
      assert.ok(near.length <= 3)
      near.slice(1).forEach((one, at) => assert.ok(one.score <= (near[at]?.score ?? 0)))
      for (const one of near) assert.ok(one.score >= 1.5 && one.score >= 0.75 * (question[0]?.score ?? 0))
    }),
  )
})

test('by words alone: a better article that no title finds never makes more incidents near', () => {
  fc.assert(
    fc.property(weighed, score, score, (texts, one, other) => {
      const beside = (best: number) => nearIncidents([{ number: 1, score: best }], texts, [])
      assert.ok(beside(Math.max(one, other)).length <= beside(Math.min(one, other)).length)
    }),
  )
})

test('a title that finds more never makes its incident less near', () => {
  fc.assert(
    fc.property(found, weighed, titles, (question, texts, about) => {
      const scores = (all: typeof about) =>
        new Map(nearIncidents(question, texts, all).map((one) => [one.id, one.score]))
      const [without, all] = [scores([]), scores(about)]
      for (const [one, worth] of all) assert.ok(worth >= (without.get(one) ?? 0))
    }),
  )
})

test('who finds the same article as an incident is asked about it, though they share no word', () => {
  const question = [{ number: 7, score: 6 }]
  const near = (number: number, worth: number) =>
    nearIncidents(question, [], [{ id: 'one', found: [{ number, score: worth }] }])
  assert.deepEqual(near(7, 4), [{ id: 'one', score: 6 }])
  assert.deepEqual(near(8, 4), [])
  assert.deepEqual(near(7, 1), [], 'a title that finds nothing worth reading is about nothing')
  assert.deepEqual(
    nearIncidents(
      question,
      [],
      [
        {
          id: 'one',
          found: [
            { number: 1, score: 10 },
            { number: 7, score: 5 },
          ],
        },
      ],
    ),
    [],
    'what it finds far below its best is not what it is about',
  )
})

test('what says next to nothing about the question is not shown, even where no article does better', () => {
  assert.deepEqual(nearIncidents([], [{ id: 'one', score: 1 }], []), [])
  assert.deepEqual(nearIncidents([{ number: 1, score: 9 }], [{ id: 'one', score: 3 }], []), [])
  assert.deepEqual(
    nearIncidents(
      [{ number: 1, score: 6 }],
      [
        { id: 'one', score: 3 },
        { id: 'one', score: 5 },
      ],
      [],
    ),
    [{ id: 'one', score: 5 }],
  )
})
