import { setTimeout as pause } from 'node:timers/promises'
import { PgBoss } from 'pg-boss'
import type { ConstructorOptions } from 'pg-boss'
import type { JobData, Queue } from './enqueue.ts'
import { QUEUES } from './enqueue.ts'

/** Does one job; throwing has it tried again with growing pauses. */
export type Worker = (data: JobData) => Promise<void>

/**
 * Commits without waiting for the disk. What is done and the word that it is done come to the disk in order, so a crash of the
 * database takes both back, and the job is done again. Not for what must not be done twice, such as marking a mail as sent.
 */
export const UNHURRIED = '-c synchronous_commit=off'

export type Workers = {
  /** Looks for work at once instead of at the next poll: said after each answer that may have made some. */
  nudge(): void
  stop(): Promise<void>
}

/** Jobs of a process that was killed are given to others once their heartbeat is missed: looked for this often. */
const SUPERVISED = { supervise: true, superviseIntervalSeconds: 5, monitorIntervalSeconds: 5 } as const
const OPTIONS = {
  schema: 'pgboss',
  ...SUPERVISED,
  schedule: false,
  migrate: false,
  createSchema: false,
  monitorVacuum: false,
} as const
const WORKERS_PER_QUEUE = 2

/** Makes pg-boss's tables and the queues, and lets each role insert jobs but read none. `url` must be the owner's. */
export async function migrateJobs(url: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    options: '-c role=svar_owner',
    schema: 'pgboss',
    supervise: false,
    schedule: false,
    createSchema: false,
    max: 1,
  })
  boss.on('error', () => {})
  await boss.start()
  for (const queue of QUEUES) if (!(await boss.getQueue(queue))) await boss.createQueue(queue)
  const db = boss.getDb()
  await db.executeSql(GRANTS)
  await boss.stop({ graceful: false })
}

const GRANTS = `
  grant usage on schema pgboss to svar_boss, svar_customer, svar_agent, svar_job;
  grant select, insert, update, delete on all tables in schema pgboss to svar_boss;
  grant usage on all sequences in schema pgboss to svar_boss;
  grant execute on all functions in schema pgboss to svar_boss;
  grant insert on pgboss.job to svar_customer, svar_agent, svar_job;`

/** Starts working: a few jobs of each queue at a time, as long as there are any; then polled every two seconds and whenever nudged. */
export async function startWorkers(
  connection: ConstructorOptions,
  workers: Readonly<Record<Queue, Worker>>,
  { onError, isBusy }: { readonly onError: (error: unknown) => void; readonly isBusy: () => boolean },
): Promise<Workers> {
  const boss = new PgBoss({ ...connection, ...OPTIONS, options: `-c role=svar_boss ${UNHURRIED}`, max: 3 })
  boss.on('error', onError)
  await boss.start()
  const turn = turns(isBusy)
  const ids: string[] = []
  // One worker of each queue is enough to look; a full batch keeps it going, and the others poll.
  const nudge = rarely(() => ids.slice(0, QUEUES.length).forEach((id) => boss.notifyWorker(id)))
  for (const queue of Array.from({ length: WORKERS_PER_QUEUE }, () => QUEUES).flat()) {
    // One mail after the other, each marked by itself: a crash costs a copy of the one under way, however many were fetched.
    const batchSize = queue === 'mail' ? 10 : 50
    const settings = { pollingIntervalSeconds: 2, batchSize, perJobResults: true } as const
    const id = await boss.work<JobData>(queue, settings, async (jobs) => {
      const manners = { turn, onError }
      const outcomes = await (queue === 'outside' ? atOnce : outcomesOf)(workers[queue], jobs, manners)
      // A full batch: there may be more at once. Otherwise a reaction may have written a mail.
      if (jobs.length === batchSize) boss.notifyWorker(id)
      else nudge()
      return outcomes
    })
    ids.push(id)
  }
  return { nudge, stop: () => boss.stop({ graceful: true, timeout: 8000 }) }
}

type Job = { readonly id: string; readonly data: JobData }

const NUDGE_MILLISECONDS = 100

/** At most once per pause, and once after the last call: under load, jobs are fetched by the dozen instead of one by one. */
function rarely(act: () => void): () => void {
  let waiting = false
  return () => {
    if (waiting) return
    waiting = true
    setTimeout(() => {
      waiting = false
      act()
    }, NUDGE_MILLISECONDS).unref()
  }
}

const TURN_MILLISECONDS = 10

/** Customers come first: while this process answers requests, all its workers together begin one job every ten milliseconds. */
function turns(isBusy: () => boolean): () => Promise<void> {
  let last = Promise.resolve()
  const next = async (before: Promise<void>) => {
    await before
    if (isBusy()) await pause(TURN_MILLISECONDS)
  }
  return () => (last = next(last))
}

type Manners = { readonly turn: () => Promise<void>; readonly onError: (error: unknown) => void }

/** One after the other: a batch at once would take the connections that customers wait for. */
async function outcomesOf(worker: Worker, jobs: readonly Job[], { turn, onError }: Manners) {
  const outcomes = []
  for (const { id, data } of jobs) {
    await turn()
    outcomes.push({ id, status: await statusOf(worker, data, onError) })
  }
  return outcomes
}

/** Others' machines take their time, in which the database is not needed. */
async function atOnce(worker: Worker, jobs: readonly Job[], { onError }: Manners) {
  return Promise.all(jobs.map(async ({ id, data }) => ({ id, status: await statusOf(worker, data, onError) })))
}

type Status = 'completed' | 'failed'

async function statusOf(work: Worker, data: JobData, onError: (error: unknown) => void): Promise<Status> {
  try {
    await work(data)
    return 'completed'
  } catch (error) {
    onError(error)
    return 'failed'
  }
}
