import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { ofOperator } from '../../database/wall.ts'
import type { Work } from '../../database/work.ts'
import type { FigureRow } from './rules/figures.ts'
import { EXCLUDED } from './rules/outcome.ts'
import type { Behind, Place, PromiseRow } from './rules/promises.ts'
import type { Outcome } from './rules/outcome.ts'
import type { Question } from './rules/months.ts'

/** The moment a clock was due, as `dueOf` says it. Written as in the index; not `coalesce`, which no policy lets an index be used for. */
const DUE = sql`(case when k.breached_at is null then k.due_at else k.breached_at end)`

/** `outcomeOf` in SQL; a test holds the two together. */
function outcomeAt(moment: Temporal.Instant): RawBuilder<Outcome> {
  const by = (column: string) => sql`${sql.ref(column)} <= ${moment}::timestamptz`
  return sql<Outcome>`case
    when ${by('k.met_at')} then case when ${DUE} = 'infinity' then 'unpromised' when k.met_at <= ${DUE} then 'met' else 'breached' end
    when ${by('k.stopped_at')} then case when k.stopped_at <= ${DUE} then 'stopped' else 'breached' end
    when ${DUE} <= ${moment}::timestamptz then 'breached'
    when ${DUE} < 'infinity' then 'running'
    when ${by('k.paused_since')} then 'paused'
    when k.paused_since is null then 'unpromised' else 'running' end`
}

/** Looked up a clock at a time: the cases of a report are few beside all there are. */
const SUPPORT_TYPE = sql`(select c.support_type from support_case c
  where c.organization_id = k.organization_id and c.case_id = k.case_id)`

/** What the operator owes; the customer's own clock is no promise of his. */
function owedTo(operatorId: string, { knownAt, clock, severity }: Question): RawBuilder<boolean> {
  return sql<boolean>`${ofOperator(operatorId, 'k.operator_id')} and k.kind <> 'customer-answer'
    and k.started_at <= ${knownAt}::timestamptz
    ${clock === undefined ? sql`` : sql`and k.kind = ${clock}`} ${severity === undefined ? sql`` : sql`and k.severity = ${severity}`}`
}

function ofSupportType({ supportType }: Question): RawBuilder<boolean> {
  return supportType === undefined ? sql<boolean>`true` : sql<boolean>`${SUPPORT_TYPE} = ${supportType}`
}

type Counted = Omit<FigureRow, 'month'> & { readonly bucket: number | null }

/** How many clocks came to what, by month of the due, kind, severity and support type; those without a due beside them. */
export async function figuresOf(work: Work, operatorId: string, question: Question): Promise<readonly FigureRow[]> {
  const bounds = question.bounds.map(String)
  const part = (bucket: RawBuilder<unknown>, due: RawBuilder<unknown>) => sql`
    select ${bucket} as bucket, k.kind, k.severity, ${SUPPORT_TYPE} as support_type, ${outcomeAt(question.knownAt)} as outcome
    from clock k where ${owedTo(operatorId, question)} and ${due} and ${ofSupportType(question)}`
  const { rows } = await sql<Counted>`select bucket, kind as clock, severity, support_type as "supportType",
      count(*) filter (where outcome = 'met') as met, count(*) filter (where outcome = 'breached') as breached,
      count(*) filter (where outcome = 'running') as running, count(*) filter (where outcome = 'paused') as paused,
      count(*) filter (where outcome = 'stopped') as stopped, count(*) filter (where outcome = 'unpromised') as unpromised
    from (${part(sql`width_bucket(${DUE}, ${bounds}::timestamptz[])`, isDated(question))}
      union all ${part(sql`null::int`, sql`${DUE} = 'infinity'`)}) counted
    group by 1, 2, 3, 4`.execute(work.tx)
  return rows
    .map(({ bucket, ...row }) => ({ month: bucket === null ? null : (question.months[bucket - 1] ?? null), ...row }))
    .toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
}

/** The first month first, and what has no due last. */
function orderOf({ month, clock, severity, supportType }: FigureRow): string {
  return [month ?? '9', clock, severity, supportType].join(' ')
}

function isDated({ bounds }: Question): RawBuilder<boolean> {
  return sql<boolean>`${DUE} >= ${bounds[0] ?? null}::timestamptz and ${DUE} < ${bounds.at(-1) ?? null}::timestamptz`
}

/** The clocks behind a figure, first due first, from after a known one. */
export async function promisesBehind(
  work: Work,
  operatorId: string,
  of: {
    readonly question: Question
    readonly behind: Behind
    readonly limit: number
    readonly after?: Place | undefined
  },
): Promise<readonly PromiseRow[]> {
  const { question, behind, after, limit } = of
  const known = sql`${question.knownAt}::timestamptz`
  const outcome = outcomeAt(question.knownAt)
  const from = after
    ? sql`and (${DUE}, k.case_id, k.kind, k.cycle) > (${after.due}::timestamptz, ${after.caseId}::uuid, ${after.clock}::text, ${after.cycle}::int)`
    : sql``
  const { rows } =
    await sql<PromiseRow>`select k.case_id as "caseId", c.number, c.title, o.name as "organizationName", k.kind as clock,
      k.cycle, k.severity, c.support_type as "supportType", ${outcome} as outcome, ${DUE} as "dueAt",
      case when k.met_at <= ${known} then k.met_at end as "metAt",
      case when ${outcome} = 'breached' then ${DUE} end as "breachedAt"
    from clock k join support_case c on c.organization_id = k.organization_id and c.case_id = k.case_id
      join organization o on o.organization_id = k.organization_id
    where ${owedTo(operatorId, question)} and ${dueIn(question, behind)} and ${ofSupportType(question)} and ${cameTo(outcome, behind)} ${from}
    order by ${DUE}, k.case_id, k.kind, k.cycle limit ${limit}`.execute(work.tx)
  return rows
}

function dueIn(question: Question, { due }: Behind): RawBuilder<boolean> {
  switch (due) {
    case 'dated':
      return isDated(question)
    case 'none':
      return sql<boolean>`${DUE} = 'infinity'`
    case undefined: {
      const [first, last] = [question.bounds[0] ?? null, question.bounds.at(-1) ?? null]
      return sql<boolean>`${DUE} >= ${first}::timestamptz and (${DUE} < ${last}::timestamptz or ${DUE} = 'infinity')`
    }
  }
}

function cameTo(outcome: RawBuilder<Outcome>, { outcome: wanted }: Behind): RawBuilder<boolean> {
  switch (wanted) {
    case 'met':
    case 'breached':
      return sql<boolean>`${outcome} = ${wanted}`
    case 'excluded':
      return sql<boolean>`${outcome} in (${sql.join(EXCLUDED.map((one) => sql.lit(one)))})`
    case undefined:
      return sql<boolean>`true`
  }
}
