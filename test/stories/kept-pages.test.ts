import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserOf } from '../client.ts'
import { world } from '../world.ts'

const here = await world()

test('the front page, which is written once for many, names nobody but its reader, in his language and zone', async () => {
  const asta = await browserOf(here, here.people.asta).get('/microsoft/', { 'accept-language': 'en' })
  assert.match(asta.body, /Asta Holm/)
  assert.match(asta.body, /lang="da"/)
  const liv = await browserOf(here, here.people.liv).get('/microsoft/')
  assert.match(liv.body, /Liv Bager/)
  assert.doesNotMatch(liv.body, /Asta/)
  const visitor = await browserOf(here).get('/microsoft/', { 'accept-language': 'en' })
  assert.doesNotMatch(visitor.body, /Asta|Liv Bager/)
  const danish = await browserOf(here).get('/microsoft/', { 'accept-language': 'da' })
  assert.notEqual(danish.body, visitor.body)
  assert.match(danish.body, /lang="da"/)
})

test('it follows the country that is asked for, and the clock', async () => {
  const visitor = browserOf(here)
  const nowhere = await visitor.get('/microsoft/', { 'accept-language': 'en' })
  const denmark = await visitor.get('/microsoft/?country=DK', { 'accept-language': 'en' })
  assert.match(denmark.body, /<option value="DK" selected/)
  assert.doesNotMatch(nowhere.body, /<option value="DK" selected/)
  here.at('2026-06-13T22:00:00Z')
  const saturday = await visitor.get('/microsoft/?country=DK', { 'accept-language': 'en' })
  assert.ok(saturday.body !== denmark.body, 'what is shut on Saturday night is said to be')
})
