import type { Agent } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { groupKeyOf } from './rules/grouping.ts'
import { maskText } from './rules/masking.ts'
import { insertTaught, withdrawTaught } from './store.ts'

/** A phrase and the article that answers it; `wordsOf` cuts it as search does. */
export type Lesson = {
  readonly operatorId: string
  readonly language: string
  readonly articleId: string
  readonly phrase: string
  readonly wordsOf: (text: string) => readonly string[]
}

/** Attaches a phrase people use to an article, on record with who did. Whether he may is asked by the caller. */
export async function teach(work: Work<Agent>, { wordsOf, phrase, ...of }: Lesson): Promise<void> {
  const masked = maskText(phrase)
  await insertTaught(work, { ...of, phrase: masked, groupKey: groupKeyOf(wordsOf(masked)) })
}

/** Takes it back, on record too. */
export async function unteach(work: Work<Agent>, { wordsOf, phrase, ...of }: Lesson): Promise<void> {
  await withdrawTaught(work, { ...of, groupKey: groupKeyOf(wordsOf(maskText(phrase))) })
}
