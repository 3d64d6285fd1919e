import { isId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Agent } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import { requireLead } from '../people/index.ts'
import { recordEvent } from './event.ts'
import type { Place } from './event.ts'
import { decide } from './rules/draft.ts'
import type { Act } from './rules/draft.ts'
import {
  bringLater,
  deleteDraft,
  insertVersion,
  lockedDraft,
  newestVersions,
  ownArticle,
  setDraftState,
  setRetired,
} from './store.ts'
import type { DraftRow, VersionRow } from './store.ts'

/** A draft as a reviewer looks at it: beside what readers see now. */
export type Reviewed = {
  readonly draft: DraftRow
  readonly current: VersionRow | undefined
  readonly own: boolean
  readonly outdated: boolean
}

/** A draft to be reviewed. For support leads only; `not-found` where it has been decided or withdrawn. */
export async function reviewOf(work: Work<Agent>, operatorId: string, draftId: string): Promise<Reviewed> {
  await requireLead(work, operatorId)
  const draft = isId(draftId) ? await lockedDraft(work, operatorId, { draftId }) : undefined
  if (!draft) throw new Refused('not-found')
  const current = await currentOf(work, { operatorId, ...draft })
  const outdated = draft.basedOn !== (current?.version ?? 0)
  return { draft, current, own: draft.agentId === work.actor.agentId, outdated }
}

/** Does something with a draft besides saving it: the rule says who may. Refused with what the rule says, `not-found` where it is gone. */
export async function actOnDraft(
  work: Work<Agent>,
  operatorId: string,
  {
    act,
    note,
    ...by
  }: {
    readonly act: Exclude<Act, 'save'>
    /** What the reviewer wants changed. */
    readonly note: string
  } & ({ readonly draftId: string } | Omit<Place, 'operatorId'>),
): Promise<DraftRow> {
  await requireLead(work, operatorId)
  if ('draftId' in by && !isId(by.draftId)) throw new Refused('not-found')
  const draft = await lockedDraft(work, operatorId, by)
  if (!draft) throw new Refused('not-found')
  const { charter } = await charterInForce(work, operatorId)
  const current = await currentOf(work, { operatorId, ...draft })
  const decided = decide(act, {
    state: draft.state,
    own: draft.agentId === work.actor.agentId,
    review: charter.selfHelp.review,
    outdated: draft.basedOn !== (current?.version ?? 0),
  })
  if (!decided.ok) throw new Refused(decided.why)
  switch (decided.next) {
    case 'published':
      await publish(work, operatorId, draft, (current?.version ?? 0) + 1)
      break
    case 'gone':
      await deleteDraft(work, operatorId, draft.draftId)
      await recordEvent(work, { operatorId, ...draft }, 'discarded', { title: draft.title })
      break
    case 'submitted':
    case 'sent-back':
    case 'writing': {
      const reviewNote = decided.next === 'sent-back' ? note : draft.reviewNote
      await setDraftState(work, operatorId, { draftId: draft.draftId, state: decided.next, reviewNote })
      const kind = decided.next === 'writing' ? 'withdrawn' : decided.next
      await recordEvent(work, { operatorId, ...draft }, kind, note ? { note } : {})
    }
  }
  return draft
}

async function currentOf(
  work: Work<Agent>,
  { operatorId, articleId, language }: Place,
): Promise<VersionRow | undefined> {
  return (await newestVersions(work, operatorId, articleId)).find((one) => one.language === language)
}

/** Makes a draft the text that readers see: a version, a job that brings it to them, and the draft is done with. */
async function publish(work: Work<Agent>, operatorId: string, draft: DraftRow, version: number): Promise<void> {
  const { articleId, language, draftId, agentId } = draft
  const place = { operatorId, articleId, language }
  await insertVersion(work, { ...draft, ...place, version, rolledBackTo: null, writtenBy: agentId })
  await deleteDraft(work, operatorId, draftId)
  await recordEvent(work, place, 'published', { version })
  // Whoever publishes in an article that was retired wants it read, and with it its translations.
  const article = await ownArticle(work, operatorId, articleId)
  const restored = article?.retiredAt ? await setRetired(work, place, null) : false
  if (restored) await recordEvent(work, { ...place, language: null }, 'restored')
  const others = restored ? await newestVersions(work, operatorId, articleId) : []
  for (const one of new Set([language, ...others.map((other) => other.language)]))
    bringLater(work, { ...place, language: one })
}
