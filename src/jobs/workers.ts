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

const OPTIONS = { schema: 'pgboss', supervise: true, schedule: false, migrate: false, createSchema: false, monitorVacuum: false } as const

/** Makes pg-boss's tables and the queues, and lets each role insert jobs but read none. `url` must be the owner's. */
export async function migrateJobs(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, options: '-c role=svar_owner', schema: 'pgboss', supervise: false, schedule: false, createSchema: false, max: 1 })
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

/** Starts working: a few jobs of each queue at a time, polled every two seconds and whenever nudged. */
export async function startWorkers(connection: ConstructorOptions, workers: Readonly<Record<Queue, Worker>>, onError: (error: unknown) => void): Promise<Workers> {
  const boss = new PgBoss({ ...connection, ...OPTIONS, options: '-c role=svar_boss', max: 3 })
  boss.on('error', onError)
  await boss.start()
  const ids: string[] = []
  for (const queue of QUEUES) {
    const settings = { pollingIntervalSeconds: 2, batchSize: queue === 'mail' ? 1 : 20, perJobResults: true, localConcurrency: 2 } as const
    ids.push(await boss.work<JobData>(queue, settings, (jobs) => Promise.all(jobs.map((job) => outcomeOf(workers[queue], job, onError)))))
  }
  return { nudge: () => ids.forEach((id) => boss.notifyWorker(id)), stop: () => boss.stop({ graceful: true, timeout: 8000 }) }
}

async function outcomeOf(worker: Worker, { id, data }: { readonly id: string; readonly data: JobData }, onError: (error: unknown) => void) {
  try {
    await worker(data)
    return { id, status: 'completed' as const }
  } catch (error) {
    onError(error)
    return { id, status: 'failed' as const }
  }
}
