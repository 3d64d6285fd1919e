import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { LineCounter, parseDocument } from 'yaml'
import { newId } from '../base/ids.ts'
import type { Database } from '../database/work.ts'
import { applyCharter, charterSchema } from '../rooms/entitlements/index.ts'
import { yearsLost } from '../rooms/holidays/index.ts'
import { addOperator, operators } from '../rooms/people/index.ts'

/** What is wrong with a charter's folder, line by line, for the person who wrote it. */
export class CharterProblems extends Error {
  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'CharterProblems'
  }
}

/** Reads the YAML files of a charter's folder as one document; a key may stand in one of them only. */
export function readCharterFolder(folder: string): Readonly<Record<string, unknown>> {
  const files = readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
  if (files.length === 0) throw new CharterProblems([`${folder}: there is no YAML file here`])
  const document: Record<string, unknown> = {}
  const places = new Map<string, string>()
  for (const file of files) {
    for (const [key, value] of Object.entries(readYaml(join(folder, file)))) {
      const before = places.get(key)
      if (before) throw new CharterProblems([`${join(folder, file)}: "${key}" stands in ${before} already`])
      places.set(key, file)
      document[key] = value
    }
  }
  checkCharter(folder, document, places)
  return document
}

function readYaml(path: string): Readonly<Record<string, unknown>> {
  const lines = new LineCounter()
  const parsed = parseDocument(readFileSync(path, 'utf8'), { lineCounter: lines })
  if (parsed.errors.length > 0) {
    throw new CharterProblems(
      parsed.errors.map(({ message, pos }) => `${path}:${lines.linePos(pos[0]).line}: ${message.split('\n')[0]}`),
    )
  }
  const value: unknown = parsed.toJS()
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new CharterProblems([`${path}: keys and values are expected`])
  return value as Readonly<Record<string, unknown>>
}

function checkCharter(folder: string, document: unknown, places: ReadonlyMap<string, string>): void {
  const result = charterSchema.safeParse(document)
  if (result.success) return
  throw new CharterProblems(
    result.error.issues.map(
      ({ path, message }) => `${join(folder, places.get(String(path[0])) ?? '')}: ${path.join('.')}: ${message}`,
    ),
  )
}

export type Applied = {
  readonly operatorId: string
  readonly slug: string
  readonly version: number
  readonly changed: boolean
}

/** Applies a checked charter: makes its operator when it is new, by `add`, and a new version when something changed. */
export async function applyCharterFolder(database: Database, folder: string, add = addOperator): Promise<Applied> {
  const document = readCharterFolder(folder)
  const slug = String(document['operator'])
  const known = await database.work({ kind: 'visitor' }, (work) => operators(work))
  const operatorId = known.find((one) => one.slug === slug)?.operatorId ?? newId()
  const applied = await database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
    if (!known.some((one) => one.slug === slug)) await add(work, slug)
    const lost = await yearsLost(work, operatorId, document)
    if (lost.length > 0)
      throw new CharterProblems(
        lost.map(
          ({ layer, year, by }) =>
            `${folder}: holidays.${layer}: ${year}, approved by ${by}, is not in these files and would be lost. Put the lines here that this writes: svar holidays print --operator ${slug} --layer ${layer}`,
        ),
      )
    return applyCharter(work, operatorId, document)
  })
  return { operatorId, slug, ...applied }
}
