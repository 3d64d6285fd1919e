import { LOCALES } from '../../../base/locale.ts'
import type { Fault } from './fault.ts'

/** A text as it was written: where by keys and places, and where by ids, which stay when something is put before it. */
export type WrittenText = {
  readonly path: Fault['path']
  readonly name: string
  readonly text: Readonly<Record<string, unknown>>
}

/** Every text of a document as it was written: an object all of whose keys are languages. */
export function textsIn(
  value: unknown,
  at: Pick<WrittenText, 'path' | 'name'> = { path: [], name: '' },
): readonly WrittenText[] {
  if (typeof value !== 'object' || value === null) return []
  if (Array.isArray(value))
    return value.flatMap((one, place) =>
      textsIn(one, { path: [...at.path, place], name: `${at.name}.${idOf(one) ?? place}` }),
    )
  const entries = Object.entries(value)
  if (entries.length > 0 && entries.every(([key]) => (LOCALES as readonly string[]).includes(key)))
    return [{ ...at, text: Object.fromEntries(entries) }]
  return entries.flatMap(([key, one]) => textsIn(one, { path: [...at.path, key], name: `${at.name}.${key}` }))
}

function idOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value)) return undefined
  return typeof value.id === 'string' ? value.id : undefined
}
