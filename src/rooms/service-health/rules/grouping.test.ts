import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { areAlike, groupsOf, proposed } from './grouping.ts'
import type { Sign } from './grouping.ts'

const sign = fc.record({
  id: fc.uuid(),
  organizationId: fc.constantFrom('one', 'two', 'three', 'four'),
  service: fc.constantFrom('', 'mail', 'files'),
  words: fc
    .uniqueArray(fc.constantFrom('mail', 'slow', 'send', 'outlook', 'login', 'file'))
    .map((some) => new Set(some)),
})
const signs = fc.uniqueArray(sign, { selector: ({ id }) => id, maxLength: 12 })

const told = (organizationId: string, service: string, words: string): Sign => ({
  id: `${organizationId} ${words}`,
  organizationId,
  service,
  words: new Set(words.split(' ')),
})

test('three organizations that notice the same propose an incident; one that says it three times does not', () => {
  const alike = [
    told('one', 'mail', 'mail sent slow'),
    told('two', 'mail', 'outlook mail slow'),
    told('three', '', 'mail slow today'),
  ]
  const other = told('four', 'files', 'sharepoint site gone')
  const [first, ...rest] = groupsOf([...alike, other])
  assert.equal(first?.organizations, 3)
  assert.deepEqual(
    proposed(
      [first, ...rest].filter((one) => one !== undefined),
      3,
    ).map(({ signs: some }) => some.length),
    [3],
  )
  const again = ['mail slow', 'mail slow today', 'mail so slow'].map((words) => told('one', 'mail', words))
  assert.deepEqual(proposed(groupsOf(again), 2), [])
})

test('words alike in different services are different things', () => {
  assert.equal(areAlike(told('one', 'mail', 'very slow today'), told('two', 'files', 'very slow today')), false)
})

test('everybody is in one group, whatever the order, and no group counts an organization twice', () => {
  fc.assert(
    fc.property(signs, (given) => {
      const groups = groupsOf(given)
      const ids = groups.flatMap(({ signs: some }) => some.map(({ id }) => id))
      assert.deepEqual(ids.toSorted(), given.map(({ id }) => id).toSorted())
      const sizes = (all: typeof groups) => all.map(({ signs: some }) => some.length).toSorted((a, b) => a - b)
      assert.deepEqual(sizes(groups), sizes(groupsOf(given.toReversed())))
      for (const { organizations, signs: some } of groups) assert.ok(organizations <= Math.min(4, some.length))
    }),
  )
})
