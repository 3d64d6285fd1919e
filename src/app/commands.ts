import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { Refused } from '../base/refused.ts'
import type { Database } from '../database/work.ts'
import {
  hasAgents,
  inviteFirstLead,
  isDemonstrationUnfinished,
  issueToken,
  operators,
  SCOPES,
} from '../rooms/people/index.ts'
import { refusalText } from '../ui/refusals.ts'
import { planCharter } from './charter-plan.ts'
import { applyCharterFolder, CharterProblems, charterSchemaText } from './charters.ts'
import { CAST } from './demonstration-cast.ts'
import { examine, examineStanding } from './doctor.ts'
import { holidays } from './holiday-commands.ts'
import { importArticlesFrom } from './import-command.ts'
import { PROJECT } from './project.ts'
import { knownOperators } from './operators.ts'
import { moveCases } from './move-cases.ts'
import { replayAll } from './replay.ts'
import { bringUpToDate, embeddedGround, givenGround } from './parts.ts'
import type { Ground } from './parts.ts'
import { logAt, serveOn, workOn } from './serve.ts'
import { readSettings } from './settings.ts'
import type { Settings } from './settings.ts'
import { simulate } from './simulate.ts'
import { waitLearn } from './wait-learn.ts'
import { waitReplay } from './wait-replay.ts'

const HELP = `svar - runs a vendor's support operation

  svar start                          the demonstration: embedded database, made-up organizations, all on one port
  svar serve                          the product, without demonstration; with DATABASE_URL on your own PostgreSQL
  svar work                           jobs alone: reactions, timers, mail
  svar migrate                        bring the schema up to date (SVAR_OWNER_URL, or the embedded database)
  svar charter plan <folder>          what apply would change, in words, and what it would do to open cases
  svar charter apply <folder>         make the charter in a folder the one in force
  svar charter move-cases             move open cases to the charter in force; --preview shows what that would do
  svar charter simulate --operator <name>
                                      due times under a charter: one, a table, JSON lines, a drawing; --help says how
  svar charter schema                 JSON Schema of a charter's files, for editors
  svar holidays propose --operator <name> --layer <id> --year <year> (--ics <file> | --package chinese-days)
                                      public holidays for a support lead to approve; prints what they would change
  svar holidays print --operator <name> --layer <id>
                                      public holidays in force, as lines for the charter's folder
  svar import-articles <folder> --operator <name> --language <en|da|zh-Hans>
                                      a folder or checkout of Markdown; several as under=folder; --help says more
  svar token --person <e-mail> [--operator <name>] [--scope ${SCOPES.join('|')}]
  svar demo                           fill an empty database with the demonstration
  svar wait-replay                    expected waits for a file of queue events on standard input; --help says how
  svar wait-learn --operator <name>   teach the expected waits the log of another system, from standard input
  svar doctor                         say what is well and what is not
  svar replay                         build all clocks anew from the events and compare them with what is stored
  svar help                           this

Settings come from the environment; docs/operating/settings.md names them all.
`

type Command = (arguments_: readonly string[], settings: Settings) => Promise<number>

const COMMANDS: Readonly<Record<string, Command>> = {
  start,
  serve,
  work: workAlone,
  migrate,
  charter,
  holidays: (rest, settings) => holidays(rest, (use) => withGround(settings, use)),
  'import-articles': (rest, settings) => importArticlesFrom(rest, (use) => withGround(settings, use)),
  token,
  demo,
  'import-corpus': importCorpus,
  doctor,
  replay,
  'wait-replay': (rest) => waitReplay(rest, { input: process.stdin, output: process.stdout, errors: process.stderr }),
  'wait-learn': (rest, settings) =>
    waitLearn(rest, {
      input: process.stdin,
      errors: process.stderr,
      withGround: (use) => withGround(settings, use),
    }),
  help: async () => (process.stdout.write(HELP), 0),
}

/** Runs one command and answers its exit code: 0 well, 1 refused or broken, 2 not understood. */
export async function run(arguments_: readonly string[], environment: NodeJS.ProcessEnv): Promise<number> {
  const [name = 'help', ...rest] = arguments_
  const command = COMMANDS[name.replace(/^--?/, '')]
  if (!command) {
    process.stderr.write(`There is no command "${name}".\n\n${HELP}`)
    return 2
  }
  try {
    return await command(rest, readSettings(environment))
  } catch (error) {
    say(explained(error))
    return 1
  }
}

/** Sentences for mistakes a person can mend; the stack for ours. */
function explained(error: unknown): string {
  if (error instanceof Refused)
    return [
      refusalText(error.code, 'en'),
      ...Object.entries(error.fields).map(([name, { code }]) => `  ${name}: ${code}`),
    ].join('\n')
  if (error instanceof CharterProblems) return error.message
  const { code, message = '', stack = '' } = error as { code?: string; message?: string; stack?: string }
  if (code === 'EADDRINUSE')
    return `${message}\nAnother program (perhaps another Svar) uses this port. Set PORT to a free one.`
  if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' || code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE') return message
  return process.env['SVAR_LOG'] === 'debug' ? stack : message || stack
}

/** Progress goes to standard error, so that what a command answers can be piped. */
function say(line: string): void {
  process.stderr.write(`${line}\n`)
}

async function groundOf(settings: Settings): Promise<Ground> {
  const { databaseUrl } = settings
  return databaseUrl ? givenGround({ ...settings, databaseUrl }) : embeddedGround(settings, say)
}

async function withGround<T>(settings: Settings, use: (ground: Ground) => Promise<T>): Promise<T> {
  const ground = await groundOf(settings)
  try {
    return await use(ground)
  } finally {
    await ground.end()
  }
}

async function start(_: readonly string[], settings: Settings): Promise<number> {
  if (settings.databaseUrl) return serve(_, settings)
  say('Starting the database…')
  const ground = await embeddedGround(settings, say)
  try {
    if (await wantsDemonstration(ground.database)) await inChild('demo')
    if (settings.corpusFolder) await inChild('import-corpus')
    const running = await serveOn(ground, settings, { demonstration: true })
    process.stdout.write(await welcome(settings, running.port, ground))
    await untilTold()
    say('\nStopping…')
    await running.stop()
  } finally {
    await ground.end()
  }
  say('Stopped.')
  return 0
}

/**
 * A command in a process of its own: what an import needs of memory goes back to the machine when it is done. The channel ends
 * when we do, and the command with it: two fillings at once would find the same things missing.
 */
async function inChild(command: string): Promise<void> {
  const [entry = ''] = process.argv.slice(1)
  const child = spawn(process.execPath, [...process.execArgv, entry, command], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const code = await new Promise((ended) => child.once('close', ended))
  if (code !== 0) throw new Error(`svar ${command} ended with ${String(code)}`)
}

/** Ends this process when the one that started it as a command of its own is gone. */
function endWithParent(): void {
  process.once('disconnect', () => process.exit(1))
  process.channel?.unref()
}

async function welcome({ host }: Settings, port: number, { database }: Ground): Promise<string> {
  const base = `http://${host === '0.0.0.0' ? '127.0.0.1' : host}:${port}`
  const all = await database.work({ kind: 'visitor' }, (work) => operators(work))
  const lines = all.flatMap(({ slug }) => [
    `  ${base}/${slug}/`,
    ...CAST.filter(({ operator }) => operator === slug).map(({ email, role }) => `      ${email.padEnd(26)} ${role}`),
  ])
  return [
    '',
    'Svar is running.',
    ...lines,
    '',
    `Become any of them at ${base}/${all[0]?.slug ?? ''}/demonstration/people`,
    'Ctrl-C stops it; nothing is lost.',
    '',
  ].join('\n')
}

async function serve(_: readonly string[], settings: Settings): Promise<number> {
  const ground = await groundOf(settings)
  try {
    const worries = (await examineStanding(ground, settings)).filter(({ state }) => state === 'wrong')
    if (worries.length > 0) {
      worries.forEach(({ finding, remedy }) => say(`${finding}\n  ${remedy}`))
      return 1
    }
    const running = await serveOn(ground, settings, { demonstration: false })
    await invite(ground, settings)
    say(`Svar serves on ${settings.publicUrl} (port ${running.port}).`)
    await untilTold()
    await running.stop()
  } finally {
    await ground.end()
  }
  return 0
}

/** An operator without agents gets one invitation, printed here and nowhere else. */
async function invite({ database }: Ground, { publicUrl }: Settings): Promise<void> {
  for (const { operatorId, slug } of await database.work({ kind: 'visitor' }, (work) => operators(work))) {
    const link = await database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) =>
      (await hasAgents(work, operatorId)) ? undefined : inviteFirstLead(work, operatorId),
    )
    if (link)
      process.stdout.write(
        `The first support lead of ${slug} makes an account here, within 24 hours:\n  ${publicUrl}/${slug}/invitation/${link}\n`,
      )
  }
}

async function workAlone(_: readonly string[], settings: Settings): Promise<number> {
  return withGround(settings, async (ground) => {
    const workers = await workOn(ground, settings, {
      operators: knownOperators(ground.database),
      log: logAt(settings.log),
    })
    say('Working. Ctrl-C stops.')
    await untilTold()
    await workers.stop()
    return 0
  })
}

async function migrate(_: readonly string[], settings: Settings): Promise<number> {
  if (settings.databaseUrl && !settings.ownerUrl) {
    say(
      'Set SVAR_OWNER_URL to a login that may create roles and owns the database; DATABASE_URL is the login that serves.',
    )
    return 2
  }
  if (settings.ownerUrl) await bringUpToDate(settings.ownerUrl, say)
  else await withGround(settings, async () => {})
  say('The schema is up to date.')
  return 0
}

async function charter(arguments_: readonly string[], settings: Settings): Promise<number> {
  const [action, folder] = arguments_
  if (action === 'simulate')
    return simulate(arguments_.slice(1), { input: process.stdin, output: process.stdout, errors: process.stderr })
  if (action === 'move-cases')
    return withGround(settings, ({ database }) =>
      moveCases(arguments_.slice(1), database, (line) => process.stdout.write(`${line}\n`)),
    )
  if (action === 'schema') return (process.stdout.write(charterSchemaText()), 0)
  if (action === 'plan' && folder)
    return withGround(settings, async ({ database }) => {
      process.stdout.write(`${(await planCharter(database, resolve(folder))).join('\n')}\n`)
      return 0
    })
  if (action !== 'apply' || !folder) {
    say('svar charter plan <folder>\nsvar charter apply <folder>\nsvar charter schema\nsvar charter simulate --help')
    return 2
  }
  return withGround(settings, async ({ database }) => {
    const { slug, version, changed } = await applyCharterFolder(database, resolve(folder))
    say(
      changed
        ? `Version ${version} of the charter of ${slug} is in force.`
        : `Nothing has changed: version ${version} of ${slug} stays in force.`,
    )
    return 0
  })
}

async function token(arguments_: readonly string[], settings: Settings): Promise<number> {
  const { values } = parseArgs({
    args: [...arguments_],
    options: { person: { type: 'string' }, operator: { type: 'string' }, scope: { type: 'string', default: 'all' } },
  })
  const scope = SCOPES.find((one) => one === values.scope)
  if (!values.person || !scope) {
    say(`svar token --person <e-mail> [--operator <name>] [--scope ${SCOPES.join('|')}]`)
    return 2
  }
  return withGround(settings, async ({ database }) => {
    const all = await database.work({ kind: 'visitor' }, (work) => operators(work))
    for (const { operatorId } of all.filter(({ slug }) => !values.operator || slug === values.operator)) {
      const made = await database
        .work({ kind: 'job', operatorIds: [operatorId] }, (work) =>
          issueToken(work, operatorId, values.person ?? '', scope),
        )
        .catch((error: unknown) => {
          if (error instanceof Refused) return undefined
          throw error
        })
      if (made) return (process.stdout.write(`${made}\n`), 0)
    }
    say(`Nobody has the address ${values.person}.`)
    return 1
  })
}

async function demo(_: readonly string[], settings: Settings): Promise<number> {
  endWithParent()
  const { fillDemonstration } = await import('./demonstration.ts')
  return withGround(settings, async (ground) => {
    if (!(await wantsDemonstration(ground.database))) {
      say('The database is not empty; the demonstration is only put into an empty one.')
      return 1
    }
    await fillDemonstration(ground, say)
    return 0
  })
}

async function importCorpus(_: readonly string[], settings: Settings): Promise<number> {
  const { corpusFolder } = settings
  if (!corpusFolder) {
    say('Set SVAR_CORPUS to the folder with the documentation.')
    return 2
  }
  endWithParent()
  const { importCorpus: bringIn } = await import('./corpus.ts')
  return withGround(settings, async ({ database }) => (await bringIn(database, corpusFolder, say), 0))
}

/** True of an empty database, and of one whose filling was killed: it adds what is missing. */
async function wantsDemonstration(database: Database): Promise<boolean> {
  return database.work(
    { kind: 'visitor' },
    async (work) => (await operators(work)).length === 0 || isDemonstrationUnfinished(work),
  )
}

async function doctor(_: readonly string[], settings: Settings): Promise<number> {
  return withGround(settings, async (ground) => {
    const findings = await examine(ground, settings)
    for (const { state, finding, remedy } of findings)
      process.stdout.write(
        `${{ well: 'ok   ', worry: 'WORRY', wrong: 'WRONG' }[state]} ${finding}${state === 'well' ? '' : `\n      ${remedy}`}\n`,
      )
    process.stdout.write(`Files of the product: ${PROJECT}\n`)
    return findings.some(({ state }) => state === 'wrong') ? 1 : 0
  })
}

async function replay(_: readonly string[], settings: Settings): Promise<number> {
  return withGround(settings, async ({ database }) => {
    const { cases, clocks, differences } = await replayAll(database)
    for (const { number, clock, stored = 'missing', replayed = 'missing' } of differences.slice(0, 20))
      process.stdout.write(`${number} ${clock}\n  stored   ${stored}\n  replayed ${replayed}\n`)
    process.stdout.write(`${clocks} clocks of ${cases} cases replayed: ${differences.length} differences.\n`)
    return differences.length === 0 ? 0 : 1
  })
}

/** Waits for Ctrl-C or SIGTERM; a second one ends at once. */
function untilTold(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop())
  })
}
