import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'
import { importCorpus } from '../src/app/corpus.ts'
import { openDatabase } from '../src/database/work.ts'
import { applyCharterFolder } from '../src/app/charters.ts'
import { migrate } from '../src/database/migrate.ts'
import { migrateJobs } from '../src/jobs/workers.ts'
import { startEmbedded } from '../src/database/launcher.ts'

/*
 * Imports real documentation into an empty database, twice, and says how long it took, what was not understood, and which signs of
 * the dialect are left in what readers see, with the articles that have most of them.
 *
 *   node --import tsx bench/articles.ts [folder of the corpus] [folder of the database]
 */

const [corpus = '../shared/corpus', folder = `/tmp/svar-bench-articles-${process.pid}`] = process.argv.slice(2)
if (!existsSync(join(corpus, 'en-US'))) {
  process.stdout.write(`${corpus} is not there.\n`)
  process.exit(0)
}
const print = (line: string) => void process.stdout.write(`${line}\n`)

/** What nobody should see in a text. Code is not looked at. */
const LEFTOVERS: Readonly<Record<string, RegExp>> = {
  ':::': /:::/g,
  '[!': /\[!/g,
  '](': /[\]］]\s?[(（]/g,
  '**': /\*\*/g,
  '&amp;': /&amp;(?:amp|lt|gt|nbsp|#\d+);/g,
  'a tag': /&lt;\/?[a-z]+(?:\s[^&]*)?&gt;/gi,
  '| --- |': /\|\s*:?-{2,}:?\s*\|/g,
  '#': /<p>#+\s/g,
  '(.md)': /\.md\b/g,
  '\\': /\\(?=[*_[\]<>|])/g,
}

const server = await startEmbedded(folder, { settings: { fsync: 'off' } })
const superuser = new Client(server.superuserUrl)
await superuser.connect()
try {
  await migrate(server.superuserUrl)
  await migrateJobs(server.superuserUrl)
  const database = openDatabase({ connectionString: server.loginUrl, max: 2 })
  await applyCharterFolder(database, 'charters/microsoft')
  await applyCharterFolder(database, 'charters/21vianet')
  for (const round of ['first', 'again']) {
    const began = performance.now()
    await importCorpus(database, corpus, print)
    print(
      `${round}: ${((performance.now() - began) / 1000).toFixed(1)} s, ${Math.round(process.memoryUsage().rss / 2 ** 20)} MB`,
    )
  }
  await database.end()
  await faults()
  await leftovers()
} finally {
  await superuser.end()
  await server.stop()
}

async function faults(): Promise<void> {
  const { rows } = await superuser.query<{ language: string; code: string; count: string; example: string }>(
    `select language, fault ->> 'code' as code, count(*), min(path || ':' || coalesce(fault ->> 'line', '') || ' ' || (fault ->> 'detail')) as example
     from svar.article, jsonb_array_elements(faults) as fault
     where operator_id = (select operator_id from svar.operator where slug = 'microsoft') group by 1, 2 order by 1, 3 desc`,
  )
  for (const { language, code, count, example } of rows)
    print(`${language} ${code}: ${count}, such as ${example.slice(0, 120)}`)
}

async function leftovers(): Promise<void> {
  const { rows } = await superuser.query<{ language: string; id: string; html: string }>(
    `select language, article_id as id, html from svar.article
     where operator_id = (select operator_id from svar.operator where slug = 'microsoft') order by 1, 2`,
  )
  for (const [language, articles] of Map.groupBy(rows, (row) => row.language)) {
    const counted = articles.map(({ id, html }) => ({ id, counts: countsOf(html) }))
    const sums = Object.keys(LEFTOVERS).map((name) => [
      name,
      counted.reduce((sum, { counts }) => sum + (counts[name] ?? 0), 0),
    ])
    print(
      `${language}: ${articles.length} articles; left over: ${sums.map(([name, sum]) => `${name} ${sum}`).join(', ')}`,
    )
    const worst = counted
      .map(({ id, counts }) => ({ id, counts, sum: Object.values(counts).reduce((sum, one) => sum + one, 0) }))
      .filter(({ sum }) => sum > 0)
      .toSorted((one, other) => other.sum - one.sum)
    for (const { id, counts } of worst.slice(0, 20))
      print(
        `  ${id}: ${Object.entries(counts)
          .flatMap(([name, count]) => (count ? [`${name} ${count}`] : []))
          .join(', ')}`,
      )
  }
}

function countsOf(html: string): Readonly<Record<string, number>> {
  const text = html.replaceAll(/<code[^]*?<\/code>/g, '')
  return Object.fromEntries(Object.entries(LEFTOVERS).map(([name, sign]) => [name, text.match(sign)?.length ?? 0]))
}
