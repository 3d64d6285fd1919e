import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { TABLES as callbacks } from '../src/rooms/callbacks/store.ts'
import { TABLES as callers } from '../src/rooms/callers/store.ts'
import { TABLES as cases } from '../src/rooms/cases/tables.ts'
import { TABLES as channels } from '../src/rooms/channels/store.ts'
import { TABLES as editing } from '../src/rooms/editing/store.ts'
import { TABLES as evidence } from '../src/rooms/evidence/store.ts'
import { TABLES as entitlements } from '../src/rooms/entitlements/store.ts'
import { TABLES as healthNotices } from '../src/rooms/health-notices/store.ts'
import { TABLES as holidays } from '../src/rooms/holidays/store.ts'
import { TABLES as partners } from '../src/rooms/partners/store.ts'
import { TABLES as people } from '../src/rooms/people/tables.ts'
import { TABLES as programs } from '../src/rooms/programs/store.ts'
import { TABLES as statusFeeds } from '../src/rooms/status-feeds/store.ts'
import { TABLES as responseTargets } from '../src/rooms/response-targets/store.ts'
import { TABLES as rights } from '../src/rooms/rights/store.ts'
import { TABLES as search } from '../src/rooms/search/store.ts'
import { TABLES as selfHelp } from '../src/rooms/self-help/store.ts'
import { TABLES as serviceHealth } from '../src/rooms/service-health/store.ts'

const sources = globSync('src/**/*.{ts,tsx}', { exclude: (name) => name.endsWith('.test.ts') }).map((file) => ({
  file,
  text: readFileSync(file, 'utf8'),
}))

const rooms = {
  callbacks,
  callers,
  cases,
  channels,
  editing,
  entitlements,
  evidence,
  'health-notices': healthNotices,
  holidays,
  partners,
  people,
  programs,
  'status-feeds': statusFeeds,
  'response-targets': responseTargets,
  rights,
  search,
  'self-help': selfHelp,
  'service-health': serviceHealth,
}

/** Which room owns which table. */
const owners = new Map(
  Object.entries(rooms).flatMap(([room, tables]) => tables.map((table): [string, string] => [table, room])),
)

test('every room writes its own tables only', () => {
  assert.ok(owners.size >= 15)
  const trespasses = sources.flatMap(({ file, text }) => {
    const room = /rooms\/([^/]+)\//.exec(file)?.[1]
    return [...text.matchAll(/\b(?:insert into|delete from|update) (\w+)\b/g)]
      .map((match) => match[1] ?? '')
      .filter((table) => room !== undefined && owners.has(table) && owners.get(table) !== room)
      .map((table) => `${file} writes ${table} of ${owners.get(table)}`)
  })
  assert.deepEqual(trespasses, [])
})

test('no rule mentions a clock, chance, the environment or the network', () => {
  const impure = sources
    .filter(({ file }) => /\/rules\//.test(file))
    .filter(({ text }) =>
      /Temporal\.Now|Date\.now|new Date\(\)|Math\.random|process\.|fetch\(|performance\./.test(
        text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, ''),
      ),
    )
  assert.deepEqual(
    impure.map(({ file }) => file),
    [],
  )
})

test('no code asks which operator it is: what differs is in their charters', () => {
  const asked = sources.filter(
    ({ file, text }) => !/demonstration|corpus/.test(file) && /['"](microsoft|21vianet)['"]/.test(text),
  )
  assert.deepEqual(
    asked.map(({ file }) => file),
    [],
  )
})
