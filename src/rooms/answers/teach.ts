import type { Locale } from '../../base/locale.ts'
import type { Agent } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { taughtPhrases, teach, unteach } from '../evidence/index.ts'
import type { TaughtRow } from '../evidence/index.ts'
import { requireLead } from '../people/index.ts'
import { articleFor, groupingWords, search } from '../self-help/index.ts'
import type { Found } from '../self-help/index.ts'

export type Phrase = { readonly language: Locale; readonly phrase: string; readonly articleId: string }

const SHOWN = 200
const OFFERED = 10

/** Articles that may answer a phrase, by another question where one is given, and what is taught already. For support leads only. */
export async function articlesToTeach(
  work: Work<Agent>,
  operatorId: string,
  { language, q }: { readonly language: Locale; readonly q: string },
): Promise<{ readonly found: readonly Found[]; readonly taught: readonly TaughtRow[] }> {
  await requireLead(work, operatorId)
  const found = await search(work, { operatorId, language, q, limit: OFFERED })
  const taught = await taughtPhrases(work, { operatorId, language, limit: SHOWN })
  // Search falls back to other languages; a phrase is taught to the article of its own.
  return { found: found.filter((one) => one.language === language), taught }
}

/** Says that an article answers a phrase. For support leads only; `not-found` where there is no such article in that language. */
export async function teachPhrase(work: Work<Agent>, operatorId: string, of: Phrase): Promise<void> {
  await requireLead(work, operatorId)
  const article = await articleFor(work, operatorId, of.articleId, of.language)
  await teach(work, { ...of, operatorId, articleId: article.id, wordsOf: (text) => groupingWords(text, of.language) })
}

/** Takes that back. For support leads only. */
export async function unteachPhrase(work: Work<Agent>, operatorId: string, of: Phrase): Promise<void> {
  await requireLead(work, operatorId)
  await unteach(work, { ...of, operatorId, wordsOf: (text) => groupingWords(text, of.language) })
}
