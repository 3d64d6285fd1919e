import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plansOfLists } from '../bench/plans.ts'
import { seedCases } from '../bench/seed-cases.ts'
import { world } from './world.ts'

const here = await world()

test('no list of cases reads a whole table: each walks an index, with 20,000 cases there', async () => {
  const seeded = await seedCases(here.superuserUrl, { operatorId: here.operators.microsoft, cases: 20_000 })
  const plans = await plansOfLists(here.url, { operatorId: here.operators.microsoft, ...seeded })
  assert.ok(plans.length >= 8)
  for (const { question, scanned } of plans) assert.deepEqual(scanned, [], `${question} scans ${scanned.join()}`)
})
