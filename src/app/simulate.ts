import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { charterSchema } from '../rooms/entitlements/index.ts'
import type { Charter, Severity } from '../rooms/entitlements/index.ts'
import { readCharterFolder } from './charters.ts'
import { PROJECT } from './project.ts'
import { answerTo, arrivalsIn, CannotSimulate, readAsk } from './simulation.ts'
import type { Answer, Arrival, Ask } from './simulation.ts'
import { weekSvg } from './week-svg.ts'

const USAGE = `svar charter simulate (--operator <name> | --folder <charter>) [--contract <id>]
    --received <moment> --severity <id> --support-type <id> [--json]   one due time and why
    --stdin                                                            a request a line as JSON, an answer a line
    [--year <year>]                                                    a table of moments that are easily got wrong
    --svg <file> [--week <date>] [--severity …] [--support-type …]      draws a week of the calendar`

/** Where answers go and requests come from. */
export type Pipes = { readonly input: Readable; readonly output: Writable; readonly errors: Writable }

type Options = {
  readonly contract: string | undefined
  readonly received: string | undefined
  readonly severity: string | undefined
  readonly supportType: string | undefined
  readonly year: string | undefined
  readonly week: string | undefined
}

/** `svar charter simulate`: due times under a charter's folder, without a database. 0 well, 1 refused, 2 not understood. */
export async function simulate(arguments_: readonly string[], pipes: Pipes): Promise<number> {
  const { values } = parseArgs({
    args: [...arguments_],
    options: {
      operator: { type: 'string' },
      folder: { type: 'string' },
      received: { type: 'string' },
      severity: { type: 'string' },
      'support-type': { type: 'string' },
      contract: { type: 'string' },
      year: { type: 'string' },
      week: { type: 'string' },
      svg: { type: 'string' },
      help: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      stdin: { type: 'boolean', default: false },
    },
  })
  const { operator, folder, contract, received, severity, year, week, svg } = values
  const named = folder ? resolve(folder) : operator && /^[\w-]+$/.test(operator) && join(PROJECT, 'charters', operator)
  if (values.help) return (pipes.output.write(`${USAGE}\n`), 0)
  if (!named) {
    pipes.errors.write(`${USAGE}\n`)
    return 2
  }
  if (!existsSync(named)) {
    pipes.errors.write(`There is no charter at ${named}. Name a folder with --folder.\n`)
    return 1
  }
  const charter = charterSchema.parse(readCharterFolder(named))
  const options = { contract, received, severity, supportType: values['support-type'], year, week }
  if (values.stdin) return answerLines(charter, pipes)
  try {
    if (svg) return draw(charter, options, resolve(svg))
    if (received !== undefined) return answerOne(charter, options, values.json, pipes)
    return table(charter, options, values.json, pipes)
  } catch (error) {
    if (!(error instanceof CannotSimulate)) throw error
    if (values.json) pipes.output.write(`${JSON.stringify({ error: error.message })}\n`)
    else pipes.errors.write(`${error.message}\n`)
    return 1
  }
}

function answerOne(charter: Charter, options: Options, asJson: boolean, { output }: Pipes): number {
  const { received, severity, supportType, contract } = options
  const answer = answerTo(charter, readAsk(charter, { received, severity, supportType, contract }))
  if (asJson) output.write(`${jsonOf(answer)}\n`)
  else
    output.write([wallText(answer.due, answer.zone), ...answer.because.map(({ text }) => `  ${text}`), ''].join('\n'))
  return 0
}

function jsonOf({ due, because }: Answer): string {
  return JSON.stringify({ due: due.toString(), because })
}

/** One answer for each line that is not empty, in order; what is wrong with a line is its answer, and the rest go on. */
async function answerLines(charter: Charter, { input, output }: Pipes): Promise<number> {
  let left = false
  // Whoever reads has enough, as `head` does.
  output.once('error', () => (left = true))
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue
    if (!output.write(`${answerLine(charter, line)}\n`)) await once(output, 'drain').catch(() => {})
    if (left) break
  }
  return 0
}

function answerLine(charter: Charter, line: string): string {
  try {
    return jsonOf(answerTo(charter, readAsk(charter, JSON.parse(line))))
  } catch (error) {
    if (error instanceof SyntaxError) return JSON.stringify({ error: `the line is not JSON: ${error.message}` })
    return JSON.stringify({ error: error instanceof Error ? error.message : String(error) })
  }
}

function table(charter: Charter, options: Options, asJson: boolean, { output }: Pipes): number {
  const year = options.year === undefined ? Temporal.Now.plainDateISO(charter.zone).year : Number(options.year)
  if (!Number.isInteger(year) || year < 1900 || year > 2999) throw new CannotSimulate('year: a year such as 2026')
  const asks = asksOf(charter, options)
  for (const arrival of arrivalsIn(charter, year))
    for (const ask of asks) {
      const asked = { ...ask, received: arrival.at }
      const answer = answerTo(charter, asked)
      output.write(`${asJson ? jsonLine(asked, answer) : row(charter, arrival, asked, answer)}\n`)
    }
  return 0
}

/** Every severity of every support type, or those that were named. */
function asksOf(charter: Charter, options: Options): readonly Omit<Ask, 'received'>[] {
  const types = charter.supportTypes
    .map(({ id }) => id)
    .filter((id) => options.supportType === undefined || id === options.supportType)
  const severities = charter.severities
    .map(({ id }) => id)
    .filter((one) => options.severity === undefined || one === options.severity)
  if (types.length === 0 || severities.length === 0)
    throw new CannotSimulate(`the charter has the support types ${charter.supportTypes.map(({ id }) => id).join(', ')}`)
  const contract = options.contract ?? null
  return types.flatMap((supportType) => severities.map((severity) => ({ supportType, severity, contract })))
}

function jsonLine({ received, severity, supportType }: Ask, answer: Answer): string {
  const { due, granted, target, calendar, zone } = answer
  const at = { received: received.toString(), severity, supportType }
  return JSON.stringify({ ...at, granted, due: due.toString(), target, calendar, zone })
}

/** "Mon 2026-06-01 03:00  technical  A>B  Mon 2026-06-01 09:00  1 working day, technical  a plain week". */
function row({ zone }: Charter, { at, why }: Arrival, { severity, supportType }: Ask, answer: Answer): string {
  const given: Severity = answer.granted
  const columns = [
    wallText(at, zone),
    supportType.padEnd(16),
    (given === severity ? severity : `${severity}>${given}`).padEnd(3),
    wallText(answer.due, zone),
    `${answer.target}, ${answer.calendar}`.padEnd(26),
    why,
  ]
  return columns.join('  ')
}

function wallText(at: Temporal.Instant, zone: string): string {
  const wall = at.toZonedDateTimeISO(zone)
  const text = wall.toString({ smallestUnit: 'minute', timeZoneName: 'never' }).replace('T', ' ')
  return `${wall.toLocaleString('en', { weekday: 'short' })} ${text}`
}

function draw(charter: Charter, options: Options, file: string): number {
  const supportType = options.supportType ?? charter.supportTypes[0]?.id ?? ''
  const severity = options.severity ?? charter.severities[1]?.id ?? charter.severities[0]?.id ?? ''
  const { contract, received } = options
  const first = received ?? mondayOf(options, charter).toZonedDateTime(charter.zone).toInstant().toString()
  const ask = readAsk(charter, { received: first, severity, supportType, contract })
  const { calendar: id, granted } = answerTo(charter, ask)
  const calendar = charter.calendars[id]
  if (!calendar) throw new CannotSimulate(`the charter has no calendar ${id}`)
  const day = ask.received.toZonedDateTimeISO(calendar.zone).toPlainDate()
  const monday = received ? day.subtract({ days: day.dayOfWeek - 1 }) : mondayOf(options, charter)
  const moments = received ? [ask.received] : plainMoments(monday, calendar.zone)
  const requests = moments.map((at) => ({ received: at, due: answerTo(charter, { ...ask, received: at }).due }))
  const title = `${calendar.name.en}: severity ${granted}, ${supportType}`
  writeFileSync(file, weekSvg({ title, calendar, monday, requests }))
  return 0
}

/** The Monday of the week asked for, else of this one. */
function mondayOf({ week }: Options, { zone }: Charter): Temporal.PlainDate {
  const date = week === undefined ? Temporal.Now.plainDateISO(zone) : dateOf(week)
  return date.subtract({ days: date.dayOfWeek - 1 })
}

function dateOf(written: string): Temporal.PlainDate {
  try {
    return Temporal.PlainDate.from(written)
  } catch {
    throw new CannotSimulate(`week: "${written}" is no date such as 2026-10-05`)
  }
}

function plainMoments(monday: Temporal.PlainDate, zone: string): readonly Temporal.Instant[] {
  return [
    [0, '03:00'],
    [1, '12:00'],
    [2, '23:30'],
    [4, '17:30'],
    [5, '11:00'],
  ].map(([days, plainTime]) =>
    monday
      .add({ days: Number(days) })
      .toZonedDateTime({ timeZone: zone, plainTime: String(plainTime) })
      .toInstant(),
  )
}
