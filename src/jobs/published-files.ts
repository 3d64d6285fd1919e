import { AwsClient } from 'aws4fetch'
import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, rmdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'

/** Files that somebody else serves, so that they can be read while Svar is down. */
export type PublishedFiles = {
  /**
   * Puts a file in place of the one that was there; readers see the one or the other, never a part. Of two at once the last one
   * stays: publish a path from one job at a time. Throws when it could not be kept; for jobs, which try again.
   */
  readonly publish: (path: string, contentType: string, bytes: Uint8Array) => Promise<void>
  /** Takes a file away, and folders that are empty then; nothing where there is none. Throws when it may still be there. */
  readonly remove: (path: string) => Promise<void>
}

/** Segments of letters and digits that may hold dots, hyphens and underscores, but not begin with them. */
const PATH = /^(?=.{1,300}$)[A-Za-z0-9][\w.-]*(\/[A-Za-z0-9][\w.-]*)*$/
const STORE_MILLISECONDS = 20_000
const TOLD = 300

/**
 * The place that a setting names: a folder that a web server serves, or `s3+https://KEY:SECRET@HOST/BUCKET/PREFIX?region=REGION` for
 * a store that speaks S3. Throws a sentence when it names neither.
 */
export function openPublishedFiles(place: string): PublishedFiles {
  const store = /^s3\+https?:\/\//.test(place) ? bucketAt(place) : folderAt(place)
  return {
    publish: async (path, contentType, bytes) => store.publish(checked(path), contentType, bytes),
    remove: async (path) => store.remove(checked(path)),
  }
}

function checked(path: string): string {
  if (!PATH.test(path)) throw new Error(`"${path}" is no path to publish at`)
  return path
}

function folderAt(folder: string): PublishedFiles {
  if (/^[a-z0-9+]+:/i.test(folder)) throw new Error(`${folder.split(':')[0]}: is no place to publish files at`)
  const root = resolve(folder)
  return {
    async publish(path, _, bytes) {
      const file = join(root, path)
      await mkdir(dirname(file), { recursive: true })
      // Beside its place, because a rename is whole only within one file system.
      const draft = join(dirname(file), `.${randomUUID()}`)
      try {
        await writeThrough(draft, bytes)
        await rename(draft, file)
      } finally {
        await rm(draft, { force: true })
      }
    },
    async remove(path) {
      const file = join(root, path)
      await rm(file, { force: true })
      for (let above = dirname(file); above !== root; above = dirname(above)) if (!(await isRemoved(above))) break
    },
  }
}

/** Takes a folder away if there is nothing in it. */
async function isRemoved(folder: string): Promise<boolean> {
  try {
    await rmdir(folder)
    return true
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return true
    if (code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'ENOTDIR') return false
    throw error
  }
}

/** To the disk before it is renamed: after a crash there is no empty file under the name. */
async function writeThrough(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o644)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function bucketAt(place: string): PublishedFiles {
  const url = URL.parse(place.replace(/^s3\+/, ''))
  const [, bucket, ...prefix] = url?.pathname.split('/') ?? []
  if (!url || !bucket || url.username === '' || url.password === '')
    throw new Error('Files are published at s3+https://KEY:SECRET@HOST/BUCKET/PREFIX?region=REGION')
  const client = new AwsClient({
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    region: url.searchParams.get('region') ?? 'us-east-1',
    service: 's3',
    retries: 0, // a job tries again
  })
  const base = `${url.origin}/${[bucket, ...prefix.filter(Boolean)].join('/')}`
  return {
    publish: async (path, contentType, bytes) =>
      ask('PUT', path, {
        body: new Uint8Array(bytes),
        headers: {
          'content-type': contentType,
          // What is kept by browsers and in between is asked for anew: it tells of an outage.
          'cache-control': 'no-cache',
          'x-amz-content-sha256': createHash('sha256').update(bytes).digest('hex'),
        },
      }),
    remove: async (path) =>
      ask('DELETE', path, { headers: { 'x-amz-content-sha256': createHash('sha256').digest('hex') } }),
  }

  /** A store answers the deletion of what it has not like any other. */
  async function ask(method: 'PUT' | 'DELETE', path: string, init: RequestInit): Promise<void> {
    const answer = await client.fetch(`${base}/${path}`, {
      ...init,
      method,
      redirect: 'error',
      signal: AbortSignal.timeout(STORE_MILLISECONDS),
      aws: { allHeaders: true },
    })
    const told = (await answer.text()).slice(0, TOLD)
    if (!answer.ok) throw new Error(`the store of published files answered ${answer.status} to ${path}: ${told}`)
  }
}
