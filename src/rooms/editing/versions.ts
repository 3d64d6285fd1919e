import { randomBytes } from 'node:crypto'
import { newId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Agent } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { requireLead } from '../people/index.ts'
import { articleFor, markdownOf } from '../self-help/index.ts'
import { recordEvent } from './event.ts'
import type { Place } from './event.ts'
import { articleHere } from './open-editor.ts'
import { articleIdFrom } from './rules/article-id.ts'
import {
  articleEvents,
  bringLater,
  insertArticle,
  insertDraft,
  insertVersion,
  newestVersions,
  setRetired,
  versionOf,
  versionsIn,
} from './store.ts'
import type { EventRow, OwnArticle, VersionRow } from './store.ts'

const SHOWN = 100

export type History = {
  readonly article: OwnArticle
  /** The newest first. */
  readonly versions: readonly VersionRow[]
  readonly events: readonly EventRow[]
}

/** What was published of an article in one language, and what was done with it. For support leads only. */
export async function historyOf(work: Work<Agent>, place: Place): Promise<History> {
  await requireLead(work, place.operatorId)
  const article = await articleHere(work, place.operatorId, place.articleId)
  return {
    article,
    versions: await versionsIn(work, place, SHOWN),
    events: await articleEvents(work, place, SHOWN),
  }
}

/**
 * Publishes an earlier text again, as a new version: it was reviewed when it was first published. For support leads only; `not-found`
 * where there is no such version. The newest one is left as it is.
 */
export async function rollBack(work: Work<Agent>, place: Place, version: number): Promise<void> {
  const { operatorId, articleId, language } = place
  const lead = await requireLead(work, operatorId)
  await articleHere(work, operatorId, articleId)
  const before = await versionOf(work, place, version)
  const newest = (await newestVersions(work, operatorId, articleId)).find((one) => one.language === language)
  if (!before || !newest) throw new Refused('not-found')
  if (newest.version === version) return
  const next = newest.version + 1
  await insertVersion(work, { ...before, ...place, version: next, rolledBackTo: version, writtenBy: lead.agentId })
  await recordEvent(work, place, 'rolled-back', { version: next, to: version })
  bringLater(work, place)
}

/** Takes an article from readers in every language; its texts stay. For support leads only. */
export async function retireArticle(work: Work<Agent>, operatorId: string, articleId: string): Promise<void> {
  await setReadable(work, operatorId, articleId, 'retired')
}

/** Gives a retired article back to readers, in every language it was published in. For support leads only. */
export async function restoreArticle(work: Work<Agent>, operatorId: string, articleId: string): Promise<void> {
  await setReadable(work, operatorId, articleId, 'restored')
}

async function setReadable(
  work: Work<Agent>,
  operatorId: string,
  articleId: string,
  kind: 'retired' | 'restored',
): Promise<void> {
  await requireLead(work, operatorId)
  await articleHere(work, operatorId, articleId)
  if (!(await setRetired(work, { operatorId, articleId }, kind === 'retired' ? work.now : null))) return
  await recordEvent(work, { operatorId, articleId, language: null }, kind)
  for (const { language } of await newestVersions(work, operatorId, articleId))
    bringLater(work, { operatorId, articleId, language })
}

/** Begins an article of one's own with the text of one from a folder, which stays as it is. For support leads only; answers its id. */
export async function copyHere(work: Work<Agent>, { operatorId, articleId, language }: Place): Promise<Place> {
  await requireLead(work, operatorId)
  const found = await articleFor(work, operatorId, articleId, language)
  const copy = {
    operatorId,
    articleId: articleIdFrom(found.title, randomBytes(3).toString('hex')),
    language: found.language,
  }
  const { title, description, products, html } = found
  const body = await markdownOf(html)
  await insertArticle(work, copy)
  const text = { title: title.slice(0, 200), description: description.slice(0, 500), products, body }
  await insertDraft(work, { ...text, ...copy, draftId: newId(), translatedFrom: null, basedOn: 0 })
  await recordEvent(work, copy, 'copied', { from: articleId })
  return copy
}
