import type { Database } from '../database/work.ts'
import { charterInForce } from '../rooms/entitlements/index.ts'
import type { Charter } from '../rooms/entitlements/index.ts'
import { operators } from '../rooms/people/index.ts'

export type KnownOperator = { readonly operatorId: string; readonly slug: string; readonly charter: Charter }

export type Operators = {
  bySlug(slug: string): Promise<KnownOperator | undefined>
  byHost(host: string): Promise<KnownOperator | undefined>
  /** Whose public status stands at the root of this host. */
  byStatusHost(host: string): Promise<KnownOperator | undefined>
  byId(operatorId: string): Promise<KnownOperator | undefined>
  all(): Promise<readonly KnownOperator[]>
}

const FRESH_MILLISECONDS = 2000

/** The operators with their charters in force; read again every two seconds, so that an applied charter shows. */
export function knownOperators(database: Database): Operators {
  let read: Promise<readonly KnownOperator[]> | undefined
  let readAt = -Infinity
  const all = () => {
    if (!read || performance.now() - readAt > FRESH_MILLISECONDS) {
      readAt = performance.now()
      read = readOperators(database)
      read.catch(() => (read = undefined))
    }
    return read
  }
  const find = async (matches: (one: KnownOperator) => boolean) => (await all()).find(matches)
  return {
    all,
    bySlug: (slug) => find((one) => one.slug === slug),
    byHost: (host) => find((one) => one.charter.hosts.includes(host)),
    byStatusHost: (host) => find((one) => one.charter.statusHosts.includes(host)),
    byId: (operatorId) => find((one) => one.operatorId === operatorId),
  }
}

async function readOperators(database: Database): Promise<readonly KnownOperator[]> {
  const found = await database.work({ kind: 'visitor' }, (work) => operators(work))
  const known: KnownOperator[] = []
  for (const { operatorId, slug } of found) {
    const { charter } = await database.work({ kind: 'visitor', operatorId }, (work) => charterInForce(work, operatorId))
    known.push({ operatorId, slug, charter })
  }
  return known
}
