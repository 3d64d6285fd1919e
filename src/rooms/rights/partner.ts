import { newId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Job, Member } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import type { Charter } from '../entitlements/index.ts'
import { extendedUntil, isLive, nextStep, relationsDue, relationsOf, writeRelation } from '../partners/index.ts'
import type { RelationRow, Step } from '../partners/index.ts'
import { requireMember, setActing } from '../people/index.ts'
import { requireManager } from './manage.ts'
import { manages } from './rules/managing.ts'
import { insertRightEvent } from './store.ts'

/** The partners of the member's organization, and whether he may decide about them. Refused with `not-an-administrator`. */
export async function partnerRelations(work: Work<Member>): Promise<{
  readonly charter: Charter
  readonly relations: readonly RelationRow[]
  readonly manages: boolean
  readonly now: Temporal.Instant
}> {
  const { organizationId, operatorId } = work.actor
  const me = await requireMember(work)
  if (me.roles.length === 0) throw new Refused('not-an-administrator')
  const { charter } = await charterInForce(work, operatorId)
  return { charter, relations: await relationsOf(work, organizationId), manages: manages(charter, me), now: work.now }
}

/**
 * The organization lets a partner act for it, from this moment on, with the roles the partner asked for; for a year more where
 * the time it was for is over. Refused with `not-found` for no such partner, and with `not-a-manager`.
 */
export async function giveConsent(work: Work<Member>, partnerId: string): Promise<void> {
  const relation = await relationFor(work, partnerId)
  if (isLive(relation, work.now)) return
  const over = Temporal.Instant.compare(relation.endsAt, work.now) <= 0
  const endsAt = over ? extendedUntil(relation.endsAt, work.now) : relation.endsAt
  await settle(work, { ...relation, endsAt, consentedAt: work.now, withdrawnAt: null }, work.now)
  tell(work, 'consent.given', relation, endsAt)
}

/** Consent that was given elsewhere, on paper or in a demonstration, from this moment on. */
export async function recordConsent(work: Work<Job>, organizationId: string, partnerId: string): Promise<void> {
  const relation = (await relationsOf(work, organizationId)).find((one) => one.partnerId === partnerId)
  if (!relation) throw new Refused('not-found')
  await settle(work, { ...relation, consentedAt: work.now, withdrawnAt: null }, work.now)
  const payload = { partner: relation.name, until: relation.endsAt.toString() }
  insertRightEvent(work, relation, { eventId: newId(), kind: 'consent.given', payload })
}

/** The organization takes its consent back: whatever the partner's people send from now on is refused. */
export async function withdrawConsent(work: Work<Member>, partnerId: string): Promise<void> {
  const relation = await relationFor(work, partnerId)
  if (!isLive(relation, work.now)) return
  await settle(work, { ...relation, withdrawnAt: work.now }, work.now)
  tell(work, 'consent.withdrawn', relation, work.now)
}

/** The organization says whether the relation goes on by itself at its end. */
export function keepOn(extending: boolean): (work: Work<Member>, partnerId: string) => Promise<void> {
  return async (work, partnerId) => {
    const relation = await relationFor(work, partnerId)
    if (!isLive(relation, work.now) || relation.extends === extending) return
    await settle(work, { ...relation, extends: extending }, work.now)
    tell(work, extending ? 'relation.kept-on' : 'relation.let-end', relation, relation.endsAt)
  }
}

/** What happens to relations by themselves, those that are due by now: notices, the next term, the end. Answers how many. */
export async function keepRelations(work: Work<Job>, limit: number): Promise<number> {
  const due = await relationsDue(work, work.actor.operatorIds, limit)
  for (const { lookAt, ...relation } of due) {
    // The one that was looked for: just before its moment it is still to come.
    const step = nextStep(relation, lookAt.subtract({ nanoseconds: 1000 }))?.step
    const endsAt = step === 'extended' ? extendedUntil(relation.endsAt, work.now) : relation.endsAt
    await settle(work, { ...relation, endsAt }, step === 'extended' || step === 'ended' ? work.now : lookAt)
    if (step) tellOfStep(work, relation, step, endsAt)
  }
  return due.length
}

async function relationFor(work: Work<Member>, partnerId: string): Promise<RelationRow> {
  await requireManager(work)
  const relation = (await relationsOf(work, work.actor.organizationId)).find((one) => one.partnerId === partnerId)
  if (!relation) throw new Refused('not-found')
  return relation
}

/** Writes how a relation stands, and with it until when the partner's people may act. `after`: what happened by then has happened. */
async function settle(work: Work, relation: RelationRow, after: Temporal.Instant): Promise<void> {
  const { organizationId, partnerId, roles, consentedAt, withdrawnAt, endsAt } = relation
  await writeRelation(work, relation, nextStep(relation, after)?.at)
  await setActing(work, { organizationId, partnerId, roles, from: consentedAt, until: withdrawnAt ?? endsAt })
}

function tell(work: Work<Member>, kind: string, relation: RelationRow, until: Temporal.Instant): void {
  const payload = { partner: relation.name, until: until.toString() }
  insertRightEvent(work, work.actor, { eventId: newId(), kind, payload })
}

function tellOfStep(work: Work<Job>, relation: RelationRow, step: Step, until: Temporal.Instant): void {
  const { organizationId, operatorId, partnerId, name: partner } = relation
  const payload = { partner, until: until.toString(), step }
  const kind = step === 'extended' || step === 'ended' ? `relation.${step}` : 'relation.noticed'
  const eventId = newId()
  const data = { reaction: 'tellOfRelation', operatorId, organizationId, partnerId, step, eventId }
  insertRightEvent(work, relation, { eventId, kind, payload }, [{ queue: 'reactions', data }])
}
