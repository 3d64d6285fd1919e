import { parseArgs } from 'node:util'
import '../src/app/reactions.ts'
import { replayAll } from '../src/app/replay.ts'
import { newId } from '../src/base/ids.ts'
import { openDatabase } from '../src/database/work.ts'
import type { Job } from '../src/database/actor.ts'
import type { Work } from '../src/database/work.ts'
import { historyOf } from '../src/rooms/cases/history.ts'
import { changeOf } from '../src/rooms/cases/record.ts'
import type { Happening } from '../src/rooms/cases/record.ts'
import { casesToChange, writeChanges } from '../src/rooms/cases/store.ts'
import type { CaseChange } from '../src/rooms/cases/store.ts'
import { openGround } from './ground.ts'
import { seedCases } from './seed-cases.ts'

/*
 * Rule 1: clocks are a function of the events. Many cases live through days of answers, questions, replies, pauses, severities,
 * closings and reopenings, each event written by itself as the product writes it; then all clocks are built anew from all events at
 * once. Run with: node --import tsx bench/replay.ts [--cases 100000] [--days 4]
 */

export type ReplayFigures = {
  readonly cases: number
  readonly clocks: number
  readonly differences: number
  readonly perSecond: number
}

export async function measureReplay(options: {
  readonly cases: number
  readonly days: number
}): Promise<ReplayFigures> {
  const ground = await openGround()
  let now = Temporal.Now.instant()
  try {
    const { operatorId } = await ground.make('svar_replay')
    await seedCases(ground.url('svar_replay'), { operatorId, cases: options.cases })
    const login = new URL(ground.url('svar_replay'))
    login.username = 'svar_login'
    const database = openDatabase({ connectionString: login.href, max: 2, clock: () => now })
    const job: Job = { kind: 'job', operatorIds: [operatorId] }
    try {
      for (let day = 0; day < options.days; day++) {
        now = now.add({ hours: 7 + (day % 3) * 9 })
        let after: { organizationId: string; caseId: string } | undefined
        do {
          after = await database.work(job, (work) => live(work, operatorId, after))
        } while (after)
      }
      const start = performance.now()
      const { cases, clocks, differences } = await replayAll(database)
      for (const one of differences.slice(0, 5)) console.error(one)
      const perSecond = cases / ((performance.now() - start) / 1000)
      return { cases, clocks, differences: differences.length, perSecond }
    } finally {
      await database.end()
    }
  } finally {
    await ground.end()
  }
}

type Key = { readonly organizationId: string; readonly caseId: string }
const BATCH = 500

/** Something happens to each of the next cases; answers the last of them. */
async function live(work: Work<Job>, operatorId: string, after: Key | undefined): Promise<Key | undefined> {
  const some = await casesToChange(work, operatorId, { limit: BATCH, after })
  const changes: CaseChange[] = []
  for (const one of some) {
    const history = await historyOf(work, operatorId, one.events, work.now)
    const happening = somethingIn(history.state.closedAt === undefined, history.state.severity)
    changes.push(changeOf({ found: one, lastEvent: one.lastEvent, history }, [happening], {}, work.now))
  }
  await writeChanges(work, changes)
  return some.length === BATCH ? some.at(-1) : undefined
}

function somethingIn(open: boolean, from: string): Happening {
  const messageId = newId()
  if (!open) return { kind: 'case.reopened', payload: { messageId } }
  const to = ['A', 'B', 'C'][Math.floor(Math.random() * 3)] ?? 'B'
  const all: readonly Happening[] = [
    { kind: 'case.answered', payload: { messageId } },
    { kind: 'case.questioned', payload: { messageId } },
    { kind: 'case.replied', payload: { messageId } },
    { kind: 'case.noted', payload: { messageId } },
    { kind: 'clock.paused', payload: { reason: 'third-party', messageId } },
    { kind: 'clock.resumed', payload: { reason: 'agent' } },
    { kind: 'severity.changed', payload: { from, to, reason: 'impact-changed', text: '' } },
    { kind: 'case.closed', payload: { reason: 'agent' } },
  ]
  return all[Math.floor(Math.random() * all.length)] ?? { kind: 'case.taken', payload: {} }
}

if (import.meta.filename === process.argv[1]) {
  const { values } = parseArgs({
    options: { cases: { type: 'string', default: '100000' }, days: { type: 'string', default: '4' } },
  })
  console.table([await measureReplay({ cases: Number(values.cases), days: Number(values.days) })])
}
