import { newId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Agent, Member } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import { requireLead, requireMember } from '../people/index.ts'
import { manages } from '../rights/index.ts'
import { hashOf, newSecret } from './secrets.ts'
import {
  endProgram,
  insertProgram,
  insertProgramEvent,
  programsOfHolder,
  programsOfOperator,
  toldEvents,
} from './store.ts'
import type { ProgramRow, ToldEvent } from './store.ts'
import type { Scope } from './rules/token-request.ts'

export type { ToldEvent } from './store.ts'

/** Programs a holder may have at one time. */
const MOST = 20
/** A secret lives a year; so does what somebody forgot to revoke. */
const SECRET_DAYS = 365

/** What the page of programs shows. */
export type Programs = {
  readonly programs: readonly (ProgramRow & { readonly holderName: string | null })[]
  readonly events: readonly ToldEvent[]
}

type Keeper = Work<Member | Agent>

/**
 * The programs that the actor looks after: a support lead those of his operator and its organizations, an administrator who gives
 * rights those of his organization. Refused with `not-a-lead` or `not-a-manager`.
 */
export async function programsKept(work: Keeper, operatorId: string): Promise<Programs> {
  const organizationId = await requireKeeper(work, operatorId)
  const events = await toldEvents(work, { operatorId, organizationId })
  if (organizationId === undefined) return { programs: await programsOfOperator(work, operatorId), events }
  const own = await programsOfHolder(work, { operatorId, organizationId })
  return { programs: own.map((program) => ({ ...program, holderName: null })), events }
}

/**
 * Makes a program for whoever the actor looks after programs for: a support lead for the operator itself. The secret is told here
 * and never again. Refused as `programsKept`, with `too-many-programs`, and with `name-taken` for a name a living program has.
 */
export async function makeProgram(
  work: Keeper,
  operatorId: string,
  wish: { readonly name: string; readonly scopes: readonly Scope[] },
): Promise<{ readonly programId: string; readonly secret: string; readonly expiresAt: Temporal.Instant }> {
  const organizationId = await requireKeeper(work, operatorId)
  const own = (await programsKept(work, operatorId)).programs.filter(
    ({ holderId }) => holderId === (organizationId ?? null),
  )
  if (own.length >= MOST) throw new Refused('too-many-programs')
  if (own.some(({ name }) => name.toLowerCase() === wish.name.toLowerCase()))
    throw new Refused('invalid-input', { name: { code: 'name-taken' } })

  const program = { operatorId, programId: newId(), holderId: organizationId ?? null }
  const secret = newSecret()
  const expiresAt = work.now.add({ hours: 24 * SECRET_DAYS })
  await insertProgram(work, { ...program, ...wish, secretHash: hashOf(secret), expiresAt })
  await insertProgramEvent(work, { ...program, eventId: newId() }, { kind: 'made' })
  return { programId: program.programId, secret, expiresAt }
}

/** Ends a program with all its tokens, at once. Refused as `programsKept`, and with `not-found` for none that lives. */
export async function revokeProgram(work: Keeper, operatorId: string, programId: string): Promise<void> {
  await requireKeeper(work, operatorId)
  const ended = await endProgram(work, { operatorId, programId })
  if (!ended) throw new Refused('not-found')
  await insertProgramEvent(work, { operatorId, programId, ...ended, eventId: newId() }, { kind: 'revoked' })
}

/** The organization whose programs the actor looks after; undefined for a lead, who looks after those of the operator. */
async function requireKeeper(work: Keeper, operatorId: string): Promise<string | undefined> {
  if (work.actor.kind === 'agent') {
    await requireLead(work, operatorId)
    return undefined
  }
  const me = await requireMember(work)
  const { charter } = await charterInForce(work, operatorId)
  if (!manages(charter, me)) throw new Refused('not-a-manager')
  return work.actor.organizationId
}
