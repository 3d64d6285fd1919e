import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import type { Charter } from '../entitlements/index.ts'
import { promise } from './rules/opening.ts'
import { awaitingFirstAnswer } from './store.ts'
import type { AwaitingFirstAnswer } from './store.ts'

/** An open case whose first answer another charter would owe at another time; null where it would promise none. */
export type MovingCase = {
  readonly number: string
  readonly due: Temporal.Instant
  readonly wouldBeDue: Temporal.Instant | null
}

export type Moves = {
  readonly same: number
  readonly earlier: readonly MovingCase[]
  readonly later: readonly MovingCase[]
  readonly unpromised: readonly MovingCase[]
}

const PAGE = 1000

/**
 * When the open cases that wait for their first answer would be due, had they been received under another charter instead
 * of this one. Nothing moves by it: open cases keep their terms.
 */
export async function wouldBeDue(
  work: Work<Job>,
  operatorId: string,
  { inForce, next }: { readonly inForce: Charter; readonly next: Charter },
): Promise<Moves> {
  const moves = { same: 0, earlier: [] as MovingCase[], later: [] as MovingCase[], unpromised: [] as MovingCase[] }
  for (let dueAfter: Temporal.Instant | undefined; ;) {
    const page = await awaitingFirstAnswer(work, operatorId, { dueAfter, limit: PAGE })
    for (const one of page) {
      const [due, would] = [dueUnder(inForce, one) ?? one.dueAt, dueUnder(next, one)]
      if (would?.equals(due)) moves.same++
      else moves[wayOf(due, would)].push({ number: one.number, due, wouldBeDue: would ?? null })
    }
    if (page.length < PAGE) return moves
    dueAfter = page.at(-1)?.dueAt
  }
}

function dueUnder(charter: Charter, { startedAt, ...asked }: AwaitingFirstAnswer): Temporal.Instant | undefined {
  return promise(charter, asked, startedAt)?.due
}

function wayOf(due: Temporal.Instant, would: Temporal.Instant | undefined): 'earlier' | 'later' | 'unpromised' {
  if (!would) return 'unpromised'
  return Temporal.Instant.compare(would, due) < 0 ? 'earlier' : 'later'
}
