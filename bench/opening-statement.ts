import { Kysely, DummyDriver, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import type { CompiledQuery } from 'kysely'
import '../src/app/reactions.ts'
import { newId } from '../src/base/ids.ts'
import { leftToCommit } from '../src/database/work.ts'
import type { Work } from '../src/database/work.ts'
import { telling } from '../src/rooms/cases/events.ts'
import { insertCase } from '../src/rooms/cases/store.ts'
import type { NewCase } from '../src/rooms/cases/store.ts'

export type Somebody = { readonly operatorId: string; readonly organizationId: string; readonly personId: string }

const NOW = Temporal.Instant.from('2001-01-01T01:01:01Z')
const DUE = Temporal.Instant.from('2002-02-02T02:02:02Z')
const NUMBER = '12345678903'
const KEY = 'a-key-of-the-bench'

/**
 * A pgbench script that commits the very rows of opening a case: the statement is the one `cases/store.ts` sends, caught on its
 * way, with every id, number, key and slot drawn anew by pgbench. What the database alone can do, and so our limit.
 */
export function openingScript(
  somebody: Somebody,
  texts: { readonly title: string; readonly description: string },
): string {
  const { sql, parameters } = caught(somebody, texts)
  const drawn = new Map<string, string>()
  const known = new Set<string>(Object.values(somebody))
  const draw = (id: string) =>
    drawn.get(id) ?? (drawn.set(id, `'00000000-0000-4000-8000-' || :u${drawn.size}::text`), drawn.get(id) ?? '')
  const written = sql
    .replaceAll(/\$\d+::smallint/g, ':slot::smallint')
    .replaceAll(/\$(\d+)/g, (_, at: string) =>
      expressionOf(parameters[Number(at) - 1], (id) => (known.has(id) ? undefined : draw(id))),
    )
  const sets = [
    '\\set slot random(0, 15)',
    '\\set number random(100000000000000, 900000000000000)',
    '\\set key random(100000000000000, 900000000000000)',
  ]
  const ids = [...drawn.keys()].map((_, at) => `\\set u${at} random(100000000000, 999999999999)`)
  return [...sets, ...ids, `${written.replaceAll(/\s+/g, ' ')};`, ''].join('\n')
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** A parameter's value as SQL: a literal, or a literal with drawn parts in it. */
function expressionOf(value: unknown, draw: (id: string) => string | undefined): string {
  if (value === null) return 'null'
  if (typeof value === 'number') return String(value)
  const text =
    value instanceof Temporal.Instant
      ? value.toString()
      : typeof value === 'boolean'
        ? String(value)
        : (value as string)
  if (text === NOW.toString()) return 'now()'
  if (text === DUE.toString()) return "(now() + interval '1 hour')"
  if (text === NUMBER) return '(:number)::text'
  if (text === KEY) return '(:key)::text'
  // pgbench takes a colon and a letter for a variable of its own, also within quotes.
  const parts = `'${text.replaceAll("'", "''").replaceAll(/:(\w)/g, ': $1')}'`
    .replaceAll(UUID, (id) => joined(id, draw(id)))
    .replaceAll(NUMBER, "' || :number::text || '")
    .replaceAll(laidOut(NOW), "' || now() || '")
    .replaceAll(laidOut(DUE), "' || now() + interval '1 hour' || '")
  if (/^[[{]/.test(text)) return `(${parts})::jsonb`
  return parts.includes(':u') ? `(${parts})::uuid` : parts
}

function laidOut(at: Temporal.Instant): string {
  return at.toString().replaceAll(/:(\w)/g, ': $1')
}

function joined(id: string, drawn: string | undefined): string {
  return drawn === undefined ? id : `' || ${drawn} || '`
}

/** The statement on its way to a database that is not there. */
function caught(
  { operatorId, organizationId, personId }: Somebody,
  texts: { readonly title: string; readonly description: string },
): CompiledQuery {
  const tx = new Kysely<Record<never, never>>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (database) => new PostgresIntrospector(database),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  })
  const work: Work = { tx, actor: { kind: 'member', personId, organizationId, operatorId }, now: NOW }
  const opened = caseOf({ operatorId, organizationId, personId }, texts.title)
  const { event, jobs } = telling('case.opened', opened, {
    severity: 'A',
    supportType: 'technical',
    contract: 'premium',
    version: '1',
  })
  const answer = {
    number: NUMBER,
    severity: 'A',
    cappedFrom: null,
    because: opened.because,
    initialResponse: { due: DUE, calendar: 'always', zone: 'Europe/Copenhagen', target: '1 hour' },
    openedAt: NOW,
  }
  insertCase(work, opened, {
    message: {
      messageId: newId(),
      authorKind: 'member',
      authorId: personId,
      authorName: 'Asta Holm',
      visibility: 'public',
      body: texts.description,
    },
    event,
    jobs,
    kept: { key: KEY, fingerprint: 'x'.repeat(43), answer },
  })
  const [query, ...others] = leftToCommit(work).map((statement) => statement.compile(tx))
  if (!query || others.length > 0) throw new Error('opening a case is no longer one statement')
  return query
}

function caseOf({ operatorId, organizationId, personId }: Somebody, title: string): NewCase {
  const caseId = newId()
  const clock = {
    kind: 'initial-response',
    cycle: 1,
    severity: 'A',
    startedAt: NOW.toString(),
    dueAt: DUE.toString(),
    pausedSince: null,
    metAt: null,
    breachedAt: null,
    stoppedAt: null,
    charterVersion: 1,
    rule: 0,
    calendar: 'always',
    target: '1 hour',
  } as const
  return {
    organizationId,
    operatorId,
    caseId,
    number: NUMBER,
    charterVersion: 1,
    title,
    supportType: 'technical',
    topic: 'exchange-mail-flow',
    severity: 'A',
    cappedFrom: null,
    because: [{ code: 'requested', severity: 'A' }],
    businessImpact: 'Ships wait for papers.',
    impactAnswers: {},
    answers: {},
    contested: null,
    subscriptionId: null,
    requesterId: personId,
    contactMethod: 'email',
    contactPhone: null,
    contactEmail: 'asta@havn.test',
    language: 'en',
    openedAt: NOW,
    owed: { dueAt: DUE.toString(), dueKind: 'initial-response', wakeAt: DUE.toString() },
    clocks: [clock],
  }
}
