import type { Locale } from '../../base/locale.ts'
import type { Agent } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import { requireLead } from '../people/index.ts'
import { statesOf } from './open-editor.ts'
import type { Review } from './open-editor.ts'
import type { TranslationState } from './rules/translation.ts'
import { draftsOfAll, listed } from './store.ts'
import type { DraftLine, ListedRow, Wanted } from './store.ts'

export type Listed = ListedRow & {
  readonly title: string
  readonly titleLanguage: Locale
  readonly states: Readonly<Partial<Record<Locale, TranslationState>>>
}

export type ArticleList = {
  readonly languages: readonly Locale[]
  readonly review: Review
  readonly articles: readonly Listed[]
  /** Whether there are more after the last. */
  readonly more: boolean
  readonly waiting: readonly DraftLine[]
  readonly mine: readonly DraftLine[]
}

const DRAFTS = 200

/** A page of articles with their state in each language, and the drafts that wait. For support leads only. */
export async function listArticles(work: Work<Agent>, operatorId: string, wanted: Wanted): Promise<ArticleList> {
  await requireLead(work, operatorId)
  const { charter } = await charterInForce(work, operatorId)
  const { languages } = charter
  const rows = await listed(work, operatorId, { ...wanted, limit: wanted.limit + 1 })
  const drafts = await draftsOfAll(work, operatorId, DRAFTS)
  return {
    languages,
    review: charter.selfHelp.review,
    articles: rows.slice(0, wanted.limit).map((row) => listedAs(row, languages)),
    more: rows.length > wanted.limit,
    waiting: drafts.filter(({ state }) => state === 'submitted'),
    mine: drafts.filter(({ agentId, state }) => agentId === work.actor.agentId && state !== 'submitted'),
  }
}

/** Named in its source language, else in the first of the operator's that it has. */
function listedAs(row: ListedRow, languages: readonly Locale[]): Listed {
  const { texts, sourceLanguage, draftTitle, articleId } = row
  const order = [...(sourceLanguage ? [sourceLanguage] : []), ...languages]
  const named = order.flatMap((language) => texts.find((one) => one.language === language) ?? [])[0] ?? texts[0]
  const language = sourceLanguage ?? named?.language ?? languages[0] ?? 'en'
  return {
    ...row,
    title: named?.title ?? draftTitle ?? articleId,
    titleLanguage: named?.language ?? language,
    states: statesOf(languages, { sourceLanguage: language }, texts),
  }
}
