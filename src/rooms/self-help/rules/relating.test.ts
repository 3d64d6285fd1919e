import assert from 'node:assert/strict'
import { test } from 'node:test'
import { relate } from './relating.ts'
import type { Relative } from './relating.ts'

const article = (id: string, more: Partial<Relative> = {}): Relative => ({
  id,
  words: [id],
  products: [],
  targets: [],
  ...more,
})
const others = Array.from({ length: 100 }, (_, at) => article(`other ${at}`, { words: ['mail', `other ${at}`] }))

test('what is linked, either way, and what shares rare words is related; the commonest words say nothing', () => {
  const related = relate([
    ...others,
    article('quarantine', { words: ['release', 'quarantine', 'mail'], targets: ['spam'] }),
    article('spam', { words: ['spam', 'mail'] }),
    article('policies', { words: ['quarantine', 'release', 'policies'] }),
  ])
  assert.deepEqual(related.get('quarantine')?.toSorted(), ['policies', 'spam'])
  assert.deepEqual(related.get('spam'), ['quarantine'])
  assert.deepEqual(related.get('other 1'), [])
})

test('a list of everything and what everybody links to are nobody’s relatives; at most five are told', () => {
  const all = others.map((one) => ({ ...one, targets: ['home'] }))
  const list = article('home', { targets: all.map(({ id }) => id) })
  assert.deepEqual(relate([...all, list]).get('other 3'), [])
  const near = Array.from({ length: 9 }, (_, at) => article(`near ${at}`, { words: ['zebra', `near ${at}`] }))
  assert.equal(relate([...others, ...near]).get('near 1')?.length ?? 0, 0, 'one shared word is little')
  const nearer = near.map((one) => ({ ...one, words: [...one.words, 'stripes'] }))
  assert.equal(relate([...others, ...nearer]).get('near 1')?.length, 5)
})
