import assert from 'node:assert/strict'
import { test } from 'node:test'
import { servicesWith } from './services.ts'

const service = (id: string, subscriptions?: readonly string[]) => ({
  id,
  name: { en: id, da: id, 'zh-Hans': id },
  features: [],
  subscriptions,
})
const all = [
  service('mail', ['Business Basic', 'Business Standard']),
  service('apps', ['Business Standard']),
  service('sign-in'),
]
const ids = (names: readonly string[]) => servicesWith(all, names).map(({ id }) => id)

test('an organization has the services its subscriptions come with, and those that come with all', () => {
  assert.deepEqual(ids(['business basic']), ['mail', 'sign-in'])
  assert.deepEqual(ids(['Business Standard', 'Something else']), ['mail', 'apps', 'sign-in'])
})

test('where nothing is known of subscriptions, nothing is hidden', () => {
  assert.deepEqual(ids([]), ['mail', 'apps', 'sign-in'])
})
