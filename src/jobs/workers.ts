import { PgBoss } from 'pg-boss'
import type { ConstructorOptions } from 'pg-boss'
import type { JobData, Queue } from './enqueue.ts'
import { QUEUES } from './enqueue.ts'

/** Does one job; throwing has it tried again with growing pauses. */
export type Worker = (data: JobData) => Promise<void>

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
  onError: (error: unknown) => void,
): Promise<Workers> {
  const boss = new PgBoss({ ...connection, ...OPTIONS, options: '-c role=svar_boss', max: 3 })
  boss.on('error', onError)
  await boss.start()
  const ids: string[] = []
  const nudge = rarely(() => ids.forEach((id) => boss.notifyWorker(id)))
  for (const queue of QUEUES.flatMap((one) => Array.from({ length: WORKERS_PER_QUEUE }, () => one))) {
    const settings = { pollingIntervalSeconds: 2, batchSize: queue === 'mail' ? 1 : 50, perJobResults: true } as const
    const work = async (jobs: readonly Job[]) => {
      const outcomes = await outcomesOf(workers[queue], jobs, onError)
      // Where there was a job there may be another, and a reaction may have written a mail.
      nudge()
      return outcomes
    }
    ids.push(await boss.work<JobData>(queue, settings, work))
  }
  return { nudge, stop: () => boss.stop({ graceful: true, timeout: 8000 }) }
}

type Job = { readonly id: string; readonly data: JobData }

const NUDGE_MILLISECONDS = 50

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

/** One after the other: customers come first, and a batch at once would take the connections they wait for. */
async function outcomesOf(worker: Worker, jobs: readonly Job[], onError: (error: unknown) => void) {
  const outcomes = []
  for (const job of jobs) outcomes.push(await outcomeOf(worker, job, onError))
  return outcomes
}

async function outcomeOf(
  worker: Worker,
  { id, data }: { readonly id: string; readonly data: JobData },
  onError: (error: unknown) => void,
) {
  try {
    await worker(data)
    return { id, status: 'completed' as const }
  } catch (error) {
    onError(error)
    return { id, status: 'failed' as const }
  }
}
