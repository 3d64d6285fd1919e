import { join } from 'node:path'
import type { Locale } from '../base/locale.ts'
import type { Actor } from '../database/actor.ts'
import { openDatabase } from '../database/work.ts'
import type { Database, Work } from '../database/work.ts'
import { closeCase, openCase, replyAsCustomer, writeAsAgent } from '../rooms/cases/index.ts'
import { addAgent, addOrganization, addPerson } from '../rooms/people/index.ts'
import { setPartner } from '../rooms/partners/index.ts'
import { importArticles } from '../rooms/self-help/index.ts'
import { postIncident } from '../rooms/service-health/index.ts'
import { applyCharterFolder } from './charters.ts'
import { INCIDENTS, ORGANIZATIONS, STORIES, AGENTS } from './demonstration-cast.ts'
import type { Story } from './demonstration-cast.ts'
import type { Ground } from './parts.ts'
import { PROJECT } from './project.ts'

/**
 * Fills an empty database: both shipped charters, help articles in three languages, organizations, people, and cases of several
 * ages, opened and answered by the same verbs as real ones, on a clock that stands in the past.
 */
export async function fillDemonstration({ database, connection }: Ground, say: (line: string) => void): Promise<void> {
  say('Applying the charters…')
  const ids: Record<string, string> = {}
  for (const slug of ['microsoft', '21vianet'])
    ids[slug] = (await applyCharterFolder(database, join(PROJECT, 'charters', slug))).operatorId
  say('Inviting organizations and people…')
  const actors = await addCast(database, ids)
  say('Importing the help articles…')
  await addArticles(database, ids, say)
  say('Opening cases…')
  await addCases(connection.connectionString, actors)
  say('The demonstration is ready.')
}

type Actors = ReadonlyMap<string, Actor>

async function addCast(database: Database, ids: Readonly<Record<string, string>>): Promise<Actors> {
  const actors = new Map<string, Actor>()
  for (const [operator, operatorId] of Object.entries(ids)) {
    await database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
      for (const organization of ORGANIZATIONS.filter((one) => one.operator === operator)) {
        const { name, country, contract, partner, people } = organization
        const organizationId = await addOrganization(work, { operatorId, name, country, contract })
        if (partner) await setPartner(work, { organizationId, operatorId }, partner)
        for (const person of people) {
          const personId = await addPerson(work, { ...person, organizationId, operatorId })
          actors.set(person.email, { kind: 'member', personId, organizationId, operatorId })
        }
      }
      for (const { operator: at, ...agent } of AGENTS.filter((one) => one.operator === operator)) {
        const agentId = await addAgent(work, { ...agent, operatorId })
        actors.set(`${at} agent ${agent.lead ? 'lead' : ''}`.trim(), {
          kind: 'agent',
          agentId,
          operatorIds: [operatorId],
          lead: agent.lead,
        })
      }
      for (const { operator: at, hoursAgo, ...incident } of INCIDENTS) {
        if (at === operator)
          await postIncident(work, operatorId, { ...incident, startedAt: work.now.subtract({ hours: hoursAgo }) })
      }
    })
  }
  return actors
}

async function addArticles(
  database: Database,
  ids: Readonly<Record<string, string>>,
  say: (line: string) => void,
): Promise<void> {
  for (const [operator, operatorId] of Object.entries(ids)) {
    for (const language of ['en', 'da', 'zh-Hans'] satisfies Locale[]) {
      const folder = join(PROJECT, 'demonstration/articles', language)
      const { added } = await importArticles(database, { operatorId, operator, folder, language })
      say(`  ${operator}, ${language}: ${added} articles`)
    }
  }
}

/** The past is told on a clock of its own: each step takes place at its hour. */
async function addCases(connectionString: string, actors: Actors): Promise<void> {
  const start = Temporal.Now.instant()
  let now = start
  const past = openDatabase({ connectionString, max: 1, clock: () => now })
  const as = async (who: string, minutesAgo: number, act: (work: Work) => Promise<void>) => {
    const actor = actors.get(who)
    if (!actor) throw new Error(`nobody in the demonstration is called ${who}`)
    now = start.subtract({ minutes: minutesAgo })
    await past.work(actor, act)
  }
  try {
    for (const story of STORIES) await tell(story, as)
  } finally {
    await past.end()
  }
}

type As = (who: string, minutesAgo: number, act: (work: Work) => Promise<void>) => Promise<void>

async function tell({ operator, from, phone, minutesAgo, request, afterwards }: Story, as: As): Promise<void> {
  let number = ''
  await as(from, minutesAgo, async (work) => {
    const contact = { method: phone ? 'phone' : 'email', phone: phone ?? '', email: from } as const
    number = (await openCase(work, { ...request, contact })).number
  })
  for (const step of afterwards) {
    if (step.by === 'agent')
      await as(`${operator} agent`, step.minutesAgo, (work) => writeAsAgent(work, number, step.kind, step.body))
    if (step.by === 'customer') await as(from, step.minutesAgo, (work) => replyAsCustomer(work, number, step.body))
    if (step.by === 'close') await as(from, step.minutesAgo, (work) => closeCase(work, number))
  }
}
