import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { foldingOf } from './rules/folding.ts'
import { looksImpersonal } from './rules/masking.ts'
import { foldIn, foldInCase, forget, takeOutcomes, unforgotten } from './store.ts'

/** Folds up to `limit` outcomes into the questions they belong to; answers how many it took. */
export async function foldOutcomes(work: Work<Job>, limit: number): Promise<number> {
  const outcomes = await takeOutcomes(work, limit)
  await foldIn(work, foldingOf(outcomes))
  for (const outcome of outcomes) if (outcome.kind === 'case') await foldInCase(work, outcome)
  return outcomes.length
}

/**
 * Takes the visit, the person and the organization off up to `limit` questions that are 30 days old, and the text off those that
 * look personal; answers how many.
 */
export async function forgetAskers(work: Work<Job>, limit: number): Promise<number> {
  const questions = await unforgotten(work, work.actor.operatorIds, limit)
  if (questions.length > 0)
    await forget(
      work,
      questions.map(({ text, ...one }) => ({ ...one, keepsText: looksImpersonal(text) })),
    )
  return questions.length
}
