import { setTimeout as pause } from 'node:timers/promises'
import { LOCALES } from '../base/locale.ts'
import type { Database } from '../database/work.ts'
import { keepEvidence } from '../rooms/answers/index.ts'
import { restlessDesks, tendCalls } from '../rooms/callbacks/index.ts'
import { wakeCases } from '../rooms/cases/index.ts'
import { tellStaff } from '../rooms/channels/index.ts'
import { forgetDeliveries, sendDigests } from '../rooms/health-notices/index.ts'
import type { NoticeLinks } from '../rooms/health-notices/index.ts'
import { forgetTokens } from '../rooms/programs/index.ts'
import { keepRelations } from '../rooms/rights/index.ts'
import type { LinkToAgent } from '../rooms/channels/index.ts'
import { publishArticles } from '../rooms/self-help/index.ts'
import type { Operators } from './operators.ts'

export type Watch = { stop(): Promise<void> }

const SECOND_MILLISECONDS = 1000
const CASES_AT_ONCE = 200
const QUESTIONS_AT_ONCE = 500
const RELATIONS_AT_ONCE = 100
const TOKENS_AT_ONCE = 5000
const DIGESTS_AT_ONCE = 200
const DELIVERIES_AT_ONCE = 5000
const HOUR_MILLISECONDS = 3_600_000
/** The status files say that they are renewed so often. */
const FRESH_MILLISECONDS = 300_000

/**
 * Looks every second for what has become due by itself, in all processes: warnings, breaches, reminders, partners' terms, digests, what
 * came of questions. A case is taken by one of them and by the others passed over. One walk of an index when nothing is due; in batches, one commit
 * each, when much is. Every hour search learns what people's questions were answered by, and
 * tokens that are over are forgotten, and old messages to webhooks.
 */
export function startWatch(
  database: Database,
  operators: Operators,
  {
    publicUrl,
    links,
    publishStatus,
    onError,
    nudge,
  }: {
    readonly publicUrl: string
    readonly links: NoticeLinks
    /** Writes an operator's public status anew, so that its files say that they are fresh; undefined where nobody wants them. */
    readonly publishStatus: ((operatorId: string) => Promise<void>) | undefined
    readonly onError: (error: unknown) => void
    readonly nudge: () => void
  },
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
    if ((await database.work({ kind: 'job', operatorIds }, (work) => keepRelations(work, RELATIONS_AT_ONCE))) > 0)
      nudge()
    for (let more = true; more && !ending.signal.aborted;) {
      const due = await database.work({ kind: 'job', operatorIds }, (work) => sendDigests(work, DIGESTS_AT_ONCE, links))
      more = due === DIGESTS_AT_ONCE
      if (due > 0) nudge()
    }
    if ((await database.work({ kind: 'job', operatorIds }, (work) => tellStaff(work, linkTo))) > 0) nudge()
    while (
      !ending.signal.aborted &&
      (await database.work({ kind: 'job', operatorIds }, (work) => keepEvidence(work, QUESTIONS_AT_ONCE)))
    );
  }
  const learn = async () => {
    const all = await operators.all()
    const operatorIds = all.map(({ operatorId }) => operatorId)
    while (
      !ending.signal.aborted &&
      (await database.work({ kind: 'job', operatorIds }, (work) => forgetTokens(work, TOKENS_AT_ONCE)))
    );
    while (
      !ending.signal.aborted &&
      (await database.work({ kind: 'job', operatorIds }, (work) => forgetDeliveries(work, DELIVERIES_AT_ONCE)))
    );
    for (const { operatorId } of all)
      for (const language of LOCALES)
        if (!ending.signal.aborted)
          await database.work({ kind: 'job', operatorIds: [operatorId] }, (work) =>
            publishArticles(work, { operatorId, language }),
          )
  }
  const every = async (milliseconds: number, act: () => Promise<void>) => {
    const paused = () => pause(milliseconds, undefined, { signal: ending.signal }).catch(() => {})
    for (; !ending.signal.aborted; await paused()) await act().catch(onError)
  }
  const refresh = async () => {
    if (publishStatus) for (const { operatorId } of await operators.all()) await publishStatus(operatorId)
  }
  const watching = Promise.all([
    every(SECOND_MILLISECONDS, look),
    every(HOUR_MILLISECONDS, learn),
    every(FRESH_MILLISECONDS, refresh),
  ])
  return {
    async stop() {
      ending.abort()
      await watching
    },
  }
}
