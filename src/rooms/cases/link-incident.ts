import { chooseLocale } from '../../base/locale.ts'
import { Refused } from '../../base/refused.ts'
import type { Agent } from '../../database/actor.ts'
import { leaveToCommit } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { insertJobs } from '../../jobs/enqueue.ts'
import { charterAt } from '../entitlements/index.ts'
import { requireAgent } from '../people/index.ts'
import { concerns, currentHealth, postsFor, textFor } from '../service-health/index.ts'
import type { Incident } from '../service-health/index.ts'
import { caseFor } from './read-case.ts'
import { lock, record } from './record.ts'
import { incidentIn } from './rules/facts-of.ts'
import { isCaseNumber, plainNumber } from './rules/number.ts'
import { deleteLink, putLink, putNotAbout } from './store.ts'
import type { CaseRow } from './tables.ts'
import { requireOpen } from './write-in-case.ts'

/**
 * An agent says that a case hangs on an open incident of the operator, or with '' that it hangs on none any more. Meanwhile nobody
 * counts the customer's silence, and what is posted about the incident answers the case, its last post at once. Refused with
 * `case-closed`, and with `invalid-input` on `incident` for one that is not open or does not concern the organization.
 * Source: response-targets rule 15.
 */
export async function linkIncident(work: Work, number: string, incidentId: string): Promise<void> {
  const found = await caseFor(work, number)
  await requireAgent(work, found.operatorId)
  const incident = (await currentHealth(work, found.operatorId)).find((one) => one.incidentId === incidentId)
  const isIts = incident && (await concerns(work, found.operatorId, { ...found, incidentId }))
  if (incidentId !== '' && !isIts) throw new Refused('invalid-input', { incident: { code: 'not-an-option' } })
  await (incident ? hangOn(work, found, incident) : letGo(work, found))
}

/** Hangs a case on an incident that may be told to it: the callers ask whether it may. Refused with `case-closed`. */
export async function hangOn(work: Work, found: CaseRow, incident: Incident): Promise<void> {
  const opened = await lock(work, found)
  requireOpen(opened)
  const { incidentId } = incident
  if (incidentIn(opened.history.events) === incidentId) return
  const { languages } = await charterAt(work, found.operatorId, found.charterVersion)
  const title = titleFor(incident, chooseLocale([found.language], languages))
  await record(work, opened, [{ kind: 'incident.linked', payload: { incidentId, title } }])
  await putLink(work, { ...found, incidentId })
  const [last] = await postsFor(work, found.operatorId, [incidentId])
  if (!last) return
  const data = { reaction: 'answerCases', operatorId: found.operatorId, incidentId, postId: last.postId }
  leaveToCommit(work, insertJobs(work, [{ queue: 'reactions', data }]))
}

async function letGo(work: Work, found: CaseRow): Promise<void> {
  const opened = await lock(work, found)
  requireOpen(opened)
  const before = incidentIn(opened.history.events)
  if (before === undefined) return
  await record(work, opened, [{ kind: 'incident.unlinked', payload: { incidentId: before } }])
  await deleteLink(work, found)
  putNotAbout(work, found.organizationId, { number: found.number, incidentIds: [before] })
}

export function titleFor(
  { title, sourceLanguage, outdated }: Incident,
  language: Parameters<typeof textFor>[1],
): string {
  return textFor({ texts: title, source: sourceLanguage, outdated }, language).text
}

/** What became of cases that were to be linked or unlinked at once, by their numbers as they were given. */
export type Bulk = { readonly done: number; readonly left: readonly string[] }

/** At most so many cases at once. */
export const BULK = 200

/**
 * The same for many cases by their numbers: each that can be is linked to the incident, or with '' to none; the others are named.
 * Refused with `not-an-agent`.
 */
export async function linkCases(
  work: Work<Agent>,
  operatorId: string,
  { numbers, incidentId }: { readonly numbers: readonly string[]; readonly incidentId: string },
): Promise<Bulk> {
  await requireAgent(work, operatorId)
  const left: string[] = []
  // In one order, so that two who link the same cases do not wait for each other.
  const wanted = [...new Set(numbers.slice(0, BULK).map(plainNumber))].toSorted()
  for (const number of wanted) {
    const linked = isCaseNumber(number) && (await tried(() => linkIncident(work, number, incidentId)))
    if (!linked) left.push(number)
  }
  return { done: wanted.length - left.length, left }
}

/** A refusal comes before anything is written. */
async function tried(link: () => Promise<void>): Promise<boolean> {
  try {
    await link()
    return true
  } catch (error) {
    if (error instanceof Refused) return false
    throw error
  }
}
