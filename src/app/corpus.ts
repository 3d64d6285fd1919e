import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '../base/locale.ts'
import type { Database } from '../database/work.ts'
import { importArticles } from '../rooms/self-help/index.ts'
import { knownOperators } from './operators.ts'

/** Where a checkout of the vendor's documentation keeps each language's articles. */
const FOLDERS: readonly (readonly [Locale, string])[] = [
  ['en', 'en-US/Office365-Admin'],
  ['en', 'en-US/Enterprise'],
  ['da', 'da-DK/microsoft-365/admin'],
  ['da', 'da-DK/microsoft-365/enterprise'],
  ['zh-Hans', 'zh-CN/Enterprise'],
]

/** Imports real documentation beside the demonstration's own; what has not changed is left alone, so later starts are quick. */
export async function importCorpus(database: Database, folder: string, say: (line: string) => void): Promise<void> {
  for (const { operatorId, slug } of await knownOperators(database).all()) {
    for (const [language, part] of FOLDERS) {
      const source = join(folder, part)
      if (!existsSync(source)) {
        say(`  ${source} is not there`)
        continue
      }
      const { added, changed, unchanged } = await importArticles(database, {
        operatorId,
        operator: slug,
        folder: source,
        language,
        prefix: part,
      })
      say(`  ${slug}, ${part}: ${added} added, ${changed} changed, ${unchanged} unchanged`)
    }
  }
}
