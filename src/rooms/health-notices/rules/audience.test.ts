import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isTold } from './audience.ts'
import type { Listener, Reach } from './audience.ts'

type Services = Parameters<typeof isTold>[2]
const words = { en: '', da: '', 'zh-Hans': '' }
const SERVICES: Services = [
  { id: 'mail', name: words, features: [], subscriptions: ['Business Basic'] },
  { id: 'files', name: words, features: [], subscriptions: ['Storage'] },
]
const MAIL: Reach = { service: 'mail', organizations: null, regions: null }
const ASTA: Listener = {
  organizationId: 'havn',
  country: 'DK',
  subscriptions: ['business basic'],
  services: null,
  follows: false,
}

test('of the services her organization has, or of those she chose', () => {
  assert.ok(isTold(MAIL, ASTA, SERVICES))
  assert.ok(!isTold({ ...MAIL, service: 'files' }, ASTA, SERVICES))
  assert.ok(isTold({ ...MAIL, service: 'files' }, { ...ASTA, services: ['files'] }, SERVICES))
  assert.ok(!isTold(MAIL, { ...ASTA, services: ['files'] }, SERVICES))
  assert.ok(isTold({ ...MAIL, service: 'files' }, { ...ASTA, subscriptions: [] }, SERVICES), 'nothing is known of it')
})

test('who follows it is told whatever its service, but nobody whom it does not concern', () => {
  const follower = { ...ASTA, services: ['files'], follows: true }
  assert.ok(isTold(MAIL, follower, SERVICES))
  assert.ok(!isTold({ ...MAIL, organizations: ['bakery'] }, follower, SERVICES))
  assert.ok(isTold({ ...MAIL, organizations: ['havn'] }, follower, SERVICES))
  assert.ok(!isTold({ ...MAIL, regions: ['SE'] }, follower, SERVICES))
  assert.ok(isTold({ ...MAIL, regions: ['DK'] }, follower, SERVICES))
})
