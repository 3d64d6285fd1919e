import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../database/work.ts'
import { keepEvidence } from '../rooms/answers/index.ts'
import { restlessDesks, tendCalls } from '../rooms/callbacks/index.ts'
import { wakeCases } from '../rooms/cases/index.ts'
import { tellStaff } from '../rooms/channels/index.ts'
import type { LinkToAgent } from '../rooms/channels/index.ts'
import type { Operators } from './operators.ts'

export type Watch = { stop(): Promise<void> }

const PAUSE_MILLISECONDS = 1000
const CASES_AT_ONCE = 200
const QUESTIONS_AT_ONCE = 500

/**
 * Looks every second for what has become due by itself, in all processes: warnings, breaches, reminders, what came of questions. A case is taken by one of
 * them and by the others passed over. One walk of an index when nothing is due; in batches, one commit each, when much is.
 */
export function startWatch(
  database: Database,
  operators: Operators,
  {
    publicUrl,
    onError,
    nudge,
  }: { readonly publicUrl: string; readonly onError: (error: unknown) => void; readonly nudge: () => void },
): Watch {
  const ending = new AbortController()
  const look = async () => {
    const all = await operators.all()
    const operatorIds = all.map(({ operatorId }) => operatorId)
    const slugs = new Map(all.map(({ operatorId, slug }) => [operatorId, slug]))
    const linkTo: LinkToAgent = (operatorId, number) => `${publicUrl}/${slugs.get(operatorId)}/agent/cases/${number}`
    if (operatorIds.length === 0) return
    for (let more = true; more && !ending.signal.aborted;) {
      const woken = await database.work({ kind: 'job', operatorIds }, (work) => wakeCases(work, CASES_AT_ONCE))
      more = woken === CASES_AT_ONCE
      if (woken > 0) nudge()
    }
    for (const operatorId of await database.work({ kind: 'job', operatorIds }, restlessDesks))
      await database.work({ kind: 'job', operatorIds: [operatorId] }, (work) => tendCalls(work, operatorId))
    if ((await database.work({ kind: 'job', operatorIds }, (work) => tellStaff(work, linkTo))) > 0) nudge()
    while (
      !ending.signal.aborted &&
      (await database.work({ kind: 'job', operatorIds }, (work) => keepEvidence(work, QUESTIONS_AT_ONCE)))
    );
  }
  const watching = (async () => {
    while (!ending.signal.aborted) {
      await look().catch(onError)
      await pause(PAUSE_MILLISECONDS, undefined, { signal: ending.signal }).catch(() => {})
    }
  })()
  return {
    async stop() {
      ending.abort()
      await watching
    },
  }
}
