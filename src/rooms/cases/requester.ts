import { Refused } from '../../base/refused.ts'
import type { Work } from '../../database/work.ts'
import { requireMember } from '../people/index.ts'
import type { Requester } from '../people/index.ts'
import { asMember, requireRight } from '../rights/index.ts'
import type { NewMessage } from './store.ts'
import type { CaseRow } from './tables.ts'

/** Who speaks for the customer, as a message names him: a partner's person with the partner. */
export function authorOf(person: Requester): Pick<NewMessage, 'authorKind' | 'authorId' | 'authorName'> {
  const { personId: authorId, name, partnerName } = person
  return partnerName === null
    ? { authorKind: 'member', authorId, authorName: name }
    : { authorKind: 'partner', authorId, authorName: `${name}, ${partnerName}` }
}

/**
 * The member, if he may read a case: administrators and partners read all of the organization's, everybody else his own. Refused
 * with `not-an-administrator` for others' and for none alike.
 */
export async function requireReader(work: Work, found: Pick<CaseRow, 'requesterId'> | undefined): Promise<void> {
  const person = await requireMember(work)
  if (person.roles.length === 0 && found?.requesterId !== person.personId) throw new Refused('not-an-administrator')
}

/**
 * The member, if he may act in a case that he may read. Whoever asked without a role for everything must still be entitled to:
 * refused with the reasons of `requireRight`.
 */
export async function requireWriter(
  work: Work,
  { supportType, subscriptionId }: Pick<CaseRow, 'supportType' | 'subscriptionId'>,
): Promise<Requester> {
  const person = await requireMember(work)
  if (person.roles.length > 0) return person
  return (await requireRight(asMember(work), { supportType, subscriptionId })).person
}
