import { randomBytes } from 'node:crypto'
import { isId, newId } from '../../base/ids.ts'
import type { Locale } from '../../base/locale.ts'
import { Refused } from '../../base/refused.ts'
import type { Agent } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import { requireLead } from '../people/index.ts'
import { recordEvent } from './event.ts'
import type { Place } from './event.ts'
import { articleHere } from './open-editor.ts'
import { articleIdFrom } from './rules/article-id.ts'
import { decide } from './rules/draft.ts'
import { insertArticle, insertDraft, lockedDraft, updateDraft } from './store.ts'
import type { DraftRow, Text } from './store.ts'

/** A text as a form brought it, with what its writer had before his eyes. */
export type Written = Text & {
  /** How often the draft had been saved when the form was opened; 0 when there was none. */
  readonly revision: number
  /** The published version he saw, 0 for none. */
  readonly basedOn: number
  /** The version of the source language he translated from, if any. */
  readonly translatedFrom: number | null
}

/** The draft as it is kept now, or the one that was saved meanwhile in another window: then nothing was written over. */
export type Saved = { readonly ok: true; readonly draftId: string } | { readonly ok: false; readonly kept: DraftRow }

/**
 * Begins an article with its first draft. For support leads only. `key` is drawn for each form: the same form sent twice
 * begins one article, and what differs the second time is told as `saveDraft` tells it.
 */
export async function createArticle(
  work: Work<Agent>,
  { key, ...of }: Omit<Place, 'articleId'> & { readonly key: string },
  written: Written,
): Promise<{ readonly articleId: string; readonly saved: Saved }> {
  const { operatorId, language } = of
  await requireLead(work, operatorId)
  await requireLanguage(work, operatorId, language)
  const tail = isId(key) ? key.slice(-6) : randomBytes(3).toString('hex')
  const place = { ...of, articleId: articleIdFrom(written.title, tail) }
  const { articleId } = place
  if (!(await insertArticle(work, place))) return { articleId, saved: await saveDraft(work, place, written) }
  const draftId = newId()
  await insertDraft(work, { ...written, ...place, draftId, translatedFrom: null, basedOn: 0 })
  await recordEvent(work, place, 'created', { title: written.title })
  return { articleId, saved: { ok: true, draftId } }
}

/**
 * Keeps what a lead has written, in a draft of his own. Refused with `draft-not-open` while it waits for review; nothing is written
 * over that he has not seen.
 */
export async function saveDraft(work: Work<Agent>, place: Place, written: Written): Promise<Saved> {
  const { operatorId, articleId, language } = place
  await requireLead(work, operatorId)
  await requireLanguage(work, operatorId, language)
  await articleHere(work, operatorId, articleId)
  const kept = await lockedDraft(work, operatorId, { articleId, language })
  const standing = { state: kept?.state ?? 'none', own: true, review: 'required', outdated: false } as const
  const decided = decide('save', standing)
  if (!decided.ok) throw new Refused(decided.why)
  if (kept && kept.revision !== written.revision && !isSame(kept, written)) return { ok: false, kept }
  if (kept) {
    await updateDraft(work, operatorId, { ...written, draftId: kept.draftId })
    return { ok: true, draftId: kept.draftId }
  }
  const draftId = newId()
  await insertDraft(work, { ...written, ...place, draftId })
  return { ok: true, draftId }
}

function isSame(one: Text, other: Text): boolean {
  const all = ({ title, description, products, body }: Text) => JSON.stringify([title, description, products, body])
  return all(one) === all(other)
}

async function requireLanguage(work: Work<Agent>, operatorId: string, language: Locale): Promise<void> {
  const { charter } = await charterInForce(work, operatorId)
  if (!charter.languages.includes(language)) throw new Refused('invalid-input', { language: { code: 'not-an-option' } })
}
