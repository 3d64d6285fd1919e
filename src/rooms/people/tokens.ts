import { createHash, randomBytes } from 'node:crypto'
import { Refused } from '../../base/refused.ts'
import type { Job } from '../../database/actor.ts'
import type { Database, Work } from '../../database/work.ts'
import { memoryOfASecond } from './memory.ts'
import type { Memory } from './memory.ts'
import { findByEmail, identityOf, insertInvitation, insertToken, useInvitation } from './store.ts'
import type { Identity } from './store.ts'

export const SCOPES = ['all', 'read', 'articles'] as const
export type Scope = (typeof SCOPES)[number]

/** A token has 256 random bits, so one SHA-256 at rest is enough; slow hashes are for passwords. */
function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function newToken(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString('base64url')}`
}

/**
 * A bearer token for a person of the job's operator, good for a year; told once, kept as a hash.
 * Refused with `not-found` when nobody there has that address.
 */
export async function issueToken(work: Work<Job>, operatorId: string, email: string, scope: Scope): Promise<string> {
  const found = await findByEmail(work, operatorId, email)
  if (!found) throw new Refused('not-found')
  const token = newToken('svar')
  const expiresAt = work.now.add({ hours: 24 * 365 })
  await insertToken(work, { operatorId, tokenHash: hashToken(token), signInId: found.signInId, scope, expiresAt })
  return token
}

/**
 * Who shows this token; undefined for a token that never was or is over. A token that is withdrawn may work for one second more
 * (decision 8); what its holder may do is asked anew in each transaction.
 */
export async function whoShows(database: Database, token: string): Promise<Identity | undefined> {
  const tokenHash = hashToken(token)
  return memoryOf(database).recall(tokenHash, () => identityOf(database, { kind: 'doorkeeper', tokenHash }))
}

/** Who signed in: everything the person is, at every operator. As of at most one second ago. */
export async function whoSignedIn(database: Database, signInId: string): Promise<Identity | undefined> {
  return memoryOf(database).recall(signInId, () => identityOf(database, { kind: 'doorkeeper', signInId }))
}

const memories = new WeakMap<Database, Memory<Identity>>()

function memoryOf(database: Database): Memory<Identity> {
  const kept = memories.get(database) ?? memoryOfASecond<Identity>()
  memories.set(database, kept)
  return kept
}

/** The one-time word that makes the first lead of an operator: told once, good for 24 hours. */
export async function inviteFirstLead(work: Work<Job>, operatorId: string): Promise<string> {
  const token = newToken('invite')
  await insertInvitation(work, { operatorId, tokenHash: hashToken(token), expiresAt: work.now.add({ hours: 24 }) })
  return token
}

/** Uses an invitation up. Refused with `invitation-invalid` when it was used, is over, or never was. */
export async function acceptInvitation(work: Work<Job>, operatorId: string, token: string): Promise<void> {
  if (!(await useInvitation(work, operatorId, hashToken(token)))) throw new Refused('invitation-invalid')
}
