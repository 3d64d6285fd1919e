import { newId, isId } from '../../base/ids.ts'
import type { Job, Program } from '../../database/actor.ts'
import type { Database, Work } from '../../database/work.ts'
import { decideScopes, refused } from './rules/token-request.ts'
import type { OAuthRefusal, TokenRequest } from './rules/token-request.ts'
import { hashOf, isSecret, newToken } from './secrets.ts'
import { bearerOf, deleteTokensOver, insertProgramEvent, insertProgramToken, programShown } from './store.ts'
import type { ProgramEvent, Shown } from './store.ts'

/** Seconds a program's token lives. */
export const TOKEN_SECONDS = 3600

export type IssuedToken = { readonly ok: true; readonly token: string; readonly scopes: readonly string[] }

/**
 * A token for a program that shows its secret, or why not. A refusal is answered and not thrown, because it is on record: it has
 * to be committed. Whether a client is unknown, revoked, over, or shows a wrong secret is told to nobody outside.
 */
export async function issueProgramToken(
  work: Work<Job>,
  operatorId: string,
  { clientId, secret, wish }: TokenRequest,
): Promise<IssuedToken | OAuthRefusal> {
  const program = isId(clientId) ? await programShown(work, operatorId, clientId) : undefined
  if (!program) return UNKNOWN
  const { programId, holderId } = program
  const note = (event: ProgramEvent) =>
    insertProgramEvent(work, { operatorId, programId, holderId, eventId: newId() }, event)

  const why = standsInTheWay(program, secret, work.now)
  if (why) {
    await note({ kind: 'token-refused', why })
    return UNKNOWN
  }
  const scopes = decideScopes(program.scopes, wish)
  if (!scopes) {
    await note({ kind: 'token-refused', why: 'scope' })
    return refused('invalid_scope', `This program may ask for: ${program.scopes.join(' ')}`)
  }
  const token = newToken()
  const expiresAt = work.now.add({ seconds: TOKEN_SECONDS })
  await insertProgramToken(work, { operatorId, programId, tokenHash: hashOf(token), scopes, expiresAt })
  await note({ kind: 'token-issued' })
  return { ok: true, token, scopes }
}

const UNKNOWN = refused('invalid_client', 'The client is not known, or its secret is wrong or over.')

function standsInTheWay({ secretHash, revokedAt, expiresAt }: Shown, secret: string, now: Temporal.Instant) {
  if (!isSecret(secret, secretHash)) return 'wrong-secret'
  if (revokedAt !== null) return 'revoked'
  return Temporal.Instant.compare(expiresAt, now) <= 0 ? 'over' : undefined
}

export type ShownProgram = { readonly actor: Program; readonly name: string; readonly expiresAt: Temporal.Instant }

/**
 * The program behind a bearer token, asked anew each time, so that a revoked one is out at once. Undefined for a token that never
 * was or is over.
 */
export async function whichProgram(database: Database, token: string): Promise<ShownProgram | undefined> {
  const bearer = await bearerOf(database, { kind: 'doorkeeper', tokenHash: hashOf(token) })
  if (!bearer) return undefined
  const { name, expiresAt, ...program } = bearer
  return { actor: { kind: 'program', ...program }, name, expiresAt }
}

/** Forgets tokens whose hour is over. Answers whether there may be more. */
export async function forgetTokens(work: Work<Job>, most: number): Promise<boolean> {
  return (await deleteTokensOver(work, most)) === most
}
