import { parseArgs } from 'node:util'
import type { Readable, Writable } from 'node:stream'
import { teachWaits } from '../rooms/callbacks/index.ts'
import type { WaitEvent } from '../rooms/waiting/index.ts'
import { linesOf, readEventLine } from './event-lines.ts'
import { knownOperators } from './operators.ts'
import type { Ground } from './parts.ts'

const USAGE = `svar wait-learn --operator <name> < events.jsonl
    teaches the expected waits of an operator what happened before, so that the first one told is one that was learned;
    lines as for wait-replay, "t" in seconds since 1970 UTC, "queue" the id of a support type, "priority" 0 for the worst severity`

type Parts = {
  readonly input: Readable
  readonly errors: Writable
  readonly withGround: (use: (ground: Ground) => Promise<number>) => Promise<number>
}

/** `svar wait-learn`: the log of another system becomes what is known. All of it is read before anything is written. 0 well, 1 refused, 2 not understood. */
export async function waitLearn(arguments_: readonly string[], { input, errors, withGround }: Parts): Promise<number> {
  const { values } = parseArgs({ args: [...arguments_], options: { operator: { type: 'string' } } })
  const { operator } = values
  if (!operator) {
    errors.write(`${USAGE}\n`)
    return 2
  }
  return withGround(async ({ database }) => {
    const known = await knownOperators(database).bySlug(operator)
    if (!known) {
      errors.write(`There is no operator "${operator}". Apply its charter first.\n`)
      return 1
    }
    const events = await eventsOf(input, errors)
    const { operatorId } = known
    await database.work({ kind: 'job', operatorIds: [operatorId] }, (work) => teachWaits(work, operatorId, events))
    errors.write(`${events.length} events learned.\n`)
    return 0
  })
}

async function eventsOf(input: Readable, errors: Writable): Promise<readonly WaitEvent[]> {
  const events: WaitEvent[] = []
  let number = 0
  for await (const lines of linesOf(input))
    for (const line of lines) {
      number += 1
      if (line.trim() === '') continue
      const read = readEventLine(line)
      if (read.ok) events.push(read.event)
      else errors.write(`line ${number}: ${read.why}\n`)
    }
  return events.toSorted((a, b) => a.t - b.t)
}
