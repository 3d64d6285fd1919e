import type { Database } from '../database/work.ts'
import type { PublishedFiles } from '../jobs/published-files.ts'
import { publishOwnStatus, publishStatus, removeOwnStatus } from '../rooms/status-feeds/api.ts'
import type { FeedSite, PrivateAddresses } from '../rooms/status-feeds/api.ts'
import { siteAt } from './feed-parts.ts'
import type { Operators } from './operators.ts'

/** Keeps the files of operators and organizations that others serve. For jobs: each throws when a file could not be kept. */
export type StatusFiles = {
  /** Writes the public status of an operator, and has those of its organizations written. */
  readonly publish: (operatorId: string) => Promise<void>
  /** Writes those of organizations, a part of them after one. */
  readonly publishOwn: (operatorId: string, after: string | undefined) => Promise<void>
  /** Takes away those of a private address. */
  readonly removeOwn: (
    operatorId: string,
    of: { readonly organizationId: string; readonly addressId: string },
  ) => Promise<void>
}

/** `files` is where they are kept: nowhere, where nobody wants them. */
export function statusFilesAt({
  database,
  operators,
  files,
  ...of
}: {
  readonly database: Database
  readonly operators: Operators
  readonly files: PublishedFiles | undefined
  readonly privateAddresses: PrivateAddresses
  readonly publicUrl: string
  readonly statusUrl: string | undefined
}): StatusFiles {
  const publishing = files && { database, files, privateAddresses: of.privateAddresses }
  const siteOf = async (operatorId: string): Promise<FeedSite | undefined> => {
    const operator = await operators.byId(operatorId)
    return operator && siteAt(operator, { url: `${of.publicUrl}/${operator.slug}`, filesUrl: of.statusUrl })
  }
  return {
    async publish(operatorId) {
      const site = publishing && (await siteOf(operatorId))
      if (site) await publishStatus(publishing, site)
    },
    async publishOwn(operatorId, after) {
      const site = publishing && (await siteOf(operatorId))
      if (site) await publishOwnStatus(publishing, site, after)
    },
    async removeOwn(operatorId, address) {
      const site = publishing && (await siteOf(operatorId))
      if (site) await removeOwnStatus(publishing, site, address)
    },
  }
}
