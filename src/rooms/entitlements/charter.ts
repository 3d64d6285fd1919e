import { createHash } from 'node:crypto'
import { newId } from '../../base/ids.ts'
import type { Agent, Job } from '../../database/actor.ts'
import { oncePerWork } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { charterSchema } from './charter-schema.ts'
import type { Charter } from './rules/charter.ts'
import { documentOf, insertAuditEntry, insertVersion, versionInForce } from './store.ts'

export type CharterInForce = { readonly charter: Charter; readonly version: number }

/** A version never changes once applied, so reading it once per process is enough. */
const read = new Map<string, Charter>()

/** What the operator offers now. Every operator has a charter: it is how an operator comes to be. */
export function charterInForce(work: Work, operatorId: string): Promise<CharterInForce> {
  return inForce.ask(work, operatorId, async () => {
    const found = await versionInForce(work, operatorId)
    if (!found) throw new Error('an operator without a charter')
    return { charter: await charterAt(work, operatorId, found.version), version: found.version }
  })
}

const inForce = oncePerWork<CharterInForce>()

/** The charter a case was opened under. */
export async function charterAt(work: Work, operatorId: string, version: number): Promise<Charter> {
  const key = `${operatorId} ${version}`
  const known = read.get(key)
  if (known) return known
  const charter = charterSchema.parse(await documentOf(work, operatorId, version))
  read.set(key, charter)
  return charter
}

/** The document in force as it was written, for verbs that change a part of it. */
export async function documentInForce(work: Work, operatorId: string): Promise<unknown> {
  const found = await versionInForce(work, operatorId)
  return found && documentOf(work, operatorId, found.version)
}

/** Makes a checked document the charter in force: a new version, unless it is the one already. Answers the version. */
export async function applyCharter(
  work: Work<Job | Agent>,
  operatorId: string,
  document: unknown,
): Promise<{ version: number; changed: boolean }> {
  const digest = createHash('sha256').update(JSON.stringify(document)).digest('hex')
  const current = await versionInForce(work, operatorId)
  if (current?.digest === digest) return { version: current.version, changed: false }
  const version = (current?.version ?? 0) + 1
  await insertVersion(work, { operatorId, version, document, digest })
  inForce.forget(work)
  return { version, changed: true }
}

/** What a support lead changed in the charter from inside the product, and what for. */
export type CharterChange = {
  readonly operatorId: string
  readonly version: number
  readonly kind: 'holidays-approved'
  readonly payload: Readonly<Record<string, unknown>>
}

/** Writes down who changed the charter, beside the version it made, for good. */
export async function recordCharterChange(work: Work<Agent>, change: CharterChange): Promise<void> {
  await insertAuditEntry(work, { ...change, entryId: newId(), agentId: work.actor.agentId })
}
