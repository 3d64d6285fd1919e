import { Refused } from '../../base/refused.ts'
import type { Locale } from '../../base/locale.ts'
import type { Agent } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import { requireLead } from '../people/index.ts'
import type { Place } from './event.ts'
import { translationState } from './rules/translation.ts'
import type { TranslationState } from './rules/translation.ts'
import { draftsOf, folderOf, newestVersions, ownArticle } from './store.ts'
import type { DraftRow, OwnArticle, VersionRow } from './store.ts'

/** Whether another lead has to approve what is published. */
export type Review = 'required' | 'optional'

/** Everything the editor shows of an article in one language. */
export type Editor = {
  readonly article: OwnArticle
  readonly language: Locale
  readonly review: Review
  readonly states: Readonly<Partial<Record<Locale, TranslationState>>>
  /** What readers see; undefined before the first version. */
  readonly current: VersionRow | undefined
  /** What this language is translated from; undefined for the source itself, and before the source is published. */
  readonly source: VersionRow | undefined
  readonly mine: DraftRow | undefined
  readonly others: readonly DraftRow[]
  /** Somebody published after my draft was begun. */
  readonly outdated: boolean
}

/**
 * Opens an article for writing. For support leads only; `not-found` where there is none, `article-not-here` for one from a folder,
 * `invalid-input` for a language that the operator does not have.
 */
export async function openEditor(work: Work<Agent>, { operatorId, articleId, language }: Place): Promise<Editor> {
  await requireLead(work, operatorId)
  const { charter } = await charterInForce(work, operatorId)
  if (!charter.languages.includes(language)) throw new Refused('invalid-input', { language: { code: 'not-an-option' } })
  const article = await articleHere(work, operatorId, articleId)
  const newest = await newestVersions(work, operatorId, articleId)
  const drafts = await draftsOf(work, { operatorId, articleId, language })
  const mine = drafts.find(({ agentId }) => agentId === work.actor.agentId)
  const current = newest.find((one) => one.language === language)
  const source = newest.find((one) => one.language === article.sourceLanguage)
  return {
    article,
    language,
    review: charter.selfHelp.review,
    states: statesOf(charter.languages, article, newest),
    current,
    source: language === article.sourceLanguage ? undefined : source,
    mine,
    others: drafts.filter((one) => one !== mine),
    outdated: mine !== undefined && mine.basedOn !== (current?.version ?? 0),
  }
}

/** An article that was written here. `article-not-here` for one from a folder, `not-found` for none at all. */
export async function articleHere(work: Work<Agent>, operatorId: string, articleId: string): Promise<OwnArticle> {
  const article = await ownArticle(work, operatorId, articleId)
  if (article) return article
  throw new Refused((await folderOf(work, operatorId, articleId)) === undefined ? 'not-found' : 'article-not-here')
}

type Text = { readonly language: Locale; readonly version: number; readonly translatedFrom: number | null }

/** How an article stands in each of the operator's languages. */
export function statesOf(
  languages: readonly Locale[],
  { sourceLanguage }: { readonly sourceLanguage: Locale },
  texts: readonly Text[],
): Readonly<Partial<Record<Locale, TranslationState>>> {
  const of = (language: Locale) => texts.find((one) => one.language === language)
  const source = of(sourceLanguage)?.version
  return Object.fromEntries(
    languages.map((one) => [one, translationState(of(one), { isSource: one === sourceLanguage, source })]),
  )
}
