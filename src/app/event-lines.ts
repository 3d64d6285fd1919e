import type { Readable } from 'node:stream'
import { readWaitEvent } from '../rooms/waiting/index.ts'

/** A line longer than this is no event; nobody shall fill our memory with one. */
const LONGEST_LINE = 10_000

/** An event of a queue from a line of a log, or why it is none. */
export function readEventLine(line: string): ReturnType<typeof readWaitEvent> {
  return line.length > LONGEST_LINE ? { ok: false, why: 'too long' } : readWaitEvent(line)
}

/** The lines of each piece that arrives. */
export async function* linesOf(input: Readable): AsyncGenerator<readonly string[]> {
  let rest = ''
  input.setEncoding('utf8')
  for await (const piece of input as AsyncIterable<string>) {
    const lines = (rest + piece).split('\n')
    rest = lines.pop() ?? ''
    // The end of a line that never ends is not kept.
    if (rest.length > LONGEST_LINE) rest = rest.slice(0, LONGEST_LINE + 1)
    yield lines
  }
  if (rest !== '') yield [rest]
}
