/** What a queue is called, and how a visit is told from others. A priority is a number or a letter; which goes first is learned. */
export type Priority = number | string

/** Something that happened in a queue. `t` is seconds from any fixed moment; only differences and the time of day (t modulo 86,400) count. */
export type WaitEvent =
  | { readonly t: number; readonly type: 'agents'; readonly queue: string; readonly count: number }
  | {
      readonly t: number
      readonly type: VisitEventType
      readonly id: string
      /** Left out where the arrival has said it. */
      readonly queue: string | undefined
      readonly priority: Priority | undefined
    }

type VisitEventType = 'arrive' | 'start' | 'end' | 'abandon'

/** A line of a replay: an event, or why it is none. */
export type ReadLine = { readonly ok: true; readonly event: WaitEvent } | { readonly ok: false; readonly why: string }

const LONGEST_NAME = 200
const VISIT_TYPES: readonly VisitEventType[] = ['arrive', 'start', 'end', 'abandon']

/** Reads one line of JSON. A field that is not needed may be missing; one that is there must make sense. */
export function readWaitEvent(line: string): ReadLine {
  const fields = parsed(line)
  if (fields === undefined) return no('not a JSON object')
  const { t, type, queue = '', count, id, priority } = fields
  if (typeof t !== 'number' || !Number.isFinite(t)) return no('"t" must be a number of seconds')
  const name = nameOf(queue)
  if (name === undefined) return no('"queue" must be a short text')
  if (type === 'agents') {
    if (typeof count !== 'number' || !Number.isFinite(count) || count < 0) return no('"count" must be 0 or more')
    return { ok: true, event: { t, type, queue: name, count } }
  }
  const visitType = VISIT_TYPES.find((one) => one === type)
  if (!visitType) return no('"type" must be agents, arrive, start, end or abandon')
  const visit = nameOf(id)
  if (!visit) return no('"id" must be a short text or a number')
  return {
    ok: true,
    event: {
      t,
      type: visitType,
      id: visit,
      queue: fields['queue'] === undefined ? undefined : name,
      priority: priorityOf(priority),
    },
  }
}

function no(why: string): ReadLine {
  return { ok: false, why }
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined
  } catch {
    return undefined
  }
}

function nameOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && value.length <= LONGEST_NAME ? value : undefined
}

/** A number written as text is a number, so that "10" does not stand before "9". */
function priorityOf(value: unknown): Priority | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string' || value === '') return undefined
  const number = Number(value)
  return Number.isFinite(number) ? number : value.slice(0, LONGEST_NAME)
}
