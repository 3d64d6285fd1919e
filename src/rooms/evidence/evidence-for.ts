import type { Work } from '../../database/work.ts'
import { looksImpersonal } from './rules/masking.ts'
import { weightOf } from './rules/weighing.ts'
import { supportOf } from './store.ts'

/** A way people ask what an article answers. */
export type Asked = {
  /** The commonest wording of its group, or the one a lead has taught; masked, at most 200 characters. */
  readonly text: string
  /** Above 0, at most 10: see `weightOf`. */
  readonly weight: number
}

/**
 * What people asked who ended with an article, by article id: the heaviest 50 of each, heaviest first. Only what at least two
 * different visits say, or a support lead has taught; nothing in it tells who asked. One query; changes as people search, so whoever
 * indexes it decides how often to read it.
 */
export async function evidenceFor(
  work: Work,
  shelf: { readonly operatorId: string; readonly language: string },
): Promise<ReadonlyMap<string, readonly Asked[]>> {
  const rows = (await supportOf(work, shelf)).flatMap(({ articleId, text, ...support }) => {
    const weight = support.taught || looksImpersonal(text) ? weightOf(support) : 0
    return weight > 0 ? [{ articleId, text, weight }] : []
  })
  const byArticle = [...Map.groupBy(rows, ({ articleId }) => articleId)]
  return new Map(byArticle.map(([id, asked]) => [id, heaviest(asked)]))
}

const MOST = 50

function heaviest(asked: readonly Asked[]): readonly Asked[] {
  return asked
    .map(({ text, weight }) => ({ text, weight }))
    .toSorted((one, other) => other.weight - one.weight)
    .slice(0, MOST)
}
