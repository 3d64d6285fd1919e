import type { Database } from '../../database/work.ts'
import type { PublishedFiles } from '../../jobs/published-files.ts'
import { DOCUMENTS } from './documents.ts'
import type { FeedSite } from './feed-site.ts'
import { publicStatus } from './public-status.ts'
import { mayWriteFiles } from './store.ts'

/**
 * Writes every file of an operator's public status to where somebody else serves it, so that it can be read while Svar is down: below
 * the operator's name, in its first language and in each of its languages. Of two at once the one
 * that read later stays. For jobs: throws when a file could not be kept.
 */
export async function publishStatus(database: Database, files: PublishedFiles, site: FeedSite): Promise<void> {
  const { operatorId, slug, languages } = site
  // Read as a visitor would: what concerns some organizations alone is not there for him.
  const all = await database.work({ kind: 'visitor', operatorId }, (visit) => publicStatus(visit, site, languages))
  const readAt = all[0]?.now
  if (!readAt) return
  await database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
    if (!(await mayWriteFiles(work, operatorId, readAt))) return
    for (const [at, status] of all.entries())
      for (const [path, write] of Object.entries(DOCUMENTS)) {
        const { contentType, text } = write(status)
        const bytes = new TextEncoder().encode(text)
        await files.publish(`${slug}/${status.locale}/${path}`, contentType, bytes)
        if (at === 0) await files.publish(`${slug}/${path}`, contentType, bytes)
      }
  })
}
