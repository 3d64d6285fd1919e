import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Locale } from '../base/locale.ts'
import type { Database } from '../database/work.ts'
import { importArticles } from '../rooms/self-help/index.ts'
import { knownOperators } from './operators.ts'

/**
 * Where a checkout of the vendor's documentation keeps each language's articles, and where they stand among each other: an article
 * has the same address in every language, and links lead from one folder to another.
 */
const FOLDERS: readonly { readonly language: Locale; readonly under: string; readonly part: string }[] = [
  { language: 'en', under: 'admin', part: 'en-US/microsoft-365/admin' },
  { language: 'en', under: 'admin', part: 'en-US/Office365-Admin' },
  { language: 'en', under: 'enterprise', part: 'en-US/Enterprise' },
  { language: 'da', under: '', part: 'da-DK/microsoft-365' },
  { language: 'zh-Hans', under: 'admin', part: 'zh-CN/microsoft-365/admin' },
  { language: 'zh-Hans', under: 'enterprise', part: 'zh-CN/Enterprise' },
  { language: 'zh-Hans', under: 'service-descriptions', part: 'zh-CN/Office365-ServiceDescriptions' },
]

/** Before the addresses of these articles, so that the demonstration's own stay when they are imported. */
const PREFIX = 'learn'
const SITE = 'https://learn.microsoft.com'

/** Imports real documentation beside the demonstration's own; what has not changed is left alone, so later starts are quick. */
export async function importCorpus(database: Database, folder: string, say: (line: string) => void): Promise<void> {
  const there = FOLDERS.filter(({ part }) => existsSync(join(folder, part)))
  for (const { part } of FOLDERS.filter((one) => !there.includes(one))) say(`  ${join(folder, part)} is not there`)
  for (const { operatorId, slug } of await knownOperators(database).all()) {
    for (const [language, parts] of Map.groupBy(there, (one) => one.language)) {
      const { added, changed, unchanged, faults, skipped } = await importArticles(database, {
        operatorId,
        operator: slug,
        folder: parts.map(({ part, under }) => ({ folder: join(folder, part), under })),
        language,
        prefix: PREFIX,
        site: SITE,
      })
      say(
        `  ${slug}, ${language}: ${added} added, ${changed} changed, ${unchanged} unchanged; ${faults.length + skipped.length} things not understood`,
      )
    }
  }
}
