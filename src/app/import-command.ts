import { stat, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { LOCALES } from '../base/locale.ts'
import type { Locale } from '../base/locale.ts'
import { BROKEN_LINKS, faultText, importArticles, importArticlesFromJsonl } from '../rooms/self-help/index.ts'
import type { ImportReport } from '../rooms/self-help/index.ts'
import { knownOperators } from './operators.ts'
import type { Ground } from './parts.ts'

const USAGE = `svar import-articles <folder> --operator <name> --language <${LOCALES.join('|')}>

  A folder or git checkout of Markdown: plain, or in the dialect of Learn and DocFX, with its YAML pages. Only what has changed is
  read again; what has gone is retired, and its address says so or leads to where it is now.

  Several folders make one when each says where it stands:  svar import-articles admin=docs/admin enterprise=docs/enterprise …
  An article has the same address in every language when its path is the same.

  --prefix <name>    stands before every address; only articles of the same prefix are ever retired
  --site <url>       where links like /x/y lead: the site the articles come from
  --report <file>    everything that was not understood, a line each with file and line number; as JSON when it ends in .json
  --format jsonl     a file of fields instead of a folder, one JSON object a line, zipped or not
`

type WithGround = (use: (ground: Ground) => Promise<number>) => Promise<number>

/** `svar import-articles`: 0 well, also when articles have faults; 1 without such an operator or folder; 2 not understood. */
export async function importArticlesFrom(arguments_: readonly string[], withGround: WithGround): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...arguments_],
    allowPositionals: true,
    options: {
      operator: { type: 'string' },
      language: { type: 'string' },
      format: { type: 'string', default: 'markdown' },
      prefix: { type: 'string' },
      site: { type: 'string' },
      report: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  const language = LOCALES.find((locale) => locale === values.language)
  const [first] = positionals
  if (values.help) return (process.stdout.write(USAGE), 0)
  if (!first || !values.operator || !language || (values.site && !/^https?:\/\/[^/]/.test(values.site))) {
    process.stderr.write(USAGE)
    return 2
  }
  const mounts = positionals.map(mountOf)
  for (const { folder } of mounts) {
    if (await stat(folder).catch(() => undefined)) continue
    say(`${folder} is not there.`)
    return 1
  }
  return withGround(async ({ database }) => {
    const operator = await knownOperators(database).bySlug(values.operator ?? '')
    if (!operator) {
      say(`There is no operator "${values.operator}". Apply its charter first.`)
      return 1
    }
    const { operatorId } = operator
    const of = { operatorId, language, prefix: values.prefix, site: values.site, onProgress: bar }
    const report =
      values.format === 'jsonl'
        ? await importArticlesFromJsonl(database, { ...of, file: resolve(first) })
        : await importArticles(database, { ...of, operator: operator.slug, folder: mounts })
    if (process.stderr.isTTY) say('')
    await tell(report, values.report, language)
    return 0
  })
}

/** `folder`, or `under=folder`. */
function mountOf(argument: string): { readonly folder: string; readonly under: string } {
  const [, under = '', folder = argument] = /^([\w./-]+)=(.+)$/.exec(argument) ?? []
  return { folder: resolve(folder), under: under.replaceAll(/^\/+|\/+$/g, '') }
}

const SHOWN = 20

async function tell(report: ImportReport, file: string | undefined, language: Locale): Promise<void> {
  const lines = linesOf(report)
  if (file)
    await writeFile(file, file.endsWith('.json') ? `${JSON.stringify(report, null, 2)}\n` : `${lines.join('\n')}\n`)
  else lines.slice(0, SHOWN).forEach((line) => say(`  ${line}`))
  if (!file && lines.length > SHOWN) say(`  … and ${lines.length - SHOWN} more; --report <file> writes them all.`)
  for (const { from, to } of report.moved) say(`  moved: ${from} → ${to}`)
  for (const id of report.retired) say(`  retired: ${id}`)
  const { added, changed, unchanged, removed, skipped, faults } = report
  const broken = faults.filter(({ code }) => BROKEN_LINKS.has(code)).length
  say(
    `${language}: ${added} added, ${changed} changed, ${unchanged} unchanged, ${removed} removed (${report.moved.length} moved).`,
  )
  say(
    `${skipped.length} files are no articles, ${broken} links lead nowhere, ${faults.length - broken} other things were not understood.`,
  )
}

function linesOf({ skipped, faults }: ImportReport): readonly string[] {
  return [
    ...skipped.map(({ file, why }) => `${file}: ${why}`),
    ...faults.map((fault) => `${fault.file}${fault.line ? `:${fault.line}` : ''}: ${faultText(fault, 'en')}`),
  ]
}

const WIDTH = 30

function bar(done: number, total: number): void {
  if (!process.stderr.isTTY) return
  const full = Math.round((WIDTH * done) / total)
  process.stderr.write(`\r  [${'#'.repeat(full)}${' '.repeat(WIDTH - full)}] ${done} of ${total} articles`)
}

/** Progress goes to standard error, so that what a command answers can be piped. */
function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
