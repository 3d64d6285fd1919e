import { createHash } from 'node:crypto'
import { LOCALES } from '../../base/locale.ts'
import type { Database } from '../../database/work.ts'
import type { NewJob } from '../../jobs/enqueue.ts'
import type { PublishedFiles } from '../../jobs/published-files.ts'
import { ownFilesBase, ownFolder, publicFilesBase } from './bases.ts'
import { DOCUMENTS, OWN_DOCUMENTS, OWN_PAGE } from './documents.ts'
import type { Document } from './documents.ts'
import type { FeedSite } from './feed-site.ts'
import type { PrivateAddresses } from './private-addresses.ts'
import { statusIn } from './status.ts'
import type { Owner, Status } from './status.ts'
import {
  dueAddresses,
  forgetFiles,
  later,
  leaveFiles,
  leftFiles,
  lockLeftFiles,
  mayWriteFiles,
  mayWriteOwnFiles,
  noteWritten,
  ownerOf,
} from './store.ts'
import type { OwnFiles } from './store.ts'

/** What files are written with. */
export type Publishing = {
  readonly database: Database
  readonly files: PublishedFiles
  readonly privateAddresses: PrivateAddresses
}

/**
 * Writes every file of an operator's public status to where somebody else serves it, so that it can be read while Svar is down: below
 * the operator's name, in its first language and in each of its languages. Of two at once the one
 * that read later stays. Has those of organizations' own written by jobs that follow. For jobs: throws when a file could not be kept.
 */
export async function publishStatus({ database, files }: Publishing, site: FeedSite): Promise<void> {
  const { operatorId, slug, languages } = site
  // Read as a visitor would: what concerns some organizations alone is not there for him.
  const all = await database.work({ kind: 'visitor', operatorId }, (visit) =>
    statusIn(visit, { site, owner: undefined, base: publicFilesBase(site), locales: languages }),
  )
  const readAt = all[0]?.now
  if (!readAt) return
  await database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
    later(work, [nextOf(operatorId, undefined)])
    if (!(await mayWriteFiles(work, operatorId, readAt))) return
    for (const { path, contentType, text } of filesOf(all, DOCUMENTS)) {
      await files.publish(`${slug}/${path}`, contentType, new TextEncoder().encode(text))
    }
  })
}

/** So many organizations' files are written by one job; the next ones are another job's. */
const CHUNK = 20
/** So long after an address was taken back another job tries to take its files away. */
const GIVEN_UP = { minutes: 10 }
const LEFT_AT_ONCE = 100

/**
 * Writes the files of the organizations that have a private address, as far as they are due, a part by each job: at
 * `OPERATOR/o/WORD`, which only who has the address knows. What nobody could take away so far is tried again.
 */
export async function publishOwnStatus(
  publishing: Publishing,
  site: FeedSite,
  after: string | undefined,
): Promise<void> {
  const { operatorId } = site
  const job = { kind: 'job', operatorIds: [operatorId] } as const
  const due = await publishing.database.work(job, async (work) => {
    const left = after
      ? []
      : await leftFiles(work, operatorId, { before: work.now.subtract(GIVEN_UP), limit: LEFT_AT_ONCE })
    later(
      work,
      left.map((one) => ({ queue: 'reactions', data: { reaction: 'removeOwnStatus', operatorId, ...one } })),
    )
    return dueAddresses(work, operatorId, { after, limit: CHUNK })
  })
  for (const one of due) await publishOne(publishing, site, one)
  const last = due.at(-1)
  if (last && due.length === CHUNK)
    await publishing.database.work(job, async (work) => later(work, [nextOf(operatorId, last.organizationId)]))
}

function nextOf(operatorId: string, after: string | undefined): NewJob {
  const data = { reaction: 'publishOwnStatus', operatorId }
  return { queue: 'reactions', data: after === undefined ? data : { ...data, after } }
}

async function publishOne(
  { database, files, privateAddresses }: Publishing,
  site: FeedSite,
  { organizationId, addressId, name }: Owner & OwnFiles,
): Promise<void> {
  const { operatorId, languages } = site
  const word = privateAddresses.wordFor(addressId)
  const all = await database.work({ kind: 'reader', operatorId, organizationId }, (work) =>
    statusIn(work, {
      site,
      owner: { organizationId, name },
      base: ownFilesBase(site, word),
      locales: languages,
    }),
  )
  const readAt = all[0]?.now
  if (!readAt) return
  await database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
    const before = await mayWriteOwnFiles(work, operatorId, { organizationId, addressId, readAt })
    // Asked after the lock is ours: who takes it back meanwhile waits for us with the files.
    if (!before || !(await ownerOf(work, operatorId, addressId))) return
    const digest = digestOf(all)
    // Pages say when they were written; the rest is as it was as long as nothing happens.
    const documents = digest === before.digest ? OWN_PAGE : OWN_DOCUMENTS
    await Promise.all(
      filesOf(all, documents).map(({ path, contentType, text }) =>
        files.publish(`${ownFolder(site, word)}/${path}`, contentType, new TextEncoder().encode(text)),
      ),
    )
    await noteWritten(work, { organizationId, addressId, digest })
  })
}

/** Takes away the files of an address that was taken back. Once it has begun, nobody writes them any more. For jobs. */
export async function removeOwnStatus(
  { database, files, privateAddresses }: Publishing,
  site: Pick<FeedSite, 'operatorId' | 'slug'>,
  of: OwnFiles,
): Promise<void> {
  const job = { kind: 'job', operatorIds: [site.operatorId] } as const
  // Noted by itself, so that it is known also when the store does not answer for days.
  await database.work(job, (work) => leaveFiles(work, site.operatorId, of))
  await database.work(job, async (work) => {
    if (!(await lockLeftFiles(work, of))) return
    const folder = ownFolder(site, privateAddresses.wordFor(of.addressId))
    // Also languages that the operator had when they were written.
    for (const language of ['', ...LOCALES.map((one) => `${one}/`)])
      await Promise.all(Object.keys(OWN_DOCUMENTS).map((path) => files.remove(`${folder}/${language}${path}`)))
    await forgetFiles(work, of)
  })
}

type File = Document & { readonly path: string }

/** Each document in the folder of each language, and in the first one also at the root. */
function filesOf(
  statuses: readonly Status[],
  documents: Readonly<Record<string, (status: Status) => Document>>,
): readonly File[] {
  return statuses.flatMap((status, at) =>
    Object.entries(documents).flatMap(([path, write]) => {
      const document = write(status)
      const file = { ...document, path: `${status.locale}/${path}` }
      return at === 0 ? [file, { ...document, path }] : [file]
    }),
  )
}

/** Stands for all that is told but the page; of each day another, so that no file is older, whatever this omits. */
function digestOf(statuses: readonly Status[]): string {
  const told = statuses.map(({ now, base, page, components, incidents, maintenances }) => {
    const [day] = now.toString().split('T')
    return { day, base, page, components, incidents, maintenances }
  })
  return createHash('sha256').update(JSON.stringify(told)).digest('base64url')
}
