import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { z } from 'zod'
import type { Mount } from './read-folder.ts'
import type { FileFault } from './rules/faults.ts'

/** An address that has moved: the path of the file it was, and where it leads, as written in a list or in the file itself. */
export type RedirectEntry = {
  readonly path: string
  readonly to: string
  readonly list: string
  readonly line?: number | undefined
}

const NAME = /^\.openpublishing\.redirection.*\.json$/

const listed = z.object({
  redirections: z.array(
    z.object({
      source_path: z.string().max(500).optional(),
      source_path_from_root: z.string().max(500).optional(),
      redirect_url: z.string().max(2000),
    }),
  ),
})

/**
 * The lists of moved articles that a repository keeps at its root: in the folder itself, or above it up to where the checkout
 * begins. Only articles of the folders count.
 */
export async function readRedirectLists(
  mounts: readonly Mount[],
): Promise<{ readonly entries: readonly RedirectEntry[]; readonly faults: readonly FileFault[] }> {
  const roots = [...new Set(mounts.flatMap(({ folder }) => placesAbove(resolve(folder))))]
  const entries: RedirectEntry[] = []
  const faults: FileFault[] = []
  for (const root of roots) {
    const names = (await readdir(root)).filter((name) => NAME.test(name)).toSorted()
    for (const name of names) {
      const text = await readFile(join(root, name), 'utf8')
      const { data } = listed.safeParse(parsed(text))
      if (!data) faults.push({ file: name, code: 'redirectList', detail: '' })
      for (const { source_path, source_path_from_root, redirect_url: to } of data?.redirections ?? []) {
        const written = (source_path ?? source_path_from_root ?? '').replace(/^\/+/, '')
        const path = pathAmong(mounts, resolve(root, written))
        const at = text.indexOf(`"${source_path ?? source_path_from_root ?? ''}"`)
        const line = at < 0 ? undefined : text.slice(0, at).split('\n').length
        if (path !== undefined) entries.push({ path, to, list: name, line })
      }
    }
  }
  return { entries, faults }
}

/** The folder alone when it is no part of a checkout. */
function placesAbove(folder: string): readonly string[] {
  const places = [folder]
  for (let at = folder; !existsSync(join(at, '.git')); at = dirname(at)) {
    if (dirname(at) === at) return [folder]
    places.push(dirname(at))
  }
  return places
}

function pathAmong(mounts: readonly Mount[], file: string): string | undefined {
  for (const { folder, under } of mounts) {
    const path = relative(resolve(folder), file).split(sep).join('/')
    if (path !== '' && !path.startsWith('..')) return under ? `${under}/${path}` : path
  }
  return undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    return undefined
  }
}
