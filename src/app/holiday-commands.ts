import { createReadStream } from 'node:fs'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { stringify } from 'yaml'
import { HolidayProblem, proposeHolidays, readChineseDays, readIcs, writtenLayer } from '../rooms/holidays/index.ts'
import type { DayChange } from '../rooms/holidays/index.ts'
import { knownOperators } from './operators.ts'
import type { KnownOperator } from './operators.ts'
import type { Ground } from './parts.ts'

const USAGE = `svar holidays propose --operator <name> --layer <id> --year <year> (--ics <file, or - for standard input> | --package chinese-days)
svar holidays print --operator <name> --layer <id>`

type WithGround = (use: (ground: Ground) => Promise<number>) => Promise<number>
type Days = Awaited<ReturnType<typeof daysFrom>>

/**
 * `svar holidays propose` stores a proposal for a support lead and prints what it would change; `svar holidays print`
 * writes a layer in force as YAML. 0 well, 1 refused, 2 not understood.
 */
export async function holidays(arguments_: readonly string[], withGround: WithGround): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...arguments_],
    allowPositionals: true,
    options: {
      operator: { type: 'string' },
      layer: { type: 'string' },
      year: { type: 'string' },
      ics: { type: 'string' },
      package: { type: 'string' },
    },
  })
  const { operator, layer, ics, package: name } = values
  const year = Number(values.year)
  const action = positionals.join(' ')
  try {
    if (action === 'print' && operator && layer) return await withGround((ground) => print(ground, { operator, layer }))
    const sources = [ics, name].filter((one) => one !== undefined).length
    if (action === 'propose' && operator && layer && sources === 1 && isYear(year)) {
      const found = await daysFrom({ ics, package: name }, year)
      return await withGround((ground) => propose(ground, { operator, layer, year, found }))
    }
  } catch (error) {
    if (!(error instanceof HolidayProblem)) throw error
    process.stderr.write(`${error.message}\n`)
    return 1
  }
  process.stderr.write(`${USAGE}\n`)
  return 2
}

async function print(
  { database }: Ground,
  { operator, layer }: { readonly operator: string; readonly layer: string },
): Promise<number> {
  const { operatorId } = await operatorCalled(database, operator)
  const lines = await database.work({ kind: 'visitor', operatorId }, (work) => writtenLayer(work, operatorId, layer))
  if (!lines) throw new HolidayProblem(`The charter of ${operator} has no holiday layer "${layer}".`)
  process.stdout.write(stringify({ holidays: { [layer]: lines } }))
  return 0
}

async function operatorCalled(database: Ground['database'], name: string): Promise<KnownOperator> {
  const operator = await knownOperators(database).bySlug(name)
  if (!operator) throw new HolidayProblem(`There is no operator "${name}". Apply its charter first.`)
  return operator
}

function isYear(year: number): boolean {
  return Number.isInteger(year) && year >= 1900 && year <= 2999
}

async function daysFrom(
  from: { readonly ics: string | undefined; readonly package: string | undefined },
  year: number,
) {
  if (from.ics !== undefined) {
    const source = from.ics === '-' ? 'iCalendar text' : from.ics
    return { ...readIcs(await contentOf(from.ics), year), source: source.slice(-300), region: undefined }
  }
  if (from.package !== 'chinese-days')
    throw new HolidayProblem(
      `There is no package "${from.package}" here: say --package chinese-days, or give a file with --ics.`,
    )
  return { days: readChineseDays(year), leftOut: [], source: 'npm package chinese-days', region: 'CN' }
}

async function contentOf(file: string): Promise<string> {
  try {
    return await text(file === '-' ? process.stdin : createReadStream(file))
  } catch (error) {
    throw new HolidayProblem(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}

async function propose(
  { database }: Ground,
  of: { readonly operator: string; readonly layer: string; readonly year: number; readonly found: Days },
): Promise<number> {
  const { operatorId, charter } = await operatorCalled(database, of.operator)
  const { days, source, leftOut, region } = of.found
  const here = charter.holidays[of.layer]?.region
  if (region && here && here.split('-')[0] !== region)
    throw new HolidayProblem(
      `These are holidays of ${region}, and the layer ${of.layer} is of ${here}. Name another layer.`,
    )
  const { difference } = await database.work({ kind: 'job', operatorIds: [operatorId] }, (work) =>
    proposeHolidays(work, { operatorId, layer: of.layer, year: of.year, days, source }),
  )
  for (const name of leftOut) process.stderr.write(`  left out, because it has hours: ${name}\n`)
  for (const line of difference) process.stdout.write(`${lineOf(line)}\n`)
  if (difference.length === 0) process.stdout.write('No day is different from what is in force.\n')
  process.stderr.write(`Proposed. Nothing moves until a support lead approves it at /${of.operator}/agent/holidays.\n`)
  return 0
}

const SIGN = { added: '+', removed: '-', changed: '~' } as const

/** "+ 2027-10-01 Friday: usual hours -> closed". */
function lineOf(line: DayChange): string {
  const weekday = Temporal.PlainDate.from(line.date).toLocaleString('en', { weekday: 'long' })
  const before = line.change === 'added' ? 'usual hours' : written(line.before)
  const after = line.change === 'removed' ? 'usual hours' : written(line.after)
  return `${SIGN[line.change]} ${line.date} ${weekday}: ${before} -> ${after}`
}

function written(day: unknown): string {
  return typeof day === 'string' ? day : JSON.stringify(day)
}
