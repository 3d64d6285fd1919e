import { newId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Member } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import type { NewJob } from '../../jobs/enqueue.ts'
import { charterInForce } from '../entitlements/index.ts'
import { requireMember } from '../people/index.ts'
import { manages } from '../rights/index.ts'
import { addressOf, deleteAddress, insertAddress, later } from './store.ts'
import type { Address } from './store.ts'

export type { Address } from './store.ts'

/** The private address of the member's organization, if it has one. Refused with `not-a-manager`, like all that follow. */
export async function ownAddress(work: Work<Member>): Promise<Address | undefined> {
  await requireManager(work)
  return addressOf(work, work.actor.organizationId)
}

/** Makes an address where the organization's health is read without signing in. Where there is one already, it stays. */
export async function makeAddress(work: Work<Member>): Promise<void> {
  await requireManager(work)
  await insertAddress(work, newId())
  later(work, [writing(work.actor.operatorId)])
}

/** Takes an address back and makes another. Nothing happens where somebody else did so meanwhile. */
export async function renewAddress(work: Work<Member>, addressId: string): Promise<void> {
  await requireManager(work)
  if (!(await deleteAddress(work, addressId))) return
  await insertAddress(work, newId())
  later(work, [ending(work.actor, addressId), writing(work.actor.operatorId)])
}

/** Takes an address back: nobody reads there any more, and its files go. */
export async function withdrawAddress(work: Work<Member>, addressId: string): Promise<void> {
  await requireManager(work)
  if (await deleteAddress(work, addressId)) later(work, [ending(work.actor, addressId)])
}

async function requireManager(work: Work<Member>): Promise<void> {
  const me = await requireMember(work)
  const { charter } = await charterInForce(work, work.actor.operatorId)
  if (!manages(charter, me)) throw new Refused('not-a-manager')
}

function writing(operatorId: string): NewJob {
  return { queue: 'reactions', data: { reaction: 'publishOwnStatus', operatorId } }
}

function ending({ operatorId, organizationId }: Member, addressId: string): NewJob {
  return { queue: 'reactions', data: { reaction: 'removeOwnStatus', operatorId, organizationId, addressId } }
}
