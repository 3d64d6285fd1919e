import { isId } from '../../base/ids.ts'
import { chooseLocale } from '../../base/locale.ts'
import { Refused } from '../../base/refused.ts'
import type { Agent, Job } from '../../database/actor.ts'
import { leaveToCommit } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { insertJobs } from '../../jobs/enqueue.ts'
import { charterInForce } from '../entitlements/index.ts'
import type { Charter } from '../entitlements/index.ts'
import { requireAgent } from '../people/index.ts'
import {
  announceNoticed,
  groupsOf,
  lockReportsSince,
  markProposed,
  ownIncident,
  proposed,
  reportsSince,
  requireDeclarer,
  settleReports,
  textFor,
  textsOf,
} from '../service-health/index.ts'
import type { Group, Sign } from '../service-health/index.ts'
import { tellingWords, vocabularyOfShelf, weighBeside } from '../search/index.ts'
import { casesNotAbout, openedSince } from './store.ts'
import type { OpenedCase } from './store.ts'

/** What somebody noticed: a report, or a new case, in his own words. */
export type Noticed = Sign & {
  readonly kind: 'report' | 'case'
  readonly organization: string
  readonly text: string
  readonly at: Temporal.Instant
  readonly people: number
  /** Of a case. */
  readonly number?: string
  /** Of a report: whether leads were told of the proposal it is part of. */
  readonly told?: boolean
}

const MOST_CASES = 300

/**
 * What several customers noticed lately, alike in words, the one most organizations noticed first; and of these the ones that enough
 * of them noticed to propose an incident, by the charter. Refused with `not-an-agent`.
 */
export async function noticed(work: Work<Agent>, operatorId: string) {
  await requireAgent(work, operatorId)
  return gathered(work, operatorId)
}

async function gathered(work: Work, operatorId: string) {
  const { charter } = await charterInForce(work, operatorId)
  const { organizations, hours } = charter.serviceHealth.propose
  const since = work.now.subtract({ hours })
  const [reports, cases] = await Promise.all([
    reportsSince(work, operatorId, since),
    openedSince(work, operatorId, { since, limit: MOST_CASES }),
  ])
  const wordsOf = (text: string, language: string) => tellingWords(text, chooseLocale([language], charter.languages))
  const signs: readonly Noticed[] = [
    ...reports.map((one) => ({
      id: one.reportId,
      kind: 'report' as const,
      organizationId: one.organizationId,
      organization: one.organization,
      service: one.service,
      text: one.symptom,
      words: wordsOf(one.symptom, one.language),
      at: one.since,
      people: one.people,
      told: one.proposedAt !== null,
    })),
    ...cases.map((one) => ({
      id: one.caseId,
      kind: 'case' as const,
      organizationId: one.organizationId,
      organization: one.organizationName,
      service: '',
      text: one.title,
      words: wordsOf(one.title, one.language),
      at: one.openedAt,
      people: 1,
      number: one.number,
    })),
  ]
  const groups: readonly Group<Noticed>[] = groupsOf(signs).filter(
    (group) => group.organizations > 1 || group.signs.some(({ kind }) => kind === 'report'),
  )
  return { groups, proposed: proposed(groups, organizations), charter, organizations, hours }
}

/**
 * How many incidents are proposed, for the head of the queue: looked for only while there are reports that nobody has looked at. What
 * new cases alone have in common is seen on its own page.
 */
export async function proposedNow(work: Work<Agent>, operatorId: string): Promise<number> {
  const { charter } = await charterInForce(work, operatorId)
  const since = work.now.subtract({ hours: charter.serviceHealth.propose.hours })
  const reports = await reportsSince(work, operatorId, since)
  return reports.length > 0 ? (await noticed(work, operatorId)).proposed.length : 0
}

/** What is proposed and was told to no lead yet, in the words of those who noticed it. */
export type Proposal = Group<Noticed>

/**
 * The proposals with reports that leads are to be told of now; each is told once, however many reports are added to it later: whoever
 * asks next is told nothing of it. Waits for others who ask.
 */
export async function newProposals(
  work: Work<Job>,
  operatorId: string,
): Promise<{ readonly proposals: readonly Proposal[]; readonly charter: Charter }> {
  const { charter } = await charterInForce(work, operatorId)
  const since = work.now.subtract({ hours: charter.serviceHealth.propose.hours })
  if (!(await lockReportsSince(work, operatorId, since))) return { proposals: [], charter }
  const groups = (await gathered(work, operatorId)).proposed.map((group) => ({
    group,
    reports: group.signs.filter(({ kind }) => kind === 'report'),
  }))
  await markProposed(
    work,
    operatorId,
    groups.flatMap(({ reports }) => reports.map(({ id }) => id)),
  )
  const untold = groups.filter(({ reports }) => reports.length > 0 && !reports.some(({ told }) => told))
  return { proposals: untold.map(({ group }) => group), charter }
}

/** A new case may be what makes a proposal of reports that nobody has looked at: a job looks, while there are any. */
export async function lookForProposals(work: Work, operatorId: string): Promise<void> {
  const { charter } = await charterInForce(work, operatorId)
  const since = work.now.subtract({ hours: charter.serviceHealth.propose.hours })
  if ((await reportsSince(work, operatorId, since)).length === 0) return
  leaveToCommit(work, insertJobs(work, [{ queue: 'reactions', data: { reaction: 'tellLeads', operatorId } }]))
}

/**
 * Somebody has looked at reports: they are part of an incident, or of none. Their customers see which. Refused as `requireDeclarer`
 * says, and with `not-found` for an incident that is not the operator's.
 */
export async function settleNoticed(
  work: Work<Agent>,
  operatorId: string,
  { reportIds, incidentId }: { readonly reportIds: readonly string[]; readonly incidentId: string },
): Promise<void> {
  await requireDeclarer(work, operatorId)
  const incident = isId(incidentId) ? await ownIncident(work, operatorId, incidentId) : undefined
  if (incidentId !== '' && !incident) throw new Refused('not-found')
  await settleReports(work, operatorId, {
    reportIds: reportIds.filter(isId).slice(0, 500),
    incidentId: incident?.incidentId ?? null,
  })
  announceNoticed(work, operatorId)
}

/** What an article must reach to be near, and this part of what the incident's own title reaches. */
const NEAR = 1.5
const LIKE_ITS_TITLE = 0.4
const DAY = { hours: 24 }
const MOST_LIKE = 50

/** Open cases that seem to be about an incident and hang on nothing, those most like it first; none of which somebody said that it is not. */
export async function casesLike(
  work: Work<Agent>,
  operatorId: string,
  incidentId: string,
): Promise<readonly OpenedCase[]> {
  const incident = await ownIncident(work, operatorId, incidentId)
  if (!incident || incident.endedAt) return []
  const { charter } = await charterInForce(work, operatorId)
  const since = incident.startedAt.subtract(DAY)
  const others = await casesNotAbout(work, operatorId, incidentId)
  const opened = await openedSince(work, operatorId, { since, limit: MOST_CASES })
  const cases = opened.filter(({ caseId }) => !others.has(caseId))
  const texts = textsOf(incident, [], charter).map(({ text }) => text)
  const scored: { readonly one: OpenedCase; readonly score: number }[] = []
  for (const [language, some] of Map.groupBy(cases, (one) => chooseLocale([one.language], charter.languages))) {
    const vocabulary = await vocabularyOfShelf(work, { operatorId, language })
    const scoreOf = (q: string) => weighBeside(q, { language, vocabulary }, texts)[0]?.score ?? 0
    const title = textFor({ texts: incident.title, source: incident.sourceLanguage }, language).text
    const least = Math.max(NEAR, LIKE_ITS_TITLE * scoreOf(title))
    for (const one of some) scored.push({ one, score: scoreOf(one.title) / least })
  }
  return scored
    .filter(({ score }) => score >= 1)
    .toSorted((a, b) => b.score - a.score)
    .map(({ one }) => one)
    .slice(0, MOST_LIKE)
}
