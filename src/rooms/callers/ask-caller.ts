import { isId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Member } from '../../database/actor.ts'
import { announce } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { findMember } from '../people/index.ts'
import { newsOf } from './check-caller.ts'
import { later, openChecksOf, setDenied } from './store.ts'
import type { Check } from './store.ts'

/** The checks that wait for a code of the member now: who asks, and so who must be able to tell the number. */
export async function checksOfMine(work: Work<Member>): Promise<readonly Check[]> {
  await findMember(work)
  return openChecksOf(work, work.actor)
}

/** The member says that he is not on the phone: the check ends, and it is told as any other end. Refused with `check-over`. */
export async function denyCall(work: Work<Member>, checkId: string): Promise<void> {
  await findMember(work)
  const { organizationId, operatorId } = work.actor
  if (!isId(checkId) || !(await setDenied(work, { ...work.actor, checkId }))) throw new Refused('check-over')
  announce(work, newsOf(checkId))
  later(work, [{ queue: 'reactions', data: { reaction: 'tellOfCaller', operatorId, organizationId, checkId } }])
}
