import { randomUUIDv7 } from 'node:crypto'

/** A new id: UUID version 7, so that ids made later sort later. Made in the app, never by the database. */
export function newId(): string {
  return randomUUIDv7()
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** True for the canonical, lower-case form only: what is true here may be written as an SQL literal. */
export function isId(text: string): boolean {
  return UUID.test(text)
}
