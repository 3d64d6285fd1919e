import { LOCALES } from '../../base/locale.ts'
import type { FieldProblem } from '../../base/refused.ts'
import { Refused } from '../../base/refused.ts'
import type { Agent, Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { parseSpan, spanText, WEEKDAYS } from '../calendars/index.ts'
import type { Span, Weekday } from '../calendars/index.ts'
import { charterInForce } from '../entitlements/index.ts'
import type { Charter } from '../entitlements/index.ts'
import { agentsOf, requireLead } from '../people/index.ts'
import type { AgentRow } from '../people/index.ts'
import type { Shift } from './rules/staffing.ts'
import { announceCalls, shiftsOf, writeShift } from './store.ts'

/** Who answers, with what was declared of him. */
export type Staffed = { readonly agent: AgentRow; readonly shift: Shift | undefined }

/** Everybody who answers for an operator. Refused with `not-a-lead`. */
export async function staffingOf(
  work: Work<Agent>,
  operatorId: string,
): Promise<{ readonly staff: readonly Staffed[]; readonly charter: Charter }> {
  await requireLead(work, operatorId)
  const [agents, shifts] = [await agentsOf(work, operatorId), await shiftsOf(work, operatorId)]
  const { charter } = await charterInForce(work, operatorId)
  return {
    charter,
    staff: agents.map((agent) => ({ agent, shift: shifts.find(({ agentId }) => agentId === agent.agentId) })),
  }
}

/** A support lead declares what somebody can take and when he is on shift. Refused with `not-a-lead` and `not-found`. */
export async function declareStaffing(work: Work<Agent>, operatorId: string, shift: Shift): Promise<void> {
  await requireLead(work, operatorId)
  const agents = await agentsOf(work, operatorId)
  if (!agents.some(({ agentId }) => agentId === shift.agentId)) throw new Refused('not-found')
  await writeShift(work, operatorId, shift)
  announceCalls(work, operatorId)
}

/** The same by the house itself: imports and demonstrations. */
export async function importStaffing(work: Work<Job>, operatorId: string, shift: Shift): Promise<void> {
  await writeShift(work, operatorId, shift)
}

/** A form's texts as skills and shifts. Refused with `invalid-input` for hours or dates that cannot be read. */
export function readShift(
  agent: Pick<AgentRow, 'agentId' | 'zone'>,
  values: Readonly<Record<string, string>>,
  charter: Charter,
): Shift {
  const problems: Record<string, FieldProblem> = {}
  const spans = (name: string, text: string): readonly Span[] => {
    const read = text
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(parseSpan)
    if (read.length <= 12 && read.every((span) => span !== undefined) && areApart(read)) return read
    problems[name] = { code: 'not-hours' }
    return []
  }
  const days = Object.fromEntries(WEEKDAYS.map((day) => [day, spans(day, values[day]?.slice(0, 200) ?? '')])) as Record<
    Weekday,
    readonly Span[]
  >
  const exceptions: Record<string, readonly Span[]> = {}
  for (const line of (values['exceptions'] ?? '')
    .slice(0, 10_000)
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, date = '', hours = ''] = /^(\d{4}-\d\d-\d\d):?(.*)$/.exec(line) ?? []
    if (isDate(date)) exceptions[date] = spans('exceptions', hours)
    else problems['exceptions'] = { code: 'not-hours' }
  }
  if (Object.keys(problems).length > 0) throw new Refused('invalid-input', problems)
  const chosen = (prefix: string, all: readonly string[]) =>
    all.filter((one) => values[`${prefix}-${one}`] !== undefined)
  const orEverything = (list: readonly string[], all: readonly string[]) => (list.length === all.length ? null : list)
  const topics = charter.topics.map(({ id }) => id)
  const severities = charter.severities.map(({ id }) => id)
  return {
    agentId: agent.agentId,
    skills: {
      topics: orEverything(chosen('topic', topics), topics),
      severities: orEverything(chosen('severity', severities), severities),
      languages: chosen('language', LOCALES),
    },
    hours: { id: agent.agentId, zone: agent.zone, days, exceptions },
  }
}

function areApart(spans: readonly Span[]): boolean {
  const inOrder = spans.toSorted((a, b) => a.from - b.from)
  return inOrder.every(({ from }, i) => i === 0 || from >= (inOrder[i - 1]?.until ?? 0))
}

function isDate(written: string): boolean {
  try {
    return Temporal.PlainDate.from(written).toString() === written
  } catch {
    return false
  }
}

/** Skills and shifts as the form's texts, so that `readShift` reads the same. */
export function writtenShift({ hours }: Shift): Readonly<Record<string, string>> {
  const spans = (list: readonly Span[] = []) => list.map(spanText).join(', ')
  return {
    ...Object.fromEntries(WEEKDAYS.map((day) => [day, spans(hours.days[day])])),
    exceptions: Object.entries(hours.exceptions ?? {})
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([date, list]) => `${date}: ${spans(list)}`.trim())
      .join('\n'),
  }
}
