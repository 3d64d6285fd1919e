import { parseArgs } from 'node:util'
import { measureMemory } from './memory.ts'
import { measureOpening } from './open-case.ts'
import { measurePages } from './pages.ts'
import { measureQueue } from './queue.ts'
import { measureWeight } from './weight.ts'

/*
 * All goals of performance.md that are measured here, in one run on one machine, as a Markdown table. Takes a quarter of an hour.
 * Run with: node --import tsx bench/run.ts [--url <superuser's URL>] [--large 1000000]
 */

type Row = { readonly goal: string; readonly what: string; readonly must: string; readonly measured: string }

const { values } = parseArgs({ options: { url: { type: 'string' }, large: { type: 'string', default: '1000000' } } })

const rows: Row[] = []
for (const { connections, ratio, ours, limit, p50, p99, cpu } of await measureOpening({
  url: values.url,
  rounds: 5,
  seconds: 8,
}))
  rows.push({
    goal: 'G1',
    what: `cases opened : pgbench, ${connections} at a time`,
    must: '>= 0.25',
    measured: `${two(ratio)} (${whole(ours)} : ${whole(limit)} a second; p50 ${two(p50)}, p99 ${two(p99)} ms; CPU ${two(cpu)} ms)`,
  })
for (const { what, small, large, ratio } of await measureQueue({ url: values.url, large: Number(values.large) }))
  rows.push({
    goal: 'G2a',
    what: `${what}, p95 at ${values.large} : 10,000`,
    must: '<= 1.5',
    measured: `${two(ratio)} (${two(large)} : ${two(small)} ms)`,
  })
for (const { page, as, cpu, bytes } of await measurePages())
  rows.push({
    goal: 'G4',
    what: `processor time of ${page} for ${as}`,
    must: '<= 2 ms',
    measured: `${two(cpu)} ms (${whole(bytes)} bytes)`,
  })
const { app, all } = await measureMemory()
rows.push({
  goal: 'G6',
  what: 'memory of the app, idle; with the embedded database',
  must: '<= 130 MiB',
  measured: `${whole(app)}; ${whole(all)} MiB`,
})
for (const { page, kilobytes, requests, elements, layoutShift } of await measureWeight())
  rows.push({
    goal: 'G7',
    what: `first visit of ${page}`,
    must: page.endsWith('agent') ? '<= 160 kB, 12 requests' : '<= 80 kB, 8 requests',
    measured: `${whole(kilobytes)} kB, ${requests} requests, ${elements} elements, layout shift ${layoutShift.toFixed(3)}`,
  })

console.log('| goal | what | must | measured |\n| --- | --- | --- | --- |')
for (const { goal, what, must, measured } of rows) console.log(`| ${goal} | ${what} | ${must} | ${measured} |`)

function two(value: number): string {
  return value.toFixed(2)
}

function whole(value: number): string {
  return value.toFixed(0)
}
