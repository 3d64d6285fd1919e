import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { startEmbedded } from '../../src/database/launcher.ts'
import { openDatabase } from '../../src/database/work.ts'
import { declareIncident, writePost } from '../../src/rooms/service-health/index.ts'
import { openOutsideMail } from './outside-mail.ts'
import { freePort, makeData, startProduct } from './product.ts'

/*
 * One post to many subscribers, and the product killed with -9 while it leaves. SVAR_SUBSCRIBERS says how many: 1,000 keep the suite
 * short, 10,000 are what is promised.
 */

const SUBSCRIBERS = Number(process.env['SVAR_SUBSCRIBERS'] ?? 1000)
const PATIENCE_SECONDS = 85

test(`one post reaches ${SUBSCRIBERS} subscribers by mail though the product is killed on the way: each once, a few twice with the same id`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'svar-notices-'))
  const mail = await openOutsideMail()
  try {
    const { operatorId } = await makeData(folder)
    await addSubscribers(folder)
    await publishPost(folder, operatorId)

    const port = await freePort()
    const environment = { SVAR_SMTP_URL: mail.url, SVAR_LOG: 'silent' }
    const first = await startProduct({ folder, port, environment })
    await until(() => mail.copies.size >= SUBSCRIBERS * 0.4)
    first.signal('SIGKILL')
    await first.ended
    const before = mail.copies.size
    assert.ok(before < SUBSCRIBERS, 'it was killed on the way')

    const second = await startProduct({ folder, port, environment })
    await until(() => mail.copies.size >= SUBSCRIBERS)
    await until(async () => (await rowsOf(folder, UNSENT)).length === 0)
    second.signal('SIGTERM')
    await second.ended

    assert.equal(mail.copies.size, SUBSCRIBERS)
    const copies = [...mail.copies.values()]
    assert.ok(Math.max(...copies) <= 2, 'at most one more copy of each')
    const doubles = copies.filter((count) => count > 1).length
    assert.ok(doubles <= UNDER_WAY, `${doubles} mails came twice`)
    const [told] = await rowsOf<{ people: number }>(
      folder,
      'select count(distinct recipient)::int as people from svar.outbound_mail',
    )
    assert.equal(told?.people, SUBSCRIBERS)
  } finally {
    await mail.end()
    await (await startEmbedded(folder)).stop('anyway')
    rmSync(folder, { recursive: true, force: true })
  }
})

/** A worker sends one mail after the other, and there are two. */
const UNDER_WAY = 2
const UNSENT = 'select from svar.outbound_mail where sent_at is null limit 1'

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + PATIENCE_SECONDS * 1000; Date.now() < end; await pause(50)) if (await isSo()) return
  assert.fail('it took too long')
}

/** A hundred organizations at most, with their people, who all listen at once. */
async function addSubscribers(folder: string): Promise<void> {
  await rowsOf(
    folder,
    `with made as (insert into svar.organization (organization_id, operator_id, name, country, created_at)
       select gen_random_uuid(), operator_id, 'Many ' || i, 'DK', now() from svar.operator, generate_series(0, 99) i returning *),
     numbered as (select *, row_number() over () - 1 as number from made),
     people as (insert into svar.person (organization_id, operator_id, person_id, sign_in_id, email, name, language, zone, active_from, created_at)
       select organization_id, operator_id, gen_random_uuid(), 'many ' || i, 'many' || i || '@drill.test', 'Many ' || i,
         (array['da', 'en', 'zh-Hans'])[1 + i % 3], 'Europe/Copenhagen', now() - interval '1 day', now()
       from numbered join generate_series(1, ${SUBSCRIBERS}) i on i % 100 = number returning *)
     insert into svar.health_subscription (organization_id, operator_id, person_id, subscribed_at)
     select organization_id, operator_id, person_id, now() from people`,
  )
  await rowsOf(folder, 'analyze svar.person, svar.health_subscription, svar.organization')
}

/** Publishes a post while the product is down, and sees what it left behind: one job, and no mail yet. */
async function publishPost(folder: string, operatorId: string): Promise<void> {
  const database = openDatabase({ connectionString: (await startEmbedded(folder)).loginUrl, max: 1 })
  const job = { kind: 'job', operatorIds: [operatorId] } as const
  const texts = { en: 'Mail does not arrive.', da: 'Mails kommer ikke frem.' }
  try {
    const incidentId = await database.work(job, (work) =>
      declareIncident(work, operatorId, {
        kind: 'incident',
        service: 'mail',
        feature: null,
        origin: 'operator',
        state: 'serviceInterruption',
        language: 'en',
        title: texts,
        impact: texts,
        startedAt: work.now,
        plannedEndAt: null,
        organizations: [],
        regions: [],
      }),
    )
    // Only the post is what this is about.
    await rowsOf(folder, 'delete from pgboss.job')
    await database.work(job, (work) =>
      writePost(work, operatorId, incidentId, { kind: 'regular', language: 'en', texts, publishAt: null }),
    )
  } finally {
    await database.end()
  }
  const jobs = await rowsOf(folder, `select from pgboss.job where data ->> 'reaction' = 'tellSubscribers'`)
  assert.equal(jobs.length, 1)
  assert.deepEqual(await rowsOf(folder, 'select from svar.outbound_mail'), [])
}

async function rowsOf<Row extends Record<string, unknown>>(folder: string, statement: string): Promise<Row[]> {
  const client = new Client((await startEmbedded(folder)).superuserUrl)
  await client.connect()
  try {
    return (await client.query<Row>(statement)).rows
  } finally {
    await client.end()
  }
}
