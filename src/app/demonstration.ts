import { join } from 'node:path'
import { newId } from '../base/ids.ts'
import type { Locale } from '../base/locale.ts'
import type { Job } from '../database/actor.ts'
import { openDatabase } from '../database/work.ts'
import type { Database, Work } from '../database/work.ts'
import {
  caseFor,
  closeCase,
  messagesOf,
  openCase,
  replyAsCustomer,
  writeAsAgent,
  wakeCases,
  myCases,
} from '../rooms/cases/index.ts'
import {
  addAgent,
  addDemonstrationOperator,
  addOrganization,
  addPerson,
  findByEmail,
  setDemonstration,
} from '../rooms/people/index.ts'
import { proposeRelation, setPartner } from '../rooms/partners/index.ts'
import { addAddOn, addSubscription, recordConsent } from '../rooms/rights/index.ts'
import { charterInForce } from '../rooms/entitlements/index.ts'
import { importArticles } from '../rooms/self-help/index.ts'
import { changeState, declareIncident, incidentsFor, writePost } from '../rooms/service-health/index.ts'
import { applyCharterFolder } from './charters.ts'
import { AGENTS, CALL, INCIDENTS, ORGANIZATIONS, SHIFTS, STORIES } from './demonstration-cast.ts'
import type { CastPerson, Story } from './demonstration-cast.ts'
import { pastCalls } from './demonstration-calls.ts'
import type { Ground } from './parts.ts'
import { PROJECT } from './project.ts'
import { everyDay } from '../rooms/calendars/index.ts'
import { callChoice, importStaffing, promiseCall, teachWaits } from '../rooms/callbacks/index.ts'

/**
 * Fills an empty database: both shipped charters, help articles in three languages, organizations, people, and cases of several
 * ages, opened and answered by the same verbs as real ones, on a clock that stands in the past. Each part looks first whether it
 * is there, so that after a kill the next filling adds what is missing and nothing twice.
 */
export async function fillDemonstration({ database, connection }: Ground, say: (line: string) => void): Promise<void> {
  say('Applying the charters…')
  const ids: Record<string, string> = {}
  for (const slug of ['microsoft', '21vianet']) {
    const folder = join(PROJECT, 'charters', slug)
    ids[slug] = (await applyCharterFolder(database, folder, addDemonstrationOperator)).operatorId
  }
  say('Inviting organizations and people…')
  await addCasts(connection.connectionString, ids)
  for (const [operator, operatorId] of Object.entries(ids))
    await database.work({ kind: 'job', operatorIds: [operatorId] }, (work) => addIncidents(work, operator, operatorId))
  say('Importing the help articles…')
  await addArticles(database, ids, say)
  say('Opening cases…')
  await addCases(connection.connectionString, ids)
  for (const operatorId of Object.values(ids))
    await database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
      const { charter } = await charterInForce(work, operatorId)
      await teachWaits(work, operatorId, pastCalls(charter, work.now.epochMilliseconds / 1000))
    })
  await addCall(database, ids[CALL.operator] ?? '')
  await database.work({ kind: 'job', operatorIds: Object.values(ids) }, (work) => setDemonstration(work, 'filled'))
  say('The demonstration is ready.')
}

/** Everybody has been here for a month: what is registered lately is trusted less. */
async function addCasts(connectionString: string, ids: Readonly<Record<string, string>>): Promise<void> {
  const monthAgo = Temporal.Now.instant().subtract({ hours: 30 * 24 })
  const past = openDatabase({ connectionString, max: 1, clock: () => monthAgo })
  try {
    for (const [operator, operatorId] of Object.entries(ids))
      await past.work({ kind: 'job', operatorIds: [operatorId] }, (work) => addCast(work, operator, operatorId))
  } finally {
    await past.end()
  }
}

async function addCast(work: Work<Job>, operator: string, operatorId: string): Promise<void> {
  const isThere = async (email: string) => (await findByEmail(work, operatorId, email)) !== undefined
  for (const cast of ORGANIZATIONS.filter((one) => one.operator === operator)) {
    const { name, country, contract, partner, people } = cast
    if (await isThere(people[0]?.email ?? '')) continue
    const organizationId = await addOrganization(work, { operatorId, name, country, contract })
    if (partner) await setPartner(work, { organizationId, operatorId }, partner)
    for (const person of people) await addPerson(work, { ...person, organizationId, operatorId })
    for (const subscription of cast.subscriptions ?? [])
      await addSubscription(work, { ...subscription, organizationId, operatorId, subscriptionId: newId() })
    if (cast.addOn) await addAddOn(work, { ...cast.addOn, organizationId, operatorId })
    if (partner && cast.onBehalf)
      await addPartner(work, { organizationId, operatorId, name: partner.name, ...cast.onBehalf })
  }
  for (const { operator: _, ...agent } of AGENTS.filter((one) => one.operator === operator))
    if (!(await isThere(agent.email))) await addAgent(work, { ...agent, operatorId })
  for (const { email, languages, from, until } of SHIFTS) {
    const found = await findByEmail(work, operatorId, email)
    if (found?.actor.kind !== 'agent') continue
    const { agentId } = found.actor
    const zone = AGENTS.find((agent) => agent.email === email)?.zone ?? 'UTC'
    const hours = { id: agentId, zone, days: everyDay([{ from: from * 60, until: until * 60 }]) }
    await importStaffing(work, operatorId, { agentId, skills: { topics: null, severities: null, languages }, hours })
  }
}

/** Somebody waits for a call, so that whoever says he is ready gets one. */
async function addCall(database: Database, operatorId: string): Promise<void> {
  const found = await database.work({ kind: 'job', operatorIds: [operatorId] }, (work) =>
    findByEmail(work, operatorId, CALL.email),
  )
  if (found?.actor.kind !== 'member') return
  await database.work(found.actor, async (work) => {
    const waiting = (await myCases(work, 25)).find(
      ({ closedAt, supportType }) => !closedAt && supportType === 'technical',
    )
    if (!waiting || (await callChoice(work, waiting.number)).call) return
    const { phone, language, zone } = CALL
    await promiseCall(work, waiting.number, { at: undefined, phone, phoneWritten: phone, language, zone })
  })
}

/** A partner who may act for the organization, for a year at a time, as far as it has consented. */
async function addPartner(
  work: Work<Job>,
  of: {
    readonly organizationId: string
    readonly operatorId: string
    readonly name: string
    readonly person: CastPerson
    readonly consented: boolean
  },
): Promise<void> {
  const { organizationId, operatorId, name, person } = of
  const partner = { partnerId: newId(), name }
  const endsAt = work.now.add({ hours: TERM_DAYS * 24 })
  await proposeRelation(work, { organizationId, operatorId, ...partner, roles: person.roles, endsAt, extends: true })
  await addPerson(work, { ...person, organizationId, operatorId, partner })
  if (of.consented) await recordConsent(work, organizationId, partner.partnerId)
}

const TERM_DAYS = 365

async function addIncidents(work: Work<Job>, operator: string, operatorId: string): Promise<void> {
  const known = await incidentsFor(work, operatorId, { limit: INCIDENTS.length })
  const titles = new Set(known.map(({ title }) => title.en))
  for (const one of INCIDENTS) {
    if (one.operator !== operator || titles.has(one.title.en)) continue
    const startedAt = work.now.subtract({ hours: one.hoursAgo })
    const incidentId = await declareIncident(work, operatorId, {
      ...one,
      feature: null,
      origin: 'operator',
      language: 'en',
      startedAt,
      plannedEndAt: one.lasts === undefined ? null : startedAt.add({ hours: one.lasts }),
      organizations: [],
      regions: [],
    })
    if (one.post)
      await writePost(work, operatorId, incidentId, {
        kind: 'regular',
        language: 'en',
        texts: one.post,
        publishAt: null,
      })
    if (one.restoredHoursAgo !== undefined)
      await changeState(work, operatorId, incidentId, {
        to: 'serviceRestored',
        at: work.now.subtract({ hours: one.restoredHoursAgo }),
      })
  }
}

async function addArticles(
  database: Database,
  ids: Readonly<Record<string, string>>,
  say: (line: string) => void,
): Promise<void> {
  for (const [operator, operatorId] of Object.entries(ids)) {
    for (const language of ['en', 'da', 'zh-Hans'] satisfies Locale[]) {
      const folder = join(PROJECT, 'demonstration/articles', language)
      const { added, unchanged } = await importArticles(database, { operatorId, operator, folder, language })
      say(`  ${operator}, ${language}: ${added + unchanged} articles`)
    }
  }
}

/** The past is told on a clock of its own, in its order: each step takes place at its hour, and what happens by itself in between. */
async function addCases(connectionString: string, ids: Readonly<Record<string, string>>): Promise<void> {
  const start = Temporal.Now.instant()
  let now = start
  const past = openDatabase({ connectionString, max: 1, clock: () => now })
  const job: Job = { kind: 'job', operatorIds: Object.values(ids) }
  const passUntil = async (moment: Temporal.Instant) => {
    for (; Temporal.Instant.compare(now, moment) < 0; now = earlier(now.add({ hours: 1 }), moment))
      while ((await past.work(job, (work) => wakeCases(work, 100))) > 0);
  }
  const by = (operator: string) => {
    const operatorId = ids[operator] ?? ''
    return async (email: string, act: (work: Work) => Promise<void>) => {
      const found = await past.work({ kind: 'job', operatorIds: [operatorId] }, (work) =>
        findByEmail(work, operatorId, email),
      )
      if (!found) throw new Error(`nobody in the demonstration has the address ${email}`)
      await past.work(found.actor, act)
    }
  }
  try {
    const steps = STORIES.flatMap((story, at) => stepsOf(story, `demonstration-${at}`, by(story.operator)))
    const inOrder = steps.toSorted((one, other) => other.minutesAgo - one.minutesAgo)
    now = start.subtract({ minutes: inOrder[0]?.minutesAgo ?? 0 })
    for (const { minutesAgo, take } of inOrder) {
      await passUntil(start.subtract({ minutes: minutesAgo }))
      await take()
    }
    await passUntil(start)
  } finally {
    await past.end()
  }
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) < 0 ? one : other
}

type By = (email: string, act: (work: Work) => Promise<void>) => Promise<void>
type Step = { readonly minutesAgo: number; readonly take: () => Promise<void> }

/** Under a key of its own a request opens one case, however often it is made; what was said before is not said again. */
function stepsOf(story: Story, key: string, by: By): readonly Step[] {
  const { operator, from, phone, minutesAgo, request, afterwards } = story
  const agent = AGENTS.find((one) => one.operator === operator && !one.lead)?.email ?? ''
  let number = ''
  const opening = () =>
    by(from, async (work) => {
      const contact = { method: phone ? 'phone' : 'email', phone: phone ?? '', email: from } as const
      number = (await openCase(work, { ...request, contact }, { key, fingerprint: 'demonstration' })).number
    })
  const once = (body: string, say: (work: Work) => Promise<void>) => async (work: Work) => {
    const said = await messagesOf(work, await caseFor(work, number))
    if (!said.some((message) => message.body === body)) await say(work)
  }
  const take = (step: Story['afterwards'][number]): Promise<void> => {
    switch (step.by) {
      case 'agent':
        return by(
          agent,
          once(step.body, (work) => writeAsAgent(work, number, step.kind, step.body)),
        )
      case 'customer':
        return by(
          from,
          once(step.body, (work) => replyAsCustomer(work, number, step.body)),
        )
      case 'close':
        return by(from, (work) => closeCase(work, number))
    }
  }
  return [
    { minutesAgo, take: opening },
    ...afterwards.map((step) => ({ minutesAgo: step.minutesAgo, take: () => take(step) })),
  ]
}
