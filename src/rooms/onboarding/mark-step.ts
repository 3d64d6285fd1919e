import { idFor } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Agent, Member } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { requireMember } from '../people/index.ts'
import { ownReader, readerFor } from './follow.ts'
import type { Reader } from './follow.ts'
import { decideMark, stateAfter } from './rules/marking.ts'
import type { Mark } from './rules/marking.ts'
import { insertEvent, lastSaid, marksOf, oneAtATime } from './store.ts'
import type { NewEvent, Of } from './store.ts'

/** What somebody says of a step. The key is drawn anew with each form: what is sent twice under one is said once. */
export type Said = {
  readonly checklistId: string
  readonly stepId: string
  readonly mark: Mark
  readonly word: string
  readonly key: string
}

/**
 * A member says something of a step of his organization. Refused with `add-on-missing` where it has no such checklist, with
 * `step-gone` when the charter has no such step any more, `step-not-yours` where an administrator decides, `invalid-input` without a
 * word where one is needed.
 */
export async function markOwnStep(work: Work<Member>, said: Said): Promise<void> {
  await requireMember(work)
  const { personId, partnerId } = work.actor
  const actorKind = partnerId === undefined ? 'member' : 'partner'
  await mark(work, await ownReader(work), said, { actorKind, actorId: personId })
}

/** An agent says it together with the customer: written down as done by the operator's person. Refused as above, and `not-an-agent`. */
export async function markStepFor(work: Work<Agent>, of: Of, said: Said): Promise<void> {
  await mark(work, await readerFor(work, of), said, { actorKind: 'agent', actorId: work.actor.agentId })
}

async function mark(
  work: Work,
  { of, version, checklists, teller }: Reader,
  { checklistId, stepId, mark: wish, word, key }: Said,
  actor: Pick<NewEvent, 'actorKind' | 'actorId'>,
): Promise<void> {
  const checklist = checklists.find(({ id }) => id === checklistId)
  if (!checklist) throw new Refused(actor.actorKind === 'agent' ? 'not-found' : 'add-on-missing')
  if (!checklist.steps.some(({ id }) => id === stepId)) throw new Refused('step-gone')

  await oneAtATime(work, of)
  const place = { checklist: checklistId, step: stepId }
  const eventId = idFor('step', of.organizationId, key, checklistId, stepId, wish, word)
  const [{ known, sequence }, [last]] = await Promise.all([
    lastSaid(work, of, { checklist: checklistId, eventId }),
    marksOf(work, of, [place]),
  ])
  if (known) return

  const decision = decideMark(stateAfter(last?.kind) ?? 'open', { mark: wish, word, by: teller(checklist) })
  switch (decision.kind) {
    case 'nothing':
      return
    case 'refuse':
      if (decision.why === 'word-missing') throw new Refused('invalid-input', { word: { code: 'missing' } })
      throw new Refused(decision.why)
    case 'record':
      await insertEvent(work, of, {
        ...place,
        ...actor,
        eventId,
        sequence: sequence + 1,
        kind: decision.mark,
        word,
        charterVersion: version,
      })
  }
}
