import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { foldOutcomes, forgetAskers, settleQuestions } from '../evidence/index.ts'
import { unsettled } from './store.ts'

/**
 * Does what has become due on questions, up to `limit` of each kind: outcomes are folded in, questions settled after seven days with
 * the cases that followed, and askers forgotten after thirty. Answers whether there may be more.
 */
export async function keepEvidence(work: Work<Job>, limit: number): Promise<boolean> {
  const folded = await foldOutcomes(work, limit)
  const due = await unsettled(work, work.actor.operatorIds, limit)
  if (due.length > 0) await settleQuestions(work, due)
  const forgotten = await forgetAskers(work, limit)
  return Math.max(folded, due.length, forgotten) === limit
}
