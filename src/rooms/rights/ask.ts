import { newId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Member } from '../../database/actor.ts'
import type { Database, Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import type { Charter } from '../entitlements/index.ts'
import { findMember } from '../people/index.ts'
import type { Requester } from '../people/index.ts'
import { holds, mayAsk, REASONS } from './rules/may-ask.ts'
import type { Asked, Asker, Reason, Right } from './rules/may-ask.ts'
import { addOnsOf, grantsOf, insertRightEvent, subscriptionsOf, takeSeat } from './store.ts'
import type { Subscription } from './store.ts'

/** Who acts, with all that could entitle him, and what his organization has bought. */
export type Standing = {
  readonly person: Requester
  readonly asker: Asker
  readonly subscriptions: readonly Subscription[]
}

/** A transaction as a member's. Refused with `not-signed-in` for everybody else's. */
export function asMember(work: Work): Work<Member> {
  if (!isMembers(work)) throw new Refused('not-signed-in')
  return work
}

function isMembers(work: Work): work is Work<Member> {
  return work.actor.kind === 'member'
}

/** Reads the member's standing; it may be that he may do nothing at all. Refused with `not-signed-in` for nobody's session. */
export async function standingOf(work: Work<Member>): Promise<Standing> {
  const { organizationId, personId } = work.actor
  const [person, grants, addOns, subscriptions] = await Promise.all([
    findMember(work),
    grantsOf(work, organizationId, personId),
    addOnsOf(work, organizationId, personId),
    subscriptionsOf(work, organizationId),
  ])
  return { person, asker: { ...person, grants, addOns }, subscriptions }
}

/** Whether checklists come with what the member may ask for, so that pages can lead to them. */
export async function hasChecklists(work: Work<Member>): Promise<boolean> {
  const { charter } = await charterInForce(work, work.actor.operatorId)
  if (charter.checklists.length === 0) return false
  const { asker, subscriptions } = await standingOf(work)
  const subscriptionIds = subscriptions.map(({ subscriptionId }) => subscriptionId)
  return charter.checklists.some(({ supportType }) => holds(charter, asker, { supportType, subscriptionIds }, work.now))
}

/**
 * The person who asks, entitled to what he asks for at this very moment: read in the transaction that acts on it. A seat of an
 * add-on that he needs is taken with it. Refused with the reason nearest to a yes, one of `REASONS`; with `invalid-input` for a
 * subscription the organization does not have.
 */
export async function requireRight(
  work: Work<Member>,
  asked: Asked,
  charter: Promise<{ readonly charter: Charter }> = charterInForce(work, work.actor.operatorId),
): Promise<{ readonly person: Requester; readonly right: Right }> {
  const [{ person, asker, subscriptions }, { charter: inForce }] = await Promise.all([standingOf(work), charter])
  if (
    asked.subscriptionId !== null &&
    !subscriptions.some(({ subscriptionId }) => subscriptionId === asked.subscriptionId)
  )
    throw new Refused('invalid-input', { subscription: { code: 'not-an-option' } })
  const answer = mayAsk(inForce, asker, asked, work.now)
  if (!answer.ok) throw new Refused(answer.why[0])
  await takeWhatIsNeeded(work, person, answer.by)
  return { person, right: answer.by }
}

async function takeWhatIsNeeded(work: Work<Member>, person: Requester, { takesSeat }: Right): Promise<void> {
  if (takesSeat === undefined) return
  if (!(await takeSeat(work, { ...work.actor, addOn: takesSeat }))) throw new Refused('no-seat-left')
  insertRightEvent(work, work.actor, {
    eventId: newId(),
    kind: 'seat.taken',
    payload: { addOn: takesSeat, person: person.name },
  })
}

/** Whether a refusal says that somebody may not ask, and not that something about the request is wrong. */
export function isAboutRights(error: unknown): error is Refused & { readonly code: Reason } {
  return error instanceof Refused && (REASONS as readonly string[]).includes(error.code)
}

/** Records that a request was refused for want of a right: in a transaction of its own, because the refused one is taken back. */
export async function noteRefused(
  database: Database,
  actor: Member,
  refused: { readonly why: Reason; readonly supportType: string; readonly title: string },
): Promise<void> {
  await database.work(actor, async (work) => {
    insertRightEvent(work, actor, { eventId: newId(), kind: 'request.refused', payload: { ...refused } })
  })
}
