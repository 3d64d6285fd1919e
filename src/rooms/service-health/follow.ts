import { Refused } from '../../base/refused.ts'
import type { Member } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { requireMember } from '../people/index.ts'
import { incidentFor } from './my-health.ts'
import { deleteFollower, followedBy, impactOf, insertFollower, putImpact, setWorks } from './store.ts'
import type { Follower, Impact } from './store.ts'

/** What a member has said about an incident: whether he follows it, and how it hits his organization. */
export async function ownPartIn(
  work: Work<Member>,
  incidentId: string,
): Promise<{ readonly following: Follower | undefined; readonly impact: Impact | undefined }> {
  const { organizationId } = work.actor
  const [followed, impact] = await Promise.all([
    followedBy(work, work.actor),
    impactOf(work, organizationId, incidentId),
  ])
  return { following: followed.find((one) => one.incidentId === incidentId), impact }
}

/** A member follows an incident that concerns him. Twice is once. Refused with `not-found`. */
export async function followIncident(work: Work<Member>, incidentId: string): Promise<void> {
  await requireMember(work)
  await incidentFor(work, work.actor.operatorId, incidentId)
  await insertFollower(work, { ...work.actor, incidentId })
}

export async function unfollowIncident(work: Work<Member>, incidentId: string): Promise<void> {
  await requireMember(work)
  await deleteFollower(work, { ...work.actor, incidentId })
}

/** A member says how an incident hits his organization; from then on he follows it. Said again, it is mended. */
export async function addImpact(
  work: Work<Member>,
  incidentId: string,
  { people, word }: { readonly people: number; readonly word: string },
): Promise<void> {
  await followIncident(work, incidentId)
  await putImpact(work, { ...work.actor, incidentId, people, word })
}

/** After its end a follower says whether it works again. Refused with `state-jump` while it is not over. */
export async function confirmWorking(work: Work<Member>, incidentId: string, works: boolean): Promise<void> {
  await followIncident(work, incidentId)
  const { incident } = await incidentFor(work, work.actor.operatorId, incidentId)
  if (!incident.endedAt) throw new Refused('state-jump')
  await setWorks(work, { ...work.actor, incidentId, works })
}
