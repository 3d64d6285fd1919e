import { createHash } from 'node:crypto'
import pg from 'pg'
import type { CustomTypesConfig } from 'pg'

const TIMESTAMPTZ = 1184
const DATE = 1082
const INT8 = 20
const NUMERIC = 1700

/** `timestamptz` as `Temporal.Instant` (infinity as null), `date` as text, counts as numbers. */
export const typeParsers: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === TIMESTAMPTZ) return instantOf
    if (oid === DATE) return (text: string) => text
    if (oid === INT8 || oid === NUMERIC) return Number
    return pg.types.getTypeParser(oid, format) as unknown
  }) as CustomTypesConfig['getTypeParser'],
}

function instantOf(text: string): Temporal.Instant | null {
  return text.endsWith('infinity') ? null : Temporal.Instant.from(text.replace(' ', 'T'))
}

/** A value in the form pg writes it: instants as text, plain objects as JSON. */
export function writable(value: unknown): unknown {
  return value instanceof Temporal.Instant ? value.toString() : value
}

const names = new Map<string, string>()

/** A stable short name for a statement's text, so that the server plans it once per connection. */
export function nameOfStatement(text: string): string {
  let name = names.get(text)
  if (!name) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
    names.set(text, name)
  }
  return name
}
