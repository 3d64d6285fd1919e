import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { startEmbedded } from '../../src/database/launcher.ts'
import { serviceRequest } from '../client.ts'
import { freePort, makeData, startProduct } from './product.ts'

const CASES = 40

test('the database is killed while timers are due: none comes early, none is lost, each comes once', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'svar-timers-'))
  try {
    const { administrator } = await makeData(folder)
    const port = await freePort()
    const start = () => startProduct({ folder, port, environment: { SVAR_LOG: 'silent' } })
    let product = await start()
    await openCases(port, administrator)
    await ask(folder, FALL_DUE)
    await pause(2500)
    process.kill(postmasterOf(folder), 'SIGKILL')
    product.signal('SIGKILL')
    await product.ended
    product = await start()
    const recorded = await untilRecorded(folder)
    product.signal('SIGTERM')
    await product.ended
    assert.deepEqual(recorded, { breaches: CASES, cases: CASES, early: 0 })
  } finally {
    await (await startEmbedded(folder)).stop('anyway')
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Severity A on the premium contract is answered within the hour; opened an hour ago, they fall due within the next five seconds. */
const FALL_DUE = `with due as (select organization_id, case_id,
    date_trunc('milliseconds', clock_timestamp() + (row_number() over ()) * interval '125 milliseconds') as at from svar.support_case),
  opened as (update svar.event e set recorded_at = at - interval '1 hour' from due d
    where e.organization_id = d.organization_id and e.case_id = d.case_id),
  started as (update svar.clock c set started_at = at - interval '1 hour', due_at = at from due d
    where c.organization_id = d.organization_id and c.case_id = d.case_id)
  update svar.support_case c set opened_at = at - interval '1 hour', next_due_at = at, wake_at = at from due d
    where c.organization_id = d.organization_id and c.case_id = d.case_id`

const RECORDED = `select count(*)::int as breaches, count(distinct e.case_id)::int as cases,
    count(*) filter (where e.recorded_at < c.due_at)::int as early
  from svar.event e join svar.clock c using (organization_id, case_id) where e.kind = 'clock.breached'`

type Recorded = { readonly breaches: number; readonly cases: number; readonly early: number }

async function untilRecorded(folder: string): Promise<Recorded | undefined> {
  for (const until = Date.now() + 20_000; ; await pause(250)) {
    const [row] = await ask<Recorded>(folder, RECORDED)
    if (row?.breaches === CASES || Date.now() > until) {
      await pause(1500) // for one that would come twice
      return (await ask<Recorded>(folder, RECORDED))[0]
    }
  }
}

async function openCases(port: number, token: string): Promise<void> {
  for (let at = 0; at < CASES; at++) {
    const { status } = await fetch(`http://127.0.0.1:${port}/api/v1/cases`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        'idempotency-key': `timer-${at}`,
      },
      body: JSON.stringify(serviceRequest()),
    })
    assert.equal(status, 201)
  }
}

function postmasterOf(folder: string): number {
  return Number(readFileSync(join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
}

async function ask<Row extends Record<string, unknown>>(folder: string, statement: string): Promise<Row[]> {
  const server = await startEmbedded(folder)
  const client = new Client({ connectionString: server.superuserUrl })
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}
