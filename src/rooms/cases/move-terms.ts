import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import { historyOf } from './history.ts'
import { changeOf } from './record.ts'
import { nextOwed } from './rules/keeping.ts'
import { casesToChange, writeChanges } from './store.ts'
import type { CaseChange, WakingCase } from './store.ts'

/** What newer terms do to one open case: when the operator owes its next answer before and after; null for no moment. */
export type MovedCase = { readonly number: string; readonly before: string | null; readonly after: string | null }

export type MovedTerms = {
  readonly moved: readonly MovedCase[]
  /** The last case that was looked at; undefined when there are no more. */
  readonly last: Pick<WakingCase, 'organizationId' | 'caseId'> | undefined
}

/**
 * Moves up to `limit` open cases to the charter in force: every unmet clock is reckoned from its start under the new terms, none is
 * breached by it, and what was met or breached stays. Each case records who did it. With `preview` nothing is written. Cases keep
 * the terms they were opened under unless somebody does this. Source: response-targets rule 17.
 */
export async function moveTerms(
  work: Work<Job>,
  operatorId: string,
  how: {
    readonly by: string
    readonly preview: boolean
    readonly limit: number
    readonly after?: MovedTerms['last']
  },
): Promise<MovedTerms> {
  const { version } = await charterInForce(work, operatorId)
  const some = await casesToChange(work, operatorId, how)
  const moved: MovedCase[] = []
  const changes: CaseChange[] = []
  for (const one of some) {
    const history = await historyOf(work, operatorId, one.events, work.now, [version])
    if (history.state.closedAt !== undefined || history.state.version === version) continue
    const change = changeOf(
      { found: one, lastEvent: one.lastEvent, history },
      [{ kind: 'terms.moved', payload: { version: String(version), by: how.by } }],
      {},
      work.now,
    )
    const owed = nextOwed(history.state)
    const before = owed ? Temporal.Instant.fromEpochMilliseconds(owed.due).toString() : null
    moved.push({ number: one.number, before, after: change.owed.dueKind === null ? null : change.owed.dueAt })
    changes.push(change)
  }
  if (!how.preview) await writeChanges(work, changes)
  return { moved, last: some.length === how.limit ? some.at(-1) : undefined }
}
