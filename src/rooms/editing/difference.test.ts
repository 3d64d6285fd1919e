import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { differenceOf } from './difference.ts'

const text = (body: string) => ({ title: 'Title', description: '', products: [], body })

test('equal texts have no difference', () => {
  assert.deepEqual(differenceOf(text('a\nb'), text('a\nb')), [])
})

test('a changed line stands with three equal ones on each side, and says how many it leaves out', () => {
  const lines = Array.from({ length: 20 }, (_, at) => `line ${at}`)
  const changed = lines.with(10, 'another')
  const difference = differenceOf(text(lines.join('\n')), text(changed.join('\n')))
  assert.deepEqual(
    difference.map((line) => (line.kind === 'left-out' ? line.lines : `${line.kind} ${line.text}`)),
    [
      9,
      'same line 7',
      'same line 8',
      'same line 9',
      'removed line 10',
      'added another',
      'same line 11',
      'same line 12',
      'same line 13',
      6,
    ],
  )
})

test('what is left after taking away one side is the other, whatever changed', () => {
  const body = fc.array(fc.constantFrom('a', 'b', 'c', '', '字'), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(body, body, (before, after) => {
      const lines = differenceOf(text(before.join('\n')), text(after.join('\n')))
      const count = (kind: 'added' | 'removed') => lines.filter((line) => line.kind === kind).length
      const length = (of: readonly string[]) => of.join('\n').split('\n').length
      assert.equal(count('added') - count('removed'), length(after) - length(before))
    }),
  )
})

test('two long texts with nothing in common are told apart without taking long', () => {
  const long = (letter: string) => text(Array.from({ length: 20_000 }, (_, at) => `${letter}${at}`).join('\n'))
  const difference = differenceOf(long('a'), long('b'))
  assert.ok(difference.length >= 40_000)
})
