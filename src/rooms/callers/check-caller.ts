import { isId, newId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Work } from '../../database/work.ts'
import { caseById, caseFor } from '../cases/index.ts'
import type { CaseRow } from '../cases/index.ts'
import { absenceOf, contactsOf, peopleByEmail, registrationOf, requireAgent } from '../people/index.ts'
import type { PersonRow } from '../people/index.ts'
import type { CallerCodes } from './codes.ts'
import { isSettled, mayCode, TRIES } from './rules/caps.ts'
import { askedBefore, checkOf, insertCheck, later, lockPerson, replaceOpen, tryDigest } from './store.ts'
import type { Check } from './store.ts'

export type { Check } from './store.ts'

/** Somebody who may be on the phone. */
export type Candidate = Pick<PersonRow, 'organizationId' | 'personId' | 'name' | 'email' | 'roles' | 'partnerName'> & {
  readonly organizationName: string
}

/**
 * Whom a caller may be who tells the number of a case or an address: the case's requester first, then whoever administers his
 * organization; or the people with that address. Nobody is an answer too: what is not there is not told apart from what is not yours.
 */
export async function callersBy(
  work: Work,
  operatorId: string,
  told: string,
): Promise<{ readonly number: string | undefined; readonly candidates: readonly Candidate[] }> {
  await requireAgent(work, operatorId)
  if (told.includes('@')) {
    const people = await peopleByEmail(work, operatorId, told.trim())
    return { number: undefined, candidates: people.filter((one) => !absenceOf(one, work.now)) }
  }
  const found = await caseFor(work, told).catch(ifRefused)
  if (found?.operatorId !== operatorId) return { number: undefined, candidates: [] }
  const { organizationId, organizationName, requesterId } = found
  const people = await contactsOf(work, organizationId, requesterId)
  const candidates = people.filter((one) => !absenceOf(one, work.now)).map((one) => ({ ...one, organizationName }))
  return { number: found.number, candidates }
}

function ifRefused(error: unknown): undefined {
  if (!(error instanceof Refused)) throw error
}

/**
 * Has a code sent to a person's registered address, so that whoever calls can read it out. Codes that were sent to him before are
 * worth nothing from now on. Refused with `not-found`, `contact-too-new` for an address registered lately, `too-many-codes` as
 * `mayCode` says.
 */
export async function startCheck(
  work: Work,
  operatorId: string,
  told: { readonly organizationId: string; readonly personId: string; readonly number: string | undefined },
): Promise<string> {
  const { agentId } = await requireAgent(work, operatorId)
  const { personId } = told
  const found = told.number === undefined ? undefined : await caseFor(work, told.number)
  const organizationId = found?.organizationId ?? told.organizationId
  const registered =
    isId(organizationId) && isId(personId) ? await registrationOf(work, organizationId, personId) : undefined
  if (registered?.organizationId !== organizationId) throw new Refused('not-found')
  const now = work.now.epochMilliseconds
  if (!isSettled(registered.at.epochMilliseconds, now)) throw new Refused('contact-too-new')
  await lockPerson(work, { organizationId, personId })
  const caseId = found?.caseId ?? null
  if (!mayCode(await askedBefore(work, { organizationId, personId, caseId }), now).ok)
    throw new Refused('too-many-codes')
  await replaceOpen(work, { organizationId, personId })
  const checkId = newId()
  await insertCheck(work, { organizationId, operatorId, checkId, caseId, personId, agentId })
  later(work, [{ queue: 'reactions', data: { reaction: 'sendCallerCode', operatorId, organizationId, checkId } }])
  return checkId
}

/** What the open page of a check follows on the bulletin. */
export function newsOf(checkId: string): string {
  return `caller ${checkId}`
}

/** A check with the case it is about, for the agent who makes it; refused with `not-found` to everybody else. */
export async function ownCheck(
  work: Work,
  operatorId: string,
  checkId: string,
): Promise<{ readonly check: Check; readonly about: CaseRow | undefined; readonly now: Temporal.Instant }> {
  const { agentId } = await requireAgent(work, operatorId)
  const check = isId(checkId) ? await checkOf(work, operatorId, checkId) : undefined
  if (check?.agentId !== agentId) throw new Refused('not-found')
  const about = check.caseId === null ? undefined : await caseById(work, check.organizationId, check.caseId)
  return { check, about, now: work.now }
}

/**
 * Tries what the caller read out. The right code proves him; the last wrong one ends the check, and either is told to everybody who
 * administers his organization. Answers the tries that are left after a wrong one. Refused with `not-found`, and with `check-over` where
 * no code is waited for any more.
 */
export async function confirmCode(
  work: Work,
  operatorId: string,
  checkId: string,
  { code, codes }: { readonly code: string; readonly codes: CallerCodes },
): Promise<'verified' | 'locked' | { readonly left: number }> {
  const { check } = await ownCheck(work, operatorId, checkId)
  const { organizationId, agentId } = check
  const tried = await tryDigest(work, check, { agentId, digest: codes.digestOf(check, digitsIn(code)), most: TRIES })
  if (!tried) throw new Refused('check-over')
  if (tried.state === 'sent') return { left: TRIES - tried.tries }
  later(work, [{ queue: 'reactions', data: { reaction: 'tellOfCaller', operatorId, organizationId, checkId } }])
  return tried.state === 'verified' ? 'verified' : 'locked'
}

/** A code as it is spoken and pasted: with spaces, hyphens, or digits of another script. */
function digitsIn(code: string): string {
  return code.normalize('NFKC').replaceAll(/\D/g, '')
}
