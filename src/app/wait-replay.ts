import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { follow, newWaits } from '../rooms/waiting/index.ts'
import { linesOf, readEventLine } from './event-lines.ts'

const USAGE = `svar wait-replay < events.jsonl
    reads an event a line, in time order:
      {"t": 0, "type": "agents", "queue": "phone", "count": 4}
      {"t": 12.5, "type": "arrive", "id": "a1", "queue": "phone", "priority": 2}      or "start", "end", "abandon"
    writes for each arrival, before it reads on: {"id": …, "low": …, "expected": …, "high": …}
    seconds until start: 10th, 50th and 90th percentile, of those who stay until it is their turn`

type Pipes = { readonly input: Readable; readonly output: Writable; readonly errors: Writable }

/** `svar wait-replay`: what would have been said to everybody who came, from what was known then. 0 well, 2 not understood. */
export async function waitReplay(arguments_: readonly string[], { input, output, errors }: Pipes): Promise<number> {
  if (arguments_.length > 0) {
    const asksForHelp = arguments_[0] === '--help'
    ;(asksForHelp ? output : errors).write(`${USAGE}\n`)
    return asksForHelp ? 0 : 2
  }
  const waits = newWaits()
  let hasLeft = false
  // Whoever reads has enough, as `head` does.
  output.once('error', () => (hasLeft = true))
  let number = 0
  for await (const lines of linesOf(input)) {
    // Answers to the lines that came together leave together: none of them waits for a line that has not come.
    let answers = ''
    for (const line of lines) {
      number += 1
      if (line.trim() === '') continue
      const read = readEventLine(line)
      if (!read.ok) {
        errors.write(`line ${number}: ${read.why}\n`)
        continue
      }
      const { event } = read
      if (event.t < waits.now) errors.write(`line ${number}: time goes backwards; taken as ${waits.now}\n`)
      const estimate = follow(waits, event)
      if (estimate && event.type === 'arrive') answers += `${answerLine(event.id, estimate)}\n`
    }
    if (answers !== '' && !output.write(answers)) await once(output, 'drain').catch(() => {})
    if (hasLeft) break
  }
  return 0
}

function answerLine(id: string, { low, expected, high }: { low: number; expected: number; high: number }): string {
  return JSON.stringify({ id, low: rounded(low), expected: rounded(expected), high: rounded(high) })
}

/** To a hundredth of a second; low is never above a wait of zero by rounding, because zero stays zero. */
function rounded(seconds: number): number {
  return Math.round(seconds * 100) / 100
}
