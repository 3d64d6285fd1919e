import { AsyncLocalStorage } from 'node:async_hooks'
import type { Writable } from 'node:stream'
import {
  DefaultQueryExecutor,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  PostgresDriver,
  PostgresQueryCompiler,
} from 'kysely'
import type { CompiledQuery, DatabaseConnection, QueryResult, RawBuilder } from 'kysely'
import { Pool } from 'pg'
import type { PoolClient, PoolConfig } from 'pg'
import { isId } from '../base/ids.ts'
import type { Actor } from './actor.ts'
import { CHANNEL, crier } from './crier.ts'
import type { Crier } from './crier.ts'
import { nameOfStatement, typeParsers, writable } from './wire.ts'

/** One transaction, who acts in it, and the one moment it takes place at. Everything a verb needs. */
export type Work<A extends Actor = Actor> = {
  readonly tx: Tx
  readonly actor: A
  /** The database's clock at the start of the transaction; standing in tests. No rule asks for the time. */
  readonly now: Temporal.Instant
}

/** Kysely bound to the transaction's own connection, under the actor's role. Rooms write SQL with its `sql` tag. */
export type Tx = Kysely<Record<never, never>>

export type Database = {
  /** Runs `run` in one transaction as `actor`; commits when it resolves, rolls back when it throws. */
  work<A extends Actor, T>(actor: A, run: (work: Work<A>) => Promise<T>): Promise<T>
  /**
   * The same, and the first questions travel with the beginning in one round trip. For verbs that begin by asking: `work.now`
   * throws until the first answer is there.
   */
  workAtOnce<A extends Actor, T>(actor: A, run: (work: Work<A>) => Promise<T>): Promise<T>
  /** One reading statement in a transaction of its own, in a single round trip: for what every request asks. */
  ask<Row>(
    actor: Actor,
    question: RawBuilder<Row>,
  ): Promise<{ readonly rows: readonly Row[]; readonly now: Temporal.Instant }>
  /** Answers when the database does. */
  ping(): Promise<void>
  end(): Promise<void>
}

export type DatabaseOptions = PoolConfig & {
  /** A clock of the caller's own instead of the database's: for tests that stand in time. */
  readonly clock?: (() => Temporal.Instant) | undefined
  /** Off for poolers that do not know prepared statements (PgBouncer before 1.21 in transaction mode). */
  readonly namedStatements?: boolean
}

/** Opens the pool. The login owns nothing and has no rights of its own: each transaction enters a role. */
export function openDatabase({ clock, namedStatements = true, ...config }: DatabaseOptions): Database {
  // Statements of one transaction may be sent before the earlier ones are answered; each is still answered in its turn.
  const pool = new Pool({ max: 10, pipeline: true, ...config, types: typeParsers })
  pool.on('error', () => {}) // an idle connection died; the next query opens another
  const announcer = crier((names) =>
    pool.query('select pg_notify($1, name) from unnest($2::text[]) name', [CHANNEL, names]),
  )
  const how = { pool, clock, named: namedStatements, announcer }
  return {
    work: (actor, run) => retried(() => inTransaction({ ...how, begun: (moment) => moment }, actor, run)),
    workAtOnce: (actor, run) => retried(() => inTransaction({ ...how, begun: async () => {} }, actor, run)),
    ask: (actor, question) => retried(() => inOneTrip(how, actor, question)),
    ping: async () => void (await pool.query('select 1')),
    end: async () => {
      await announcer.end()
      await pool.end()
    },
  }
}

const inside = new AsyncLocalStorage<true>()

type How = {
  readonly pool: Pool
  readonly clock: (() => Temporal.Instant) | undefined
  readonly named: boolean
  readonly announcer: Crier
}

async function inTransaction<A extends Actor, T>(
  { pool, clock, named, announcer, begun }: How & { readonly begun: (moment: Promise<unknown>) => Promise<unknown> },
  actor: A,
  run: (work: Work<A>) => Promise<T>,
): Promise<T> {
  // A second connection inside a transaction is how pools deadlock; ask for `work` instead.
  if (inside.getStore()) throw new Error('a transaction was opened inside a transaction')
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const beginning = begin(client, actor)
    const work = workOf(boundTo(client, named), actor, beginning, clock)
    await begun(beginning)
    const answer = await inside.run(true, () => run(work))
    const last = leftToCommit(work).map((statement) => execute(client, statement.compile(work.tx), named))
    await commit(client, [beginning, ...last])
    announcer.cry(announcedIn(work))
    return answer
  } catch (error) {
    await client.query('rollback').catch((reason: Error) => (broken = reason))
    throw error
  } finally {
    client.release(broken)
  }
}

function workOf<A extends Actor>(
  tx: Tx,
  actor: A,
  beginning: Promise<Temporal.Instant>,
  clock: (() => Temporal.Instant) | undefined,
): Work<A> {
  let now: Temporal.Instant | undefined
  beginning.then(
    (moment) => (now = clock?.() ?? moment),
    () => {}, // told by the first statement that follows
  )
  return {
    tx,
    actor,
    get now() {
      if (!now) throw new Error('the time is known after the first answer')
      return now
    },
  }
}

/** An answer for each transaction, asked for once. */
export type Once<T> = {
  /** The answer that was given under this key in this transaction, or else that of `ask`. */
  readonly ask: (work: Work, key: string, ask: () => Promise<T>) => Promise<T>
  /** The transaction has changed what was asked for. */
  readonly forget: (work: Work) => void
}

/** Several parts of a page ask for the same; the database is asked once, and all of them see the same state. */
export function oncePerWork<T>(): Once<T> {
  const answers = new WeakMap<Work, Map<string, Promise<T>>>()
  return {
    ask(work, key, ask) {
      const known = answers.get(work) ?? new Map<string, Promise<T>>()
      answers.set(work, known)
      const answer = known.get(key) ?? ask()
      known.set(key, answer)
      return answer
    },
    forget: (work) => void answers.delete(work),
  }
}

const left = new WeakMap<Work, readonly RawBuilder<unknown>[]>()

/**
 * Leaves a statement to the commit, with which it travels in one round trip. When it fails, nothing is committed and whoever
 * asked for the transaction is told; for the last writes of a verb, whose results it does not need.
 */
export function leaveToCommit(work: Work, statement: RawBuilder<unknown>): void {
  left.set(work, [...leftToCommit(work), statement])
}

export function leftToCommit(work: Work): readonly RawBuilder<unknown>[] {
  return left.get(work) ?? []
}

const announced = new WeakMap<Work, Set<string>>()

/**
 * Has every process told that an operator's queue has changed, soon after the commit and not when it fails. Outside the
 * transaction, because NOTIFY makes commits wait for one another. A process that dies in between says nothing: for screens that
 * follow a queue, never for what must not be lost, which is a job.
 */
export function announce(work: Work, operatorId: string): void {
  announced.set(work, (announced.get(work) ?? new Set()).add(operatorId))
}

function announcedIn(work: Work): ReadonlySet<string> {
  return announced.get(work) ?? new Set()
}

/** A transaction in which a statement has failed ends in a rollback, which PostgreSQL does not call an error. */
async function commit(client: PoolClient, last: readonly Promise<unknown>[]): Promise<void> {
  const [end, ...outcomes] = await Promise.allSettled([client.query('commit'), ...last])
  for (const outcome of [...outcomes, end]) if (outcome.status === 'rejected') throw outcome.reason
  if (end.status === 'fulfilled' && end.value.command !== 'COMMIT')
    throw new Error('a statement failed and nobody was told: the transaction was rolled back')
}

async function inOneTrip<Row>(
  { pool, clock, named }: How,
  actor: Actor,
  question: RawBuilder<Row>,
): Promise<{ rows: readonly Row[]; now: Temporal.Instant }> {
  if (inside.getStore()) throw new Error('a transaction was opened inside a transaction')
  const client = await pool.connect()
  let broken: Error | undefined
  try {
    const begun = begin(client, actor)
    const asked = execute<Row>(client, question.compile(boundTo(client, named)), named)
    const [now, { rows }] = await Promise.all([begun, asked, commit(client, [begun, asked])])
    return { rows, now: clock?.() ?? now }
  } catch (error) {
    await client.query('rollback').catch((reason: Error) => (broken = reason))
    throw error
  } finally {
    client.release(broken)
  }
}

/** One round trip: begin, enter the role, set what its policies compare with, read the clock. */
async function begin(client: PoolClient, actor: Actor): Promise<Temporal.Instant> {
  sendTogether(client)
  const answers = (await client.query(`begin; ${contextOf(actor)} select now() as now`)) as unknown as {
    rows: { now: Temporal.Instant }[]
  }[]
  const row = answers.at(-1)?.rows[0]
  if (!row) throw new Error('the database did not tell the time')
  return row.now
}

/**
 * The role and settings of an actor as `SET LOCAL` statements with checked literals: `SET` takes no parameters, and
 * `set_config()` does not travel to Citus workers. The only place where a value becomes part of an SQL text.
 */
function contextOf(actor: Actor): string {
  switch (actor.kind) {
    case 'member':
    case 'reader':
      return `set local role svar_customer; set local svar.organization_id = ${id(actor.organizationId)}; set local svar.operator_ids = ${ids([actor.operatorId])};`
    case 'visitor':
      return `set local role svar_customer; set local svar.operator_ids = ${ids(actor.operatorId ? [actor.operatorId] : [])};`
    case 'agent':
      return `set local role svar_agent; set local svar.operator_ids = ${ids(actor.operatorIds)};`
    case 'program':
      return actor.organizationId === null
        ? `set local role svar_agent; set local svar.operator_ids = ${ids([actor.operatorId])};`
        : `set local role svar_customer; set local svar.organization_id = ${id(actor.organizationId)}; set local svar.operator_ids = ${ids([actor.operatorId])};`
    case 'job':
      return `set local role svar_job; set local svar.operator_ids = ${ids(actor.operatorIds)};`
    case 'doorkeeper':
      return 'signInId' in actor
        ? `set local role svar_doorkeeper; set local svar.sign_in_id = ${word(actor.signInId)};`
        : `set local role svar_doorkeeper; set local svar.token_hash = ${word(actor.tokenHash)};`
  }
}

function id(value: string): string {
  if (!isId(value)) throw new Error('not an id')
  return `'${value}'`
}

function ids(values: readonly string[]): string {
  if (!values.every(isId)) throw new Error('not an id')
  return `'{${values.join(',')}}'`
}

function word(value: string): string {
  if (!/^[A-Za-z0-9_-]{1,128}$/.test(value)) throw new Error('not a word')
  return `'${value}'`
}

const adapter = new PostgresAdapter()
const compiler = new PostgresQueryCompiler()
const dialect = new PostgresDialect({ pool: async () => Promise.reject(new Error('no pool behind a transaction')) })
const driver = new PostgresDriver({ pool: async () => Promise.reject(new Error('no pool behind a transaction')) })

function boundTo(client: PoolClient, named: boolean): Tx {
  const bound = connection(client, named)
  // Not kysely's provider for single connections, which waits for one answer before it sends the next statement.
  const executor = new DefaultQueryExecutor(compiler, adapter, { provideConnection: (use) => use(bound) })
  return new Kysely({ config: { dialect }, driver, dialect, executor })
}

function connection(client: PoolClient, named: boolean): DatabaseConnection {
  return {
    executeQuery: (query) => execute(client, query, named),
    // eslint-disable-next-line require-yield
    async *streamQuery() {
      throw new Error('streaming is not used')
    },
  }
}

async function execute<R>(
  client: PoolClient,
  { sql: text, parameters }: CompiledQuery,
  named: boolean,
): Promise<QueryResult<R>> {
  const values = parameters.map(writable)
  sendTogether(client)
  const result = await client.query(named ? { name: nameOfStatement(text), text, values } : { text, values })
  return { rows: result.rows as R[], numAffectedRows: BigInt(result.rowCount ?? 0) }
}

/** What is sent to the database within one turn leaves in one packet: a write to a socket costs as much as a small query. */
function sendTogether(client: PoolClient): void {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection
  stream.cork()
  process.nextTick(() => stream.uncork())
}

const PASSING = new Set(['40001', '40P01', '57P01', '57P02', '57P03'])

/**
 * Tries again what the database took back before committing: serialization, deadlock, restart, and a row that may exist only
 * once (constraints named `…_once`) and that somebody else wrote a moment earlier: the second try finds it.
 */
async function retried<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (attempt === 3 || !passes(error as { code?: string; constraint?: string })) throw error
      await new Promise((resolve) => setTimeout(resolve, 50 * attempt))
    }
  }
}

function passes({ code = '', constraint = '' }: { readonly code?: string; readonly constraint?: string }): boolean {
  return PASSING.has(code) || (code === '23505' && constraint.endsWith('_once'))
}
