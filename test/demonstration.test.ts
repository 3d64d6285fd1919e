import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { fillDemonstration } from '../src/app/demonstration.ts'
import { embeddedGround } from '../src/app/parts.ts'
import { readSettings } from '../src/app/settings.ts'
import { startEmbedded } from '../src/database/launcher.ts'

const ROOT = join(import.meta.dirname, '..')
const folders: string[] = []
after(async () => {
  for (const folder of folders) {
    await (await startEmbedded(folder)).stop('anyway')
    rmSync(folder, { recursive: true, force: true })
  }
})

/** When to kill a filling: some milliseconds after it has said a line. */
type Kill = { readonly after: RegExp; readonly milliseconds: number }

const KILLS: readonly Kill[] = [
  { after: /Applying the charters/, milliseconds: 30 },
  { after: /microsoft, da:/, milliseconds: 20 },
  { after: /Opening cases/, milliseconds: 40 },
]

test('a filling that is killed again and again leaves in the end what an undisturbed one leaves, and nothing twice', async () => {
  const calm = newFolder()
  assert.equal((await fill(calm)).code, 0)
  const whole = await counts(calm)
  assert.ok((whole['support_case'] ?? 0) > 5 && (whole['article'] ?? 0) > 50, JSON.stringify(whole))

  const disturbed = newFolder()
  for (const kill of KILLS) assert.equal((await fill(disturbed, kill)).signal, 'SIGKILL')
  assert.notDeepEqual(await counts(disturbed), whole)
  assert.equal((await fill(disturbed)).code, 0)
  assert.deepEqual(await counts(disturbed), whole)

  assert.equal((await fill(disturbed)).code, 1, 'a whole demonstration is not filled by the command')
  const ground = await embeddedGround(readSettings({ SVAR_DATA: disturbed }), () => {})
  await fillDemonstration(ground, () => {})
  await ground.end()
  assert.deepEqual(await counts(disturbed), whole)
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'svar-demonstration-'))
  folders.push(folder)
  return folder
}

/** Runs `svar demo` on a folder, to its end or until it is killed. */
async function fill(
  folder: string,
  kill?: Kill,
): Promise<{ readonly code: number | null; readonly signal: string | null }> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/main.js'), 'demo'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, SVAR_DATA: folder, DATABASE_URL: undefined },
  })
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.once('close', (code, signal) => resolve({ code, signal })),
  )
  let said = ''
  child.stderr.on('data', (part: Buffer) => {
    const before = said
    said += part.toString()
    if (kill?.after.test(said) && !kill.after.test(before))
      void pause(kill.milliseconds).then(() => child.kill('SIGKILL'))
  })
  return ended
}

/** How many rows each table has; of the queue's figures, which are kept in rows chosen by chance, what they add up to. */
async function counts(folder: string): Promise<Readonly<Record<string, number>>> {
  const server = await startEmbedded(folder)
  const client = new Client(server.superuserUrl)
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(
      `select table_schema || '.' || table_name as name from information_schema.tables
       where table_type = 'BASE TABLE' and (table_schema = 'svar' or (table_schema, table_name) in (('signin', 'user'), ('pgboss', 'job')))`,
    )
    const all: Record<string, number> = {}
    for (const { name } of rows) all[name.replace('svar.', '')] = await first(client, `select count(*) from ${name}`)
    all['queue_counter'] = await first(client, 'select sum(cases) from svar.queue_counter')
    return all
  } finally {
    await client.end()
  }
}

async function first(client: Client, question: string): Promise<number> {
  const { rows } = await client.query<unknown[]>({ text: question, rowMode: 'array' })
  return Number(rows[0]?.[0])
}
