import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { plansOfLists } from '../bench/plans.ts'
import { seedCases } from '../bench/seed-cases.ts'
import { world } from './world.ts'

const here = await world()

/** A clock of each case that was due at some time in the last five years, so that a report is about a part of them. */
async function seedHistory(): Promise<void> {
  const client = new Client(here.superuserUrl)
  await client.connect()
  await client.query(`insert into svar.clock (organization_id, operator_id, case_id, kind, cycle, severity, started_at, due_at, met_at,
      charter_version, rule, calendar, target)
    select organization_id, operator_id, case_id, 'next-response', 1, severity, opened_at - ago, next_due_at - ago, opened_at - ago,
      1, 0, 'always', '1 hour'
    from (select *, random() * interval '1800 days' as ago from svar.support_case) cases`)
  await client.query('vacuum analyze svar.clock')
  await client.end()
}

test('no list of cases reads a whole table: each walks an index, with 20,000 cases there', async () => {
  const seeded = await seedCases(here.superuserUrl, { operatorId: here.operators.microsoft, cases: 20_000 })
  await seedHistory()
  const plans = await plansOfLists(here.url, { operatorId: here.operators.microsoft, ...seeded })
  assert.ok(plans.length >= 8)
  for (const { question, scanned } of plans) assert.deepEqual(scanned, [], `${question} scans ${scanned.join()}`)
})
