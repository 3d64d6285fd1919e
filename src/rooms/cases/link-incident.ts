import { Refused } from '../../base/refused.ts'
import type { Work } from '../../database/work.ts'
import { requireAgent } from '../people/index.ts'
import { currentHealth } from '../service-health/index.ts'
import { caseFor } from './read-case.ts'
import { lock, record } from './record.ts'
import { incidentIn } from './rules/facts-of.ts'
import { requireOpen } from './write-in-case.ts'

/**
 * An agent says that a case hangs on an open incident of the operator, or with '' that it hangs on none any more. Meanwhile nobody
 * counts the customer's silence. Refused with `case-closed`, and with `invalid-input` on `incident` for one that is not open.
 * Source: response-targets rule 15.
 */
export async function linkIncident(work: Work, number: string, incidentId: string): Promise<void> {
  const found = await caseFor(work, number)
  await requireAgent(work, found.operatorId)
  const incident = (await currentHealth(work, found.operatorId)).find((one) => one.incidentId === incidentId)
  if (incidentId !== '' && !incident) throw new Refused('invalid-input', { incident: { code: 'not-an-option' } })
  const opened = await lock(work, found)
  requireOpen(opened)
  const before = incidentIn(opened.history.events)
  if (before === incident?.incidentId) return
  await record(work, opened, [
    incident
      ? { kind: 'incident.linked', payload: { incidentId, title: incident.title.en } }
      : { kind: 'incident.unlinked', payload: { incidentId: before ?? '' } },
  ])
}
