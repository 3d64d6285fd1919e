import { isId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Agent } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { requireAgent } from '../people/index.ts'
import { hitBy, lockedIncident, organizationsOf, ownIncident, ownIncidents, ownPosts, statesOf } from './store.ts'
import type { IncidentFilter, OwnIncident } from './store.ts'

/** An incident to be changed: locked until the commit. Refused with `not-found`. */
export async function ownIncidentFor(work: Work, operatorId: string, incidentId: string): Promise<OwnIncident> {
  const found = isId(incidentId) ? await lockedIncident(work, operatorId, incidentId) : undefined
  if (!found) throw new Refused('not-found')
  return found
}

/** Everything about an incident for those who answer: its states, its posts, whom it concerns, and what customers say. */
export async function incidentAtDesk(work: Work<Agent>, operatorId: string, incidentId: string) {
  await requireAgent(work, operatorId)
  const incident = isId(incidentId) ? await ownIncident(work, operatorId, incidentId) : undefined
  if (!incident) throw new Refused('not-found')
  const [states, posts, hit, organizations] = await Promise.all([
    statesOf(work, operatorId, [incidentId]),
    ownPosts(work, operatorId, incidentId),
    hitBy(work, operatorId, incidentId),
    organizationsOf(work, operatorId, incident.organizations ?? []),
  ])
  return { incident, states, posts, hit, organizations }
}

/** The incidents of an operator, for those who answer; also what waits for a second look. */
export async function incidentsAtDesk(
  work: Work<Agent>,
  operatorId: string,
  filter: IncidentFilter,
): Promise<readonly OwnIncident[]> {
  await requireAgent(work, operatorId)
  return ownIncidents(work, operatorId, filter)
}
