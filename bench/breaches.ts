import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { wakeCases } from '../src/rooms/cases/index.ts'
import { openDatabase } from '../src/database/work.ts'
import { openGround, on } from './ground.ts'
import type { Ground } from './ground.ts'
import { load, median } from './loader.ts'
import { openingOf } from './opening-request.ts'
import { seedCases } from './seed-cases.ts'

/*
 * G5: breaches by themselves. How late one is recorded among 100,000 open cases; ten thousand that fall due in the same second, while
 * cases are opened; and what a look costs when nothing is due, with 1,000,000 cases against 100,000. Performance.md, section 6.
 * Run with: node --import tsx bench/breaches.ts [--url <superuser's URL>] [--large 1000000]
 */

export type BreachFigure = { readonly what: string; readonly figure: string; readonly goal: string }

export async function measureBreaches(options: {
  readonly url?: string | undefined
  readonly large: number
}): Promise<readonly BreachFigure[]> {
  const ground = await openGround(options.url)
  try {
    const small = await seeded(ground, 'svar_small', 100_000)
    const looks = [await lookAtNothing(small)]
    const product = await ground.serve('svar_small')
    try {
      const alone = await lateness(ground, 'svar_small', 500, 20)
      const opening = load({
        port: product.port,
        connections: 4,
        seconds: 20,
        next: () => openingOf(small.administrator),
        check: ({ status, body }) => {
          if (status !== 201) throw new Error(`${status} ${body}`)
        },
      })
      await pause(2000)
      const together = await lateness(ground, 'svar_small', 10_000, 0)
      const { perSecond } = await opening
      const large = await seeded(ground, 'svar_large', options.large)
      looks.push(await lookAtNothing(large))
      const overdue = await findOverdue(ground, 10_000)
      const [one = Number.NaN, other = Number.NaN] = looks
      return [
        {
          what: 'a breach among 100,000 open cases is recorded after its moment, p99',
          figure: `${alone.p99.toFixed(2)} s`,
          goal: '2 s',
        },
        {
          what: '10,000 breaches of one second, while cases are opened, all recorded',
          figure: `${together.all.toFixed(1)} s (${perSecond.toFixed(0)} cases a second opened meanwhile)`,
          goal: '15 s',
        },
        {
          what: `a look with nothing due: ${options.large} cases against 100,000`,
          figure: `${(other / one).toFixed(2)} (${other.toFixed(2)} : ${one.toFixed(2)} ms)`,
          goal: '1.5',
        },
        {
          what: `everything overdue among ${options.large} open cases is found: ${overdue.found} cases`,
          figure: `${overdue.milliseconds.toFixed(1)} ms`,
          goal: '50 ms',
        },
      ]
    } finally {
      product.signal('SIGTERM')
      await product.ended
    }
  } finally {
    await ground.end()
  }
}

type Seeded = { readonly login: string; readonly operatorId: string; readonly administrator: string }

/** Open cases none of which is due within the run. */
async function seeded(ground: Ground, database: string, cases: number): Promise<Seeded> {
  const { administrator, operatorId } = await ground.make(database)
  await seedCases(ground.url(database), { operatorId, cases })
  await on(
    ground.url(database),
    `update svar.support_case set wake_at = next_due_at + interval '1 day', next_due_at = next_due_at + interval '1 day'`,
  )
  await on(ground.url(database), 'vacuum analyze svar.support_case')
  const login = new URL(ground.url(database))
  login.username = 'svar_login'
  return { login: login.href, operatorId, administrator }
}

/** Milliseconds of one look, the median of many. */
async function lookAtNothing({ login, operatorId }: Seeded): Promise<number> {
  const database = openDatabase({ connectionString: login, max: 1 })
  try {
    const times: number[] = []
    for (let i = 0; i < 500; i++) {
      const start = performance.now()
      await database.work({ kind: 'job', operatorIds: [operatorId] }, (work) => wakeCases(work, 200))
      times.push(performance.now() - start)
    }
    return median(times)
  } finally {
    await database.end()
  }
}

/** How long the server takes to find so many cases that are overdue, warm: the question of the look without its limit. */
async function findOverdue(
  ground: Ground,
  cases: number,
): Promise<{ readonly found: number; readonly milliseconds: number }> {
  const url = ground.url('svar_large')
  await on(
    url,
    `update svar.support_case set wake_at = now() - interval '1 minute' where (organization_id, case_id) in
       (select organization_id, case_id from svar.support_case order by case_id limit ${cases})`,
  )
  await on(url, 'vacuum analyze svar.support_case')
  const question = `select organization_id, case_id from svar.support_case where wake_at <= now() and wake_at < 'infinity'`
  const times: number[] = []
  let found = 0
  for (let i = 0; i < 9; i++) {
    const start = performance.now()
    found = (await on(url, question)).length
    times.push(performance.now() - start)
  }
  return { found, milliseconds: median(times) }
}

/** Makes cases fall due from three seconds on, spread over so many seconds, and answers how late their breaches were recorded. */
async function lateness(
  ground: Ground,
  database: string,
  cases: number,
  spread: number,
): Promise<{ readonly p99: number; readonly all: number }> {
  const url = ground.url(database)
  await on(url, 'create table if not exists public.falling (organization_id uuid, case_id uuid, due timestamptz)')
  await on(url, 'truncate public.falling')
  // Severity A on the premium contract is answered within the hour: the opening is moved to an hour before the due.
  await on(
    url,
    `insert into public.falling select organization_id, case_id,
       date_trunc('milliseconds', clock_timestamp()) + interval '3 seconds' + random() * interval '${spread} seconds'
     from svar.support_case where severity = 'A' and title like 'Seeded%' and wake_at > now() + interval '12 hours' limit ${cases}`,
  )
  await on(url, `update public.falling set due = date_trunc('milliseconds', due)`)
  await on(
    url,
    `with moved as (update svar.event e set recorded_at = due - interval '1 hour' from public.falling f
         where e.organization_id = f.organization_id and e.case_id = f.case_id),
       set_clock as (update svar.clock k set started_at = due - interval '1 hour', due_at = due from public.falling f
         where k.organization_id = f.organization_id and k.case_id = f.case_id)
     update svar.support_case c set opened_at = due - interval '1 hour', next_due_at = due, wake_at = due from public.falling f
       where c.organization_id = f.organization_id and c.case_id = f.case_id`,
  )
  for (const until = Date.now() + 120_000; Date.now() < until; await pause(500)) {
    const [left] = await on<{ left: number }>(
      url,
      `select count(*)::int as left from public.falling f join svar.clock k using (organization_id, case_id) where breached_at is null`,
    )
    if (left?.left === 0) break
  }
  const [row] = await on<{ p99: number; most: number; noted: number }>(
    url,
    `select percentile_cont(0.99) within group (order by extract(epoch from e.recorded_at - f.due))::float as p99,
       max(extract(epoch from e.recorded_at - f.due))::float as most, count(*)::int as noted
     from public.falling f join svar.event e using (organization_id, case_id) where e.kind = 'clock.breached'`,
  )
  if (row?.noted !== cases) throw new Error(`${row?.noted} of ${cases} breaches were recorded`)
  return { p99: row.p99, all: row.most }
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({
    options: { url: { type: 'string' }, large: { type: 'string', default: '1000000' } },
  })
  console.table(await measureBreaches({ url: values.url, large: Number(values.large) }))
}
