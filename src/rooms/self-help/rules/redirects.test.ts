import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { idOfAddress, settled, withoutLinks } from './redirects.ts'

test('an address of the vendor leads to the article whose path ends it', () => {
  const ids = new Map([
    ['admin/users', 'p/admin/users'],
    ['admin/dns/dns', 'p/admin/dns/dns'],
    ['start/index', 'p/start/index'],
  ])
  const find = (address: string) => idOfAddress(address, (path) => ids.get(path))
  assert.equal(find('/docs/admin/users?view=x#part'), 'p/admin/users')
  assert.equal(find('https://learn.example/en-us/docs/admin/users'), 'p/admin/users')
  assert.equal(find('/admin/dns'), 'p/admin/dns/dns')
  assert.equal(find('start'), 'p/start/index')
  assert.equal(find('/elsewhere'), undefined)
  assert.equal(find(''), undefined)
})

test('redirects are followed to an article; a circle and a dead end are told', () => {
  const { redirects, faults } = settled(
    [
      { from: 'a', to: 'b' },
      { from: 'b', to: 'there' },
      { from: 'c', to: 'd' },
      { from: 'd', to: 'c' },
      { from: 'e', to: 'nowhere', line: 7 },
      { from: 'there', to: 'a' },
    ],
    new Set(['there']),
  )
  assert.deepEqual(
    redirects.map(({ from, to }) => [from, to]),
    [
      ['a', 'there'],
      ['b', 'there'],
    ],
  )
  assert.deepEqual(
    faults.map(({ from, line }) => [from, line]),
    [
      ['c', undefined],
      ['d', undefined],
      ['e', 7],
    ],
  )
})

test('every redirect that is kept leads to an article', () => {
  const id = fc.constantFrom<string>('a', 'b', 'c', 'd', 'e', 'f')
  fc.assert(
    fc.property(fc.array(fc.record({ from: id, to: id })), fc.uniqueArray(id), (told, articles) => {
      const there = new Set(articles)
      for (const { from, to } of settled(told, there).redirects) assert.ok(there.has(to) && !there.has(from))
    }),
  )
})

test('a text whose links were adjusted to a new place is the same text', () => {
  assert.equal(
    withoutLinks('See [a](b.md) and <a href="c.md">c</a>.'),
    withoutLinks('See [a](../x/b.md) and <a href="d">c</a>.'),
  )
})
