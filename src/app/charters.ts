import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { newId } from '../base/ids.ts'
import type { Database, Work } from '../database/work.ts'
import { applyCharter, charterFaults, charterJsonSchema } from '../rooms/entitlements/index.ts'
import { yearsLost } from '../rooms/holidays/index.ts'
import { addOperator, operators } from '../rooms/people/index.ts'
import { placeIn, readYaml, shownPath } from './yaml-places.ts'
import type { YamlFile } from './yaml-places.ts'

/** What is wrong with a charter's folder, line by line, for the person who wrote it. */
export class CharterProblems extends Error {
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.name = 'CharterProblems'
    this.problems = problems
  }
}

/**
 * Reads the YAML files of a charter's folder as one document; a key may stand in one of them only. `CharterProblems` names
 * everything that is wrong at once, each with file, line and column.
 */
export function readCharterFolder(folder: string): Readonly<Record<string, unknown>> {
  const files = yamlFilesIn(folder)
  const broken = files.flatMap(({ problems }) => problems)
  if (broken.length > 0) throw new CharterProblems(broken)
  const document: Record<string, unknown> = {}
  const fileOf = new Map<string, YamlFile>()
  const repeated: string[] = []
  for (const file of files) {
    for (const [key, value] of Object.entries(file.content)) {
      const before = fileOf.get(key)
      if (before) repeated.push(`${placeIn(file, [key])}: "${key}" stands in ${shownPath(before.path)} already`)
      else fileOf.set(key, file)
      document[key] = value
    }
  }
  if (repeated.length > 0) throw new CharterProblems(repeated)
  const problems = charterFaults(document).map(({ path, message }) => {
    const file = fileOf.get(String(path[0])) ?? files[0]
    return { place: file ? placeIn(file, path) : folder, text: `${path.join('.')}: ${message}` }
  })
  if (problems.length > 0)
    throw new CharterProblems([...new Set(problems.map(({ place, text }) => `${place}: ${text}`))].toSorted(byPlace))
  return document
}

function yamlFilesIn(folder: string): readonly YamlFile[] {
  const names = namesIn(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .toSorted()
  if (names.length === 0) throw new CharterProblems([`${folder}: there is no YAML file here`])
  return names.map((name) => readYaml(join(folder, name)))
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    throw new CharterProblems([`${folder}: there is no such folder`])
  }
}

/** By file, then by line and column as numbers. */
function byPlace(one: string, other: string): number {
  return one.localeCompare(other, 'en', { numeric: true })
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
    await refuseLostYears(work, { operatorId, folder, document })
    return applyCharter(work, operatorId, document)
  })
  return { operatorId, slug, ...applied }
}

/** Approved years of holidays must not get lost because the folder is older than their approval. */
export async function refuseLostYears(
  work: Work,
  of: { readonly operatorId: string; readonly folder: string; readonly document: Readonly<Record<string, unknown>> },
): Promise<void> {
  const lost = await yearsLost(work, of.operatorId, of.document)
  if (lost.length === 0) return
  throw new CharterProblems(
    lost.map(
      ({ layer, year, by }) =>
        `${of.folder}: holidays.${layer}: ${year}, approved by ${by}, is not in these files and would be lost. Put the lines here that this writes: svar holidays print --operator ${String(of.document['operator'])} --layer ${layer}`,
    ),
  )
}

/** What `charters/charter.schema.json` holds: `svar charter schema > charters/charter.schema.json`. */
export function charterSchemaText(): string {
  return `${JSON.stringify(charterJsonSchema(), null, 2)}\n`
}
