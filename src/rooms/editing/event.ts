import { newId } from '../../base/ids.ts'
import type { Locale } from '../../base/locale.ts'
import type { Agent } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { insertEvent } from './store.ts'
import type { ArticleEvent, EventRow } from './store.ts'

/** An article of an operator in one language. */
export type Place = { readonly operatorId: string; readonly articleId: string; readonly language: Locale }

/** Writes down who changed what about an article, for good. */
export async function recordEvent(
  work: Work<Agent>,
  { operatorId, articleId, language }: Omit<Place, 'language'> & { readonly language: Locale | null },
  kind: ArticleEvent,
  payload: EventRow['payload'] = {},
): Promise<void> {
  await insertEvent(work, { operatorId, articleId, language, eventId: newId(), kind, payload })
}
