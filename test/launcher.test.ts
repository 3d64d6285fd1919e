import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, describe, test } from 'node:test'
import { Client } from 'pg'
import { startEmbedded, type EmbeddedDatabase, type EmbeddedOptions } from '../src/database/launcher.ts'

describe('the embedded PostgreSQL', () => {
  const home = mkdtempSync(join(tmpdir(), 'svar-launcher-'))
  // Data are made once and used by each test in turn: making them is what takes the time.
  const folder = join(home, 'data')
  const pidFile = join(folder, 'postgres/postmaster.pid')
  const started: EmbeddedDatabase[] = []

  async function start(where = folder, options?: EmbeddedOptions): Promise<EmbeddedDatabase> {
    const database = await startEmbedded(where, options)
    started.push(database)
    return database
  }

  afterEach(() => Promise.all(started.splice(0).map((database) => database.stop('anyway'))))
  after(() => rmSync(home, { recursive: true, force: true }))

  test('two first starts at once make one database, and the second one attaches', async () => {
    const [one, other] = await Promise.all([start(), start()])

    assert.notEqual(one.attached, other.attached)
    assert.equal(one.socketFolder, other.socketFolder)
    assert.equal(await ask(one.loginUrl, 'select current_user'), 'svar_login')
    assert.equal(await ask(one.superuserUrl, 'show listen_addresses'), '')
    assert.equal(await ask(one.superuserUrl, 'show data_checksums'), 'on')
    assert.equal(statSync(one.socketFolder).mode & 0o777, 0o700)
  })

  test('a row that was committed survives a kill -9 of the server', async () => {
    const first = await start()
    await ask(first.superuserUrl, 'create table promise (call text)')
    await ask(first.superuserUrl, `insert into promise values ('in about 20 minutes')`)

    process.kill(Number.parseInt(readFileSync(pidFile, 'utf8')), 'SIGKILL')
    const second = await start()

    assert.equal(second.attached, false)
    assert.equal(await ask(second.superuserUrl, 'select call from promise'), 'in about 20 minutes')
  })

  test('the number of a dead server given to a stranger does not keep us out', async () => {
    const first = await start()
    const left = readFileSync(pidFile, 'utf8')
    await first.stop()
    writeFileSync(pidFile, left.replace(/^\d+/, String(process.ppid)))

    assert.equal((await start()).attached, false)
  })

  test('who attached leaves the server running, unless nobody else is using it', async () => {
    await start()
    const late = await start()
    await late.stop()
    const busy = new Client({ connectionString: late.loginUrl })
    await busy.connect()
    await late.stop('if-unused')
    assert.equal(await ask(late.loginUrl, 'select 1'), 1)

    await busy.end()
    await late.stop('if-unused')
    await assert.rejects(ask(late.loginUrl, 'select 1'), { code: 'ENOENT' })
  })

  test('stopping is clean and may be said twice', async () => {
    const database = await start()
    await database.stop()
    await database.stop()
    assert.match(readFileSync(join(folder, 'postgres.log'), 'utf8'), /database system is shut down\s*$/)
  })

  test('a template is cloned on the same server', async () => {
    const { superuserUrl } = await start()
    await ask(superuserUrl, 'create database template_of_ours')
    await ask(inDatabase(superuserUrl, 'template_of_ours'), 'create table town (name text)')
    await ask(superuserUrl, 'create database clone_of_it template template_of_ours')
    assert.equal(await ask(inDatabase(superuserUrl, 'clone_of_it'), 'select count(*)::int from town'), 0)
  })

  test('data of another PostgreSQL version are refused with a sentence', async () => {
    const versionFile = join(folder, 'postgres/PG_VERSION')
    const version = readFileSync(versionFile, 'utf8')
    writeFileSync(versionFile, '14\n')
    await assert.rejects(startEmbedded(folder), /written by PostgreSQL 14/)
    writeFileSync(versionFile, version)
  })

  test('a folder too deep for a socket gets its socket elsewhere, in a private folder', async () => {
    const database = await start(join(home, 'a-folder-with-a-long-name'.repeat(5)))
    assert.ok(database.socketFolder.length < 90)
    assert.equal(statSync(database.socketFolder).mode & 0o777, 0o700)
    assert.equal(await ask(database.loginUrl, 'select 1'), 1)
    await database.stop()
    rmSync(database.socketFolder, { recursive: true })
  })

  // The last one: from here on the data belong to that other user.
  test('root without namespaces hands the server to another user', { skip: process.getuid?.() !== 0 }, async () => {
    const handed = await start(folder, { namespaces: false })
    assert.equal(await ask(handed.loginUrl, 'select 1'), 1)
    assert.notEqual(statSync(join(folder, 'postgres')).uid, 0)
  })
})

function inDatabase(url: string, name: string): string {
  return Object.assign(new URL(url), { pathname: name }).href
}

async function ask(url: string, question: string): Promise<unknown> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query({ text: question, rowMode: 'array' })
  await client.end()
  return rows[0]?.[0]
}
