import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import { follow, newWaits, readWaits, written } from '../waiting/index.ts'
import type { WaitEvent } from '../waiting/index.ts'
import { secondsOf } from './expected-wait.ts'
import { lockDesk, writeDesk } from './store.ts'

/**
 * Teaches an operator's waits what happened before, from the log of another system: `t` in seconds since 1970 UTC, queues by the ids of
 * the support types, in time order. Whoever is still in line at the end is taken to have left.
 */
export async function teachWaits(work: Work<Job>, operatorId: string, events: readonly WaitEvent[]): Promise<void> {
  const { charter } = await charterInForce(work, operatorId)
  const desk = await lockDesk(work, operatorId)
  const waits = readWaits(desk.waits ?? '') ?? newWaits()
  const left = new Map<string, WaitEvent>()
  for (const event of events) {
    follow(waits, { ...event, t: secondsOf(event.t * 1000, charter) })
    if (event.type === 'arrive' || event.type === 'start') left.set(event.id, event)
    else if (event.type !== 'agents') left.delete(event.id)
  }
  for (const event of left.values())
    if (event.type === 'arrive' || event.type === 'start')
      follow(waits, { ...event, t: waits.now, type: event.type === 'start' ? 'end' : 'abandon' })
  // Who is there now, and what is said, is looked at anew.
  await writeDesk(work, { operatorId, waits: written(waits), agents: {}, saidAt: null })
}
