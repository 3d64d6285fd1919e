import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { declareIncident, writePost } from '../../src/rooms/service-health/index.ts'
import { browserOf } from '../client.ts'
import { siteOf } from '../browser/site.ts'
import { world } from '../world.ts'

/* newsboat, as Debian has it, reads an operator's public feeds and an organization's own, and keeps apart what is new. */

const run = promisify(execFile)
const here = await world()
const site = await siteOf(here)
const folder = mkdtempSync(join(tmpdir(), 'svar-newsboat-'))
after(async () => {
  await site.close()
  rmSync(folder, { recursive: true })
})

const operatorId = here.operators.microsoft
const job = { kind: 'job', operatorIds: [operatorId] } as const
here.at('2026-06-15T08:00:00Z')

function bringNewsboat(): void {
  if (spawnSync('newsboat', ['--version']).status === 0) return
  const brought = spawnSync('apt-get', ['install', '--yes', '--no-install-recommends', 'newsboat'], {
    timeout: 110_000,
  })
  assert.equal(brought.status, 0, 'There is no newsboat. Install it: sudo apt-get install newsboat')
}

type Item = { readonly title: string; readonly content: string }

/** What newsboat keeps of a feed after it looked, the oldest first, and what it says of unread ones. Each feed has its own newsboat. */
async function look(url: string): Promise<{ readonly items: readonly Item[]; readonly said: string }> {
  const home = join(folder, encodeURIComponent(url).slice(-100))
  mkdirSync(home, { recursive: true })
  const list = join(home, 'urls')
  const cache = join(home, 'cache.db')
  const config = join(home, 'config')
  writeFileSync(list, `${url}\n`)
  writeFileSync(config, '')
  const { stdout: said } = await run(
    'newsboat',
    ['-u', list, '-c', cache, '-C', config, '-x', 'reload', 'print-unread'],
    { timeout: 60_000, env: { PATH: process.env['PATH'], HOME: home, LANG: 'C.UTF-8' } },
  )
  const database = new DatabaseSync(cache)
  const items = database.prepare('select title, content from rss_item order by pubDate, title').all()
  database.close()
  return { items: items as unknown as Item[], said }
}

const declare = (title: string, organizations: readonly string[] = []) =>
  here.database.work(job, (work) =>
    declareIncident(work, operatorId, {
      kind: 'incident',
      service: 'mail',
      feature: null,
      origin: 'operator',
      state: 'serviceInterruption',
      language: 'da',
      title: { da: title },
      impact: { da: 'Mails til <alle> & enhver er væk.' },
      startedAt: work.now,
      plannedEndAt: null,
      organizations,
      regions: [],
    }),
  )

test('newsboat reads Atom and RSS, public and of an organization’s own; what comes later is new, what it knows is not', async () => {
  bringNewsboat()
  const incident = await declare('Mail er nede')
  await declare('Kun havnen', ['Havn Logistik'])
  await browserOf(here, here.people.asta).send('/microsoft/health/feeds', { act: 'make' })
  const { body } = await browserOf(here, here.people.asta).get('/microsoft/health/feeds')
  const word = /\/o\/([0-9a-f]{64})\//.exec(body)?.[1] ?? assert.fail('no address')
  const base = `${site.origin}/microsoft/status`
  const open = ['Mail (Exchange Online): Mail er nede']
  const own = ['Mail (Exchange Online): Kun havnen', ...open]
  const feeds = new Map([
    [`${base}/da/feed.atom`, open],
    [`${base}/da/feed.rss`, open],
    [`${base}/o/${word}/da/feed.atom`, own],
    [`${base}/o/${word}/da/feed.rss`, own],
  ])
  for (const [url, titles] of feeds) {
    const { items, said } = await look(url)
    assert.equal(said.trim(), `${titles.length} unread articles`, url)
    assert.deepEqual(
      items.map(({ title }) => title),
      titles,
      url,
    )
    assert.match(items[0]?.content ?? '', /Mails til &lt;alle&gt; &amp; enhver er væk/)
  }

  here.at('2026-06-15T08:30:00Z')
  await here.database.work(job, (work) =>
    writePost(work, operatorId, incident, {
      kind: 'regular',
      language: 'da',
      texts: { da: 'Vi er på sporet.' },
      publishAt: null,
    }),
  )
  for (const [url, titles] of feeds) {
    const { items, said } = await look(url)
    assert.equal(said.trim(), `${titles.length + 1} unread articles`, url)
    assert.match(items.at(-1)?.content ?? '', /Vi er på sporet\./)
  }
})
