import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where the build put what the browser gets; beside the bundle, or in `dist` when run from source. */
export const PUBLIC_FOLDER =
  [import.meta.dirname, join(import.meta.dirname, '../../dist')]
    .map((folder) => join(folder, 'public'))
    .find((folder) => existsSync(folder)) ?? join(import.meta.dirname, 'public')

const names: Readonly<Record<string, string>> = readNames()

function readNames(): Record<string, string> {
  const file = join(PUBLIC_FOLDER, '../assets.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>) : {}
}

/** The address of a built file; its name carries the hash of its content, so it may be kept for ever. */
export function asset(name: string): string {
  return `/assets/${names[name] ?? name}`
}
