import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Locale } from '../src/base/locale.ts'
import { openDatabase } from '../src/database/work.ts'
import { importArticlesFromJsonl } from '../src/rooms/self-help/index.ts'
import type { Product } from '../test/drills/product.ts'
import { openGround } from './ground.ts'
import type { Ground } from './ground.ts'
import { openLine } from './loader.ts'
import { memoryOf } from './processes.ts'
import { miniSearch, postgresFullText } from './search-others.ts'
import type { Engine } from './search-others.ts'
import { familyOf, setsIn, worthOf } from './search-sets.ts'
import type { BenchArticle, BenchSet } from './search-sets.ts'

/*
 * Search: how right its answers are on sets of questions with known answers, against MiniSearch and PostgreSQL's full text in the
 * same run; and what it costs with 5,000 articles a language. Run with:
 * node --import tsx bench/search.ts --corpus <folder> [--large 5000] [--quality | --speed]
 */

const { values } = parseArgs({
  options: {
    corpus: { type: 'string' },
    large: { type: 'string', default: '5000' },
    quality: { type: 'boolean', default: false },
    speed: { type: 'boolean', default: false },
  },
})
const folder = values.corpus ?? process.env['SVAR_CORPUS']
if (!folder) throw new Error('say where the sets are: --corpus <folder>, or SVAR_CORPUS')
const sets = setsIn(folder)
const ground = await openGround()
try {
  if (!values.speed) await measureQuality(ground, sets)
  if (!values.quality) await measureSpeed(ground, sets, Number(values.large))
} finally {
  await ground.end()
}

async function measureQuality(on: Ground, all: readonly BenchSet[]): Promise<void> {
  const { operatorId } = await on.make('svar_search')
  for (const set of all) await bringIn(on, 'svar_search', operatorId, set.language, set.file)
  const product = await on.serve('svar_search')
  try {
    for (const set of all) {
      const engines = [
        await ours(product, set.language),
        miniSearch(set.articles, set.language),
        await postgresFullText(on.url('svar_search'), set.articles, set.language),
      ]
      const measured = []
      for (const engine of engines) measured.push(await worthOfEngine(engine, set))
      for (const engine of engines) await engine.end()
      show(set, measured)
    }
  } finally {
    product.signal('SIGTERM')
    await product.ended
  }
}

type Measured = {
  readonly name: string
  readonly types: ReadonlyMap<string, readonly number[]>
  readonly typed: readonly number[]
}

async function worthOfEngine(engine: Engine, { queries }: BenchSet): Promise<Measured> {
  const types = new Map<string, number[]>()
  const typed: number[] = []
  for (const { q, type, prefix, rel } of queries) {
    const list = types.get(type) ?? []
    types.set(type, [...list, worthOf(await engine.ask(q, false), rel).ndcg])
    if (prefix) typed.push(worthOf(await engine.ask(prefix, true), rel).three)
  }
  return { name: engine.name, types, typed }
}

function show({ name, queries, articles }: BenchSet, measured: readonly Measured[]): void {
  console.log(`\n## ${name}: ${articles.length} articles, ${queries.length} questions\n`)
  console.log(`| nDCG@10 | ${measured.map((one) => one.name).join(' | ')} |`)
  console.log(`| --- |${' --- |'.repeat(measured.length)}`)
  const row = (what: string, of: (one: Measured) => readonly number[]) =>
    console.log(
      `| ${what} (${measured[0] ? of(measured[0]).length : 0}) | ${measured.map((one) => mean(of(one)).toFixed(3)).join(' | ')} |`,
    )
  row('**all but other languages**', ({ types }) => [...types].flatMap(([type, all]) => (type === 'xling' ? [] : all)))
  for (const family of new Set(queries.map(({ type }) => familyOf(type))))
    row(family, ({ types }) => [...types].flatMap(([type, all]) => (familyOf(type) === family ? all : [])))
  for (const type of new Set(queries.map((one) => one.type))) row(`· ${type}`, ({ types }) => types.get(type) ?? [])
  row('while typing, among the first three', ({ typed }) => typed)
}

async function ours(product: Product, language: Locale): Promise<Engine> {
  const line = await openLine(product.port)
  return {
    name: 'Svar',
    ask: async (q, typing) => {
      const path = pathFor(typing ? 'suggest' : 'search', q, language)
      const { status, body } = await line.ask(`GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`)
      if (status !== 200) throw new Error(`${status} ${body}`)
      return (JSON.parse(body) as { results: { id: string }[] }).results.map(({ id }) => id)
    },
    end: async () => line.close(),
  }
}

function pathFor(verb: 'search' | 'suggest', q: string, language: Locale): string {
  return `/api/v1/articles/${verb}?${new URLSearchParams({ q, language, limit: '10' })}`
}

async function measureSpeed(on: Ground, all: readonly BenchSet[], large: number): Promise<void> {
  const { operatorId } = await on.make('svar_search_large')
  const scratch = mkdtempSync(join(tmpdir(), 'svar-search-'))
  const empty = await idleMemory(on)
  try {
    console.log(`\n## ${large} articles a language\n`)
    for (const { name, language, articles } of all) {
      const file = join(scratch, `${name}.jsonl`)
      writeFileSync(
        file,
        repeated(articles, large)
          .map((one) => JSON.stringify(one))
          .join('\n'),
      )
      const seconds = await bringIn(on, 'svar_search_large', operatorId, language, file)
      console.log(`${name}: imported in ${seconds.toFixed(1)} s, ${((seconds / large) * 1000).toFixed(1)} s a thousand`)
    }
    const product = await on.serve('svar_search_large')
    try {
      const line = await openLine(product.port)
      for (const { name, language, queries } of all)
        for (const [verb, asked] of [
          ['suggest', queries.flatMap(({ prefix }) => prefix ?? [])],
          ['search', queries.map(({ q }) => q)],
        ] as const) {
          const times = []
          for (const q of asked) {
            const start = performance.now()
            await line.ask(`GET ${pathFor(verb, q, language)} HTTP/1.1\r\nhost: localhost\r\n\r\n`)
            times.push(performance.now() - start)
          }
          const sorted = times.slice(30).toSorted((a, b) => a - b)
          const at = (part: number) => (sorted[Math.floor(sorted.length * part)] ?? Number.NaN).toFixed(1)
          console.log(`${name}: ${verb} p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(0.999)} ms`)
        }
      line.close()
      console.log(`memory above the app without articles: ${(memoryOf(product.pid) - empty).toFixed(0)} MiB`)
    } finally {
      product.signal('SIGTERM')
      await product.ended
    }
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

async function idleMemory(on: Ground): Promise<number> {
  const product = await on.serve('svar_search_large')
  const line = await openLine(product.port)
  for (let at = 0; at < 200; at++)
    await line.ask('GET /api/v1/articles/search?q=nothing HTTP/1.1\r\nhost: localhost\r\n\r\n')
  line.close()
  const memory = memoryOf(product.pid)
  product.signal('SIGTERM')
  await product.ended
  return memory
}

/** As many articles as are wanted, no two with the same title: later rounds have the text of one under the title of another. */
function repeated(articles: readonly BenchArticle[], wanted: number): readonly BenchArticle[] {
  return Array.from({ length: wanted }, (_, at) => {
    const round = Math.floor(at / articles.length)
    const one = articles[at % articles.length]!
    if (round === 0) return one
    const other = articles[(at + round * 37) % articles.length]!
    return { ...one, id: `${one.id}-${round}`, title: `${other.title} ${round}`, links: [] }
  })
}

async function bringIn(on: Ground, name: string, operatorId: string, language: Locale, file: string): Promise<number> {
  const login = new URL(on.url(name))
  login.username = 'svar_login'
  login.password = ''
  const database = openDatabase({ connectionString: login.href })
  const start = performance.now()
  try {
    await importArticlesFromJsonl(database, { operatorId, language, file })
  } finally {
    await database.end()
  }
  return (performance.now() - start) / 1000
}

function mean(numbers: readonly number[]): number {
  return numbers.length ? numbers.reduce((sum, one) => sum + one, 0) / numbers.length : Number.NaN
}
