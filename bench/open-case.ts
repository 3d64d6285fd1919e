import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { Product } from '../test/drills/product.ts'
import { openGround, on, pgbench } from './ground.ts'
import type { Ground } from './ground.ts'
import { load, median } from './loader.ts'
import type { Figures } from './loader.ts'
import { DESCRIPTION, openingOf } from './opening-request.ts'
import { openingScript } from './opening-statement.ts'
import { cpuSecondsOf } from './processes.ts'

/*
 * G1: opening cases over HTTP, with all that belongs to it, against the same rows committed by pgbench in one statement. One
 * machine, one database server, A B A B; what counts is the ratio of the medians. Performance.md, section 6.
 * Run with: node --import tsx bench/open-case.ts [--url <superuser's URL>] [--rounds 3] [--seconds 8]
 */

export type OpeningFigures = {
  readonly connections: number
  readonly limit: number
  readonly ours: number
  readonly ratio: number
  readonly p50: number
  readonly p99: number
  /** CPU of the app's process a case, in milliseconds; its reactions included. */
  readonly cpu: number
}

type Rounds = { readonly rounds: number; readonly seconds: number }

export async function measureOpening(
  options: Rounds & { readonly url?: string | undefined },
): Promise<readonly OpeningFigures[]> {
  const ground = await openGround(options.url)
  try {
    const script = await limitScript(ground)
    const { administrator } = await ground.make('svar_ours')
    const product = await ground.serve('svar_ours')
    try {
      return await measureOn(ground, product, administrator, script, options)
    } finally {
      product.signal('SIGTERM')
      await product.ended
    }
  } finally {
    await ground.end()
  }
}

async function measureOn(
  ground: Ground,
  product: Product,
  administrator: string,
  script: string,
  options: Rounds,
): Promise<readonly OpeningFigures[]> {
  const all: OpeningFigures[] = []
  for (const connections of [1, 16]) {
    const runs: { limit: number; ours: Figures; cpu: number }[] = []
    await post(product.port, administrator, { connections, seconds: 2 })
    for (let round = 0; round < options.rounds; round++) {
      await untilIdle(ground)
      const limit = pgbench(ground.url('svar_limit'), script, { connections, seconds: options.seconds })
      const before = cpuSecondsOf(product.pid)
      const ours = await post(product.port, administrator, { connections, seconds: options.seconds })
      runs.push({ limit, ours, cpu: ((cpuSecondsOf(product.pid) - before) * 1000) / ours.answers })
      console.error(`c=${connections}: pgbench ${limit.toFixed(0)}, ours ${ours.perSecond.toFixed(0)} a second`)
    }
    all.push(summed(connections, runs))
  }
  return all
}

async function limitScript(ground: Ground): Promise<string> {
  const { operatorId, organizationId } = await ground.make('svar_limit')
  const [person] = await on<{ id: string }>(ground.url('svar_limit'), 'select person_id as id from svar.person')
  const path = join(ground.folder, 'opening.sql')
  const script = openingScript(
    { operatorId, organizationId, personId: person?.id ?? '' },
    { title: 'No mail since eight', description: DESCRIPTION },
  )
  writeFileSync(path, script)
  await on(ground.url('svar_limit'), 'alter database svar_limit set search_path = svar')
  return path
}

function post(
  port: number,
  token: string,
  { connections, seconds }: { readonly connections: number; readonly seconds: number },
): Promise<Figures> {
  const next = () => openingOf(token)
  const check = ({ status, body }: { readonly status: number; readonly body: string }) => {
    if (status !== 201) throw new Error(`${status} ${body}`)
  }
  return load({ port, connections, seconds, next, check })
}

/** Reactions that are still to be done would take time from the other side. */
async function untilIdle(ground: Ground): Promise<void> {
  for (const start = performance.now(); ; await pause(250)) {
    const [row] = await on<{ left: number }>(
      ground.url('svar_ours'),
      `select count(*)::int as left from pgboss.job where state < 'completed' and start_after <= now()`,
    )
    if (row?.left) continue
    if (performance.now() - start > 1000)
      console.error(`reactions were done ${((performance.now() - start) / 1000).toFixed(1)} s later`)
    return
  }
}

function summed(
  connections: number,
  runs: readonly { readonly limit: number; readonly ours: Figures; readonly cpu: number }[],
): OpeningFigures {
  const limit = median(runs.map((run) => run.limit))
  const ours = median(runs.map((run) => run.ours.perSecond))
  const of = (pick: (figures: Figures) => number) => median(runs.map((run) => pick(run.ours)))
  return {
    connections,
    limit,
    ours,
    ratio: ours / limit,
    p50: of(({ p50 }) => p50),
    p99: of(({ p99 }) => p99),
    cpu: median(runs.map(({ cpu }) => cpu)),
  }
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      rounds: { type: 'string', default: '3' },
      seconds: { type: 'string', default: '8' },
    },
  })
  console.table(
    await measureOpening({ url: values.url, rounds: Number(values.rounds), seconds: Number(values.seconds) }),
  )
}
