import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { sumOf } from '../src/rooms/reports/rules/figures.ts'
import { questionOf } from '../src/rooms/reports/rules/months.ts'
import { dueOf, outcomeOf } from '../src/rooms/reports/rules/outcome.ts'
import type { ClockMoments, Outcome } from '../src/rooms/reports/rules/outcome.ts'
import { figuresOf, promisesBehind } from '../src/rooms/reports/store.ts'
import { programOf, serviceRequest } from './client.ts'
import { world } from './world.ts'

const here = await world()
const operatorId = here.operators.microsoft

type Row = ClockMoments & { readonly kind: string; readonly severity: string }

/** Clocks with moments at random, on two days around the turn of a month in Copenhagen, more often alike than not. */
async function randomClocks(count: number): Promise<readonly Row[]> {
  const opened = await programOf(here, here.tokenOf(here.people.asta))('POST', '/cases', serviceRequest(), {
    'idempotency-key': 'one',
  })
  const client = new Client(here.superuserUrl)
  await client.connect()
  const hour = `'2026-05-31T00:00Z'::timestamptz + floor(random() * 48) * interval '1 hour'`
  const maybe = (share: number) => `case when random() < ${share} then ${hour} end`
  await client.query(
    `with one as (select organization_id, operator_id, case_id from svar.support_case where number = $1)
    insert into svar.clock (organization_id, operator_id, case_id, kind, cycle, severity, started_at, due_at, paused_since,
        met_at, breached_at, stopped_at, charter_version, rule, calendar, target)
      select organization_id, operator_id, case_id, (array['initial-response', 'next-response', 'resolution', 'customer-answer'])[1 + n % 4],
        100 + n, (array['A', 'B'])[1 + n % 2], ${hour}, coalesce(${maybe(0.8)}, 'infinity'), ${maybe(0.3)}, ${maybe(0.4)}, ${maybe(0.3)},
        ${maybe(0.3)}, 1, 0, 'always', '1 hour' from one, generate_series(1, ${count}) n`,
    [opened.headers.get('location')?.split('/').at(-1)],
  )
  await client.query('delete from svar.clock where cycle < 100')
  const { rows } = await client.query<
    Record<keyof Row, string | Date | null>
  >(`select kind, severity, started_at as "startedAt",
    nullif(due_at, 'infinity') as "dueAt", paused_since as "pausedSince", met_at as "metAt", breached_at as "breachedAt",
    stopped_at as "stoppedAt" from svar.clock`)
  await client.end()
  const parsed = (value: string | Date | null) =>
    value instanceof Date ? Temporal.Instant.fromEpochMilliseconds(value.getTime()) : value
  return rows.map(
    (row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, parsed(value)])) as unknown as Row,
  )
}

const clocks = await randomClocks(800)
const lead = { kind: 'agent', agentId: operatorId, operatorIds: [operatorId], lead: true } as const

function monthOf(due: Temporal.Instant | null): string | null {
  return due && due.toZonedDateTimeISO('Europe/Copenhagen').toPlainDate().toPlainYearMonth().toString()
}

for (const asked of [
  { asOf: '2026-05-30' },
  { asOf: '2026-05-31' },
  { asOf: '2026-06-01' },
  { asOf: '2026-06-10', clock: 'next-response' },
  { asOf: '2026-06-10', severity: 'B', from: '2026-06', to: '2026-06' },
  { asOf: '2026-06-10', supportType: 'technical' },
  { asOf: '2026-06-10', supportType: 'billing' },
]) {
  test(`SQL counts as the rule does: ${JSON.stringify(asked)}`, async () => {
    const now = Temporal.Instant.from('2026-12-01T00:00:00Z')
    const question = questionOf(asked, { zone: 'Europe/Copenhagen', now })
    const counted = new Map<string, number>()
    for (const clock of clocks) {
      const outcome = outcomeOf(clock, question.knownAt)
      const month = monthOf(dueOf(clock))
      if (!outcome || clock.kind === 'customer-answer' || question.supportType === 'billing') continue
      if (question.clock && clock.kind !== question.clock) continue
      if (question.severity && clock.severity !== question.severity) continue
      if (month !== null && !question.months.includes(month)) continue
      const key = [month, clock.kind, clock.severity, outcome].join(' ')
      counted.set(key, (counted.get(key) ?? 0) + 1)
    }
    const rows = await here.database.work(lead, (work) => figuresOf(work, operatorId, question))
    const outcomes: readonly Outcome[] = ['met', 'breached', 'running', 'paused', 'stopped', 'unpromised']
    const fromSql = rows.flatMap((row) =>
      outcomes.flatMap((outcome): [string, number][] =>
        row[outcome] > 0 ? [[[row.month, row.clock, row.severity, outcome].join(' '), row[outcome]]] : [],
      ),
    )
    assert.deepEqual(Object.fromEntries(fromSql), Object.fromEntries(counted))

    const total = sumOf(rows)
    for (const outcome of ['met', 'breached'] as const) {
      const behind = { outcome }
      const list = await here.database.work(lead, (work) =>
        promisesBehind(work, operatorId, { question, behind, limit: 10_000 }),
      )
      assert.equal(list.length, total[outcome], outcome)
    }
    const all = await here.database.work(lead, (work) =>
      promisesBehind(work, operatorId, { question, behind: {}, limit: 10_000 }),
    )
    assert.equal(
      all.length,
      [...counted.values()].reduce((sum, count) => sum + count, 0),
    )
  })
}
