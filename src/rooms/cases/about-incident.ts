import { chooseLocale } from '../../base/locale.ts'
import { Refused } from '../../base/refused.ts'
import type { Member } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterAt } from '../entitlements/index.ts'
import { currentHealth, knownIncidents } from '../service-health/index.ts'
import type { Incident } from '../service-health/index.ts'
import { hangOn } from './link-incident.ts'
import { caseFor } from './read-case.ts'
import { requireWriter } from './requester.ts'
import { isOfItsTime } from './rules/about.ts'
import { linkOf, notAbout, putNotAbout } from './store.ts'
import type { CaseRow } from './tables.ts'

/**
 * The open incidents that a customer's case may be about, the nearest first, until he has said: none of a case that is closed, hangs
 * or hung on one, or was there before it. Only what concerns his organization; nothing for anybody else than a member.
 */
export async function mayBeAbout(work: Work, found: CaseRow): Promise<readonly Incident[]> {
  if (work.actor.kind !== 'member' || found.closedAt) return []
  const open = (await currentHealth(work, found.operatorId)).filter((incident) => isOfItsTime(found, incident))
  if (open.length === 0 || (await linkOf(work, found))) return []
  const said = await notAbout(work, found)
  const asked = new Set(open.map(({ incidentId }) => incidentId)).difference(said)
  if (asked.size === 0) return []
  const { languages } = await charterAt(work, found.operatorId, found.charterVersion)
  const language = chooseLocale([found.language], languages)
  const known = await knownIncidents(work, { operatorId: found.operatorId, language, q: found.title })
  return known.filter(({ incidentId }) => asked.has(incidentId))
}

/**
 * "Yes, it is this": the customer hangs his case on an open incident that concerns him, so that its posts answer it and its clocks
 * know. Twice is once; what hangs on another stays there. Refused as `requireWriter` says, with `case-closed`, and with `not-found`
 * for an incident that is none, over, or not his.
 */
export async function sayIsAbout(work: Work<Member>, number: string, incidentId: string): Promise<void> {
  const found = await caseFor(work, number)
  await requireWriter(work, found)
  const incident = (await currentHealth(work, found.operatorId)).find((one) => one.incidentId === incidentId)
  if (!incident) throw new Refused('not-found')
  const link = await linkOf(work, found)
  if (!link?.hangs) await hangOn(work, found, incident)
}

/** "No, something else": nobody asks about these again. Those that are none, over, or not his are passed over. */
export async function sayIsNotAbout(work: Work<Member>, number: string, incidentIds: readonly string[]): Promise<void> {
  const found = await caseFor(work, number)
  await requireWriter(work, found)
  await noteNotAbout(work, found.number, incidentIds)
}

/** The same for a request that was just sent, by somebody who was shown these before he sent it. */
export async function noteNotAbout(work: Work<Member>, number: string, incidentIds: readonly string[]): Promise<void> {
  if (incidentIds.length === 0) return
  const { organizationId, operatorId } = work.actor
  const open = await currentHealth(work, operatorId)
  const seen = open.flatMap(({ incidentId }) => (incidentIds.includes(incidentId) ? incidentId : []))
  if (seen.length > 0) putNotAbout(work, organizationId, { number, incidentIds: seen })
}
