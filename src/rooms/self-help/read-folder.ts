import { open, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { decodeText } from './rules/decoding.ts'
import { plainLines } from './rules/dialect.ts'
import type { Fault } from './rules/faults.ts'
import { withinLimits } from './rules/limits.ts'

/** A folder, and the path its files have among the articles: a vendor's repository may lie in several folders. */
export type Mount = { readonly folder: string; readonly under: string }

export type TextFile = {
  /** With forward slashes, as it is seen among the articles. */
  readonly path: string
  readonly text: string
  readonly faults: readonly Fault[]
}

const NOT_ENTERED = /^(?:\.|node_modules$)/
const ARTICLE = /\.(?:md|markdown|ya?ml)$/i
/** No file is read further: ten times what an article may have, whatever its letters take. */
const MOST_BYTES = 6_000_000

/** The Markdown and YAML files of the folders, in the order of their paths. Hidden folders and links to other places are not entered. */
export async function readFolders(mounts: readonly Mount[]): Promise<readonly TextFile[]> {
  const files: TextFile[] = []
  for (const { folder, under } of mounts) {
    for (const path of await pathsIn(folder))
      files.push({ path: under ? `${under}/${path}` : path, ...(await readText(join(folder, path))) })
  }
  return files
}

async function pathsIn(folder: string, within = ''): Promise<readonly string[]> {
  const entries = await readdir(join(folder, within), { withFileTypes: true })
  const paths: string[] = []
  for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
    const path = within ? `${within}/${entry.name}` : entry.name
    if (entry.isDirectory() && !NOT_ENTERED.test(entry.name)) paths.push(...(await pathsIn(folder, path)))
    else if (entry.isFile() && ARTICLE.test(entry.name)) paths.push(path)
  }
  return paths
}

async function readText(path: string): Promise<Omit<TextFile, 'path'>> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(Math.min(size, MOST_BYTES)) })
    const { text, encoding } = decodeText(wholeLetters(buffer.subarray(0, bytesRead), size))
    const { text: kept, faults } = withinLimits(plainLines(text))
    return { text: kept, faults: [...(encoding ? [{ code: 'encoding' as const, detail: encoding }] : []), ...faults] }
  } finally {
    await file.close()
  }
}

/** Without the beginning of a letter at the end, where a file was not read to its end: half a letter would make it another encoding. */
function wholeLetters(bytes: Buffer, size: number): Buffer {
  if (bytes.length === size) return bytes
  const lineEnd = bytes.lastIndexOf(0x0a)
  return lineEnd > 0 ? bytes.subarray(0, lineEnd) : bytes
}
