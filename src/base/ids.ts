import { createHash, randomUUIDv7 } from 'node:crypto'

/** A new id: UUID version 7, so that ids made later sort later. Made in the app, never by the database. */
export function newId(): string {
  return randomUUIDv7()
}

/** The id that stands for these words, always the same: for what may be written once only, however often it is tried. */
export function idFor(...parts: readonly string[]): string {
  const hash = createHash('sha256').update(parts.join('\n')).digest('hex')
  return [hash.slice(0, 8), hash.slice(8, 12), hash.slice(12, 16), hash.slice(16, 20), hash.slice(20, 32)].join('-')
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for the canonical, lower-case form only: what is true here may be written as an SQL literal. */
export function isId(text: string): boolean {
  return UUID.test(text)
}
