import { CompiledQuery } from 'kysely'
import type { Actor } from '../src/database/actor.ts'
import { openDatabase } from '../src/database/work.ts'
import type { Database, Work } from '../src/database/work.ts'
import {
  callLines,
  callOf,
  forecastsOf,
  keptPromisesSince,
  lockedCallOf,
  lockedCalls,
  restlessOperators,
  seatsFrom,
  shiftsOf,
} from '../src/rooms/callbacks/store.ts'
import { askedBefore, checkOf, openChecksOf } from '../src/rooms/callers/store.ts'
import {
  attachmentOf,
  awaitingFirstAnswer,
  caseById,
  caseByNumber,
  casesDue,
  casesNotAbout,
  casesOf,
  clockEventsOf,
  keptClocks,
  linkedCases,
  linkOf,
  lockedEvents,
  notAbout,
  openedSince,
  waitingLinks,
  untoldEscalations,
  wakingCases,
  eventsOf,
  messagesOf,
  queueFigures,
} from '../src/rooms/cases/store.ts'
import { groupsOf, totalsOf, unsettled } from '../src/rooms/answers/store.ts'
import { listed, newestVersions, versionsIn } from '../src/rooms/editing/store.ts'
import { foldInCase, unforgotten } from '../src/rooms/evidence/store.ts'
import {
  deleteDeliveriesBefore,
  deliveriesOf,
  dueDigests,
  hearersOf,
  hearingWebhooks,
  subscribersOf,
  waitingDelivery,
  webhooksOf,
} from '../src/rooms/health-notices/store.ts'
import { programShown, programsOfHolder, programsOfOperator, toldEvents } from '../src/rooms/programs/store.ts'
import { changedIncidents } from '../src/rooms/service-health/store.ts'
import { peopleByEmail } from '../src/rooms/people/index.ts'
import { relationsDue, relationsOfCase } from '../src/rooms/partners/store.ts'
import { grantsOf, questionsOf, rightEventsOf } from '../src/rooms/rights/store.ts'
import { begun, historyOf, marksOf, notBegun, notesOf } from '../src/rooms/onboarding/store.ts'
import { questionOf } from '../src/rooms/reports/rules/months.ts'
import { figuresOf, promisesBehind } from '../src/rooms/reports/store.ts'
import {
  followedBy,
  followersOf,
  hitBy,
  lockReportsSince,
  openIncidents,
  ownIncidents,
  ownPosts,
  publishedIncident,
  publishedIncidents,
  publishedPosts,
  reportsOf,
  reportsSince,
  statesOf,
} from '../src/rooms/service-health/store.ts'
import { addressOf, dueAddresses, leftFiles, ownerOf } from '../src/rooms/status-feeds/store.ts'
import type { Seeded } from './seed-cases.ts'

/** How the server answers a question: the tables it reads from end to end, and what it would have to sort first. */
export type Plan = { readonly question: string; readonly scanned: readonly string[] }

const GROWING = [
  'support_case',
  'case_number',
  'message',
  'event',
  'clock',
  'escalation',
  'attachment',
  'idempotency_key',
  'outbound_mail',
  'help_question',
  'own_article_version',
  'promised_call',
  'caller_check',
  'person',
  'call_event',
  'call_seat',
  'incident',
  'incident_state',
  'incident_post',
  'incident_follower',
  'incident_impact',
  'health_report',
  'incident_case',
  'case_not_about',
  'add_on',
  'onboarding',
  'onboarding_event',
  'right_grant',
  'right_event',
  'colleague_question',
  'partner_relation',
  'program',
  'program_event',
  'health_subscription',
  'health_webhook',
  'health_delivery',
  'status_address',
  'status_address_file',
]

type Node = {
  readonly 'Node Type': string
  readonly 'Plan Rows': number
  readonly 'Relation Name'?: string
  readonly Plans?: readonly Node[]
}

/** Asks the planner about every list and every case page, as who would ask, under row-level security and with its predicates. */
export async function plansOfLists(
  url: string,
  of: Seeded & { readonly operatorId: string },
): Promise<readonly Plan[]> {
  const database = openDatabase({ connectionString: url, max: 1 })
  const { organizationId, operatorId, personId, agentId } = of
  const member = { kind: 'member', organizationId, operatorId, personId } as const
  const agent = { kind: 'agent', agentId, operatorIds: [operatorId], lead: false } as const
  const job = { kind: 'job', operatorIds: [operatorId] } as const
  const after = { at: Temporal.Now.instant().toString(), caseId: '00000000-0000-7000-8000-000000000000' }
  const number = '90000000207'
  const report = { zone: 'Europe/Copenhagen', now: Temporal.Now.instant() }
  // Of a year ago: a report is about a part of what there is.
  const asOf = report.now.toZonedDateTimeISO('UTC').subtract({ years: 1 }).toPlainDate().toString()
  const asked = questionOf({ asOf }, report)
  const narrowed = questionOf({ asOf, clock: 'initial-response', severity: 'B', supportType: 'technical' }, report)
  const place = { due: after.at, caseId: after.caseId, clock: 'initial-response', cycle: 1 }
  const behind = { outcome: 'breached', due: 'dated' } as const
  const month = report.now.subtract({ hours: 30 * 24 })
  const queue = { operatorId, limit: 51 } as const
  const lately = { from: report.now.subtract({ hours: 24 }), until: report.now, language: 'en' } as const
  const following = {
    operatorId,
    checklist: 'settling-in',
    steps: ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'],
    addOn: 'business-assist',
    seats: 5,
    after: undefined,
    limit: 51,
  } as const
  const followingOn = { ...following, after: { since: after.at, organizationId } } as const
  const places = following.steps.map((step) => ({ checklist: following.checklist, step }))
  const hearing = {
    incidentId: after.caseId,
    service: 'mail',
    organizations: null,
    after: { organizationId, id: after.caseId },
    limit: 250,
  } as const
  try {
    const [one] = await database.work(member, (work) => casesOf(work, organizationId, 1))
    const subject = { organizationId, operatorId, caseId: one?.caseId ?? '' }
    const [incident] = await database.work(agent, (work) => ownIncidents(work, operatorId, { limit: 1 }))
    const incidentId = incident?.incidentId ?? after.caseId
    const ask = (question: string, actor: Actor, act: (work: Work) => Promise<unknown>) =>
      planOf(database, question, actor, act)
    return [
      await ask('casesDue, first page', agent, (work) => casesDue(work, { ...queue, waitingFor: 'operator' })),
      await ask('casesDue, a later page', agent, (work) => casesDue(work, { ...queue, waitingFor: 'operator', after })),
      await ask('casesDue, waiting for customers', agent, (work) =>
        casesDue(work, { ...queue, waitingFor: 'customer' }),
      ),
      await ask('casesOf, first page', member, (work) => casesOf(work, organizationId, 26)),
      await ask('casesOf, a later page', member, (work) => casesOf(work, organizationId, 26, after)),
      await ask('caseByNumber by a member', member, (work) => caseByNumber(work, number)),
      await ask('caseByNumber by an agent', agent, (work) => caseByNumber(work, number)),
      await ask('caseById', job, (work) => caseById(work, organizationId, subject.caseId)),
      await ask('messagesOf by a member', member, (work) => messagesOf(work, subject)),
      await ask('messagesOf by an agent', agent, (work) => messagesOf(work, subject)),
      await ask('eventsOf', agent, (work) => eventsOf(work, subject)),
      await ask('attachmentOf', member, (work) => attachmentOf(work, subject, after.caseId)),
      await ask('queueFigures', agent, (work) => queueFigures(work, operatorId)),
      await ask('lockedEvents', agent, (work) => lockedEvents(work, subject)),
      await ask('clockEventsOf', member, (work) => clockEventsOf(work, subject)),
      await ask('figuresOf, all', agent, (work) => figuresOf(work, operatorId, asked)),
      await ask('figuresOf, narrowed', agent, (work) => figuresOf(work, operatorId, narrowed)),
      await ask('promisesBehind, first page', agent, (work) =>
        promisesBehind(work, operatorId, { question: asked, behind: {}, limit: 51 }),
      ),
      await ask('promisesBehind, a later page', agent, (work) =>
        promisesBehind(work, operatorId, { question: narrowed, behind, limit: 51, after: place }),
      ),
      await ask('awaitingFirstAnswer', job, (work) => awaitingFirstAnswer(work, operatorId, { limit: 1000 })),
      await ask('awaitingFirstAnswer, a later page', job, (work) =>
        awaitingFirstAnswer(work, operatorId, { limit: 1000, dueAfter: Temporal.Now.instant() }),
      ),
      await ask('subscribersOf', member, (work) => subscribersOf(work, organizationId, { limit: 101 })),
      await ask('subscribersOf, a later page', member, (work) =>
        subscribersOf(work, organizationId, { after: after.caseId, limit: 101 }),
      ),
      await ask('hearersOf an incident', job, (work) => hearersOf(work, operatorId, { ...hearing, after: undefined })),
      await ask('hearersOf, a later page', job, (work) => hearersOf(work, operatorId, hearing)),
      await ask('hearersOf one organization', job, (work) =>
        hearersOf(work, operatorId, { ...hearing, organizations: [organizationId] }),
      ),
      await ask('dueDigests', job, (work) => dueDigests(work, [operatorId], 200)),
      await ask('changedIncidents', job, (work) =>
        changedIncidents(work, operatorId, { since: lately.from, limit: 100 }),
      ),
      await ask('webhooksOf', member, (work) => webhooksOf(work, organizationId)),
      await ask('hearingWebhooks', job, (work) => hearingWebhooks(work, operatorId, { ...hearing, after: undefined })),
      await ask('hearingWebhooks, a later page', job, (work) => hearingWebhooks(work, operatorId, hearing)),
      await ask('deliveriesOf', member, (work) =>
        deliveriesOf(work, organizationId, { webhookId: after.caseId, limit: 10 }),
      ),
      await ask('waitingDelivery', job, (work) =>
        waitingDelivery(work, { organizationId, webhookId: after.caseId, deliveryId: after.caseId }),
      ),
      await ask('deleteDeliveriesBefore', job, (work) =>
        deleteDeliveriesBefore(work, [operatorId], { before: lately.from, most: 5000 }),
      ),
      await ask('addressOf', member, (work) => addressOf(work, organizationId)),
      await ask('ownerOf an address', job, (work) => ownerOf(work, operatorId, after.caseId)),
      await ask('dueAddresses', job, (work) => dueAddresses(work, operatorId, { after: undefined, limit: 20 })),
      await ask('dueAddresses, a later page', job, (work) =>
        dueAddresses(work, operatorId, { after: organizationId, limit: 20 }),
      ),
      await ask('leftFiles', job, (work) => leftFiles(work, operatorId, { before: lately.from, limit: 100 })),
      await ask('programsOfHolder', member, (work) => programsOfHolder(work, { operatorId, organizationId })),
      await ask('programsOfOperator', agent, (work) => programsOfOperator(work, operatorId)),
      await ask('programShown', job, (work) => programShown(work, operatorId, after.caseId)),
      await ask('toldEvents of an organization', member, (work) => toldEvents(work, { operatorId, organizationId })),
      await ask('toldEvents of an operator', agent, (work) =>
        toldEvents(work, { operatorId, organizationId: undefined }),
      ),
      await ask('unsettled questions', job, (work) => unsettled(work, [operatorId], 500)),
      await ask('unforgotten questions', job, (work) => unforgotten(work, [operatorId], 500)),
      await ask('totalsOf questions', agent, (work) => totalsOf(work, operatorId, lately)),
      await ask('groupsOf questions', agent, (work) => groupsOf(work, operatorId, { ...lately, limit: 500 })),
      await ask('foldInCase', job, (work) =>
        foldInCase(work, {
          operatorId,
          questionId: after.caseId,
          kind: 'case',
          articleId: null,
          personId,
          notedAt: work.now,
        }),
      ),
      await ask('newestVersions', agent, (work) => newestVersions(work, operatorId, 'here/one')),
      await ask('versionsIn', agent, (work) =>
        versionsIn(work, { operatorId, articleId: 'here/one', language: 'en' }, 100),
      ),
      await ask('articles written here', agent, (work) =>
        listed(work, operatorId, { q: '', place: 'here', after: '', limit: 51 }),
      ),
      await ask('askedBefore', agent, (work) => askedBefore(work, { ...subject, personId })),
      await ask('checkOf', agent, (work) => checkOf(work, operatorId, after.caseId)),
      await ask('openChecksOf', member, (work) => openChecksOf(work, { organizationId, personId })),
      await ask('peopleByEmail', agent, (work) => peopleByEmail(work, operatorId, 'many7@seeded.test')),
      await ask('callOf', member, (work) => callOf(work, subject)),
      await ask('lockedCallOf', member, (work) => lockedCallOf(work, subject)),
      await ask('lockedCalls', job, (work) => lockedCalls(work, operatorId)),
      await ask('callLines', agent, (work) => callLines(work, operatorId)),
      await ask('seatsFrom', member, (work) => seatsFrom(work, operatorId, work.now)),
      await ask('shiftsOf', member, (work) => shiftsOf(work, operatorId)),
      await ask('forecastsOf', member, (work) => forecastsOf(work, operatorId)),
      await ask('restlessOperators', job, (work) =>
        restlessOperators(work, [operatorId], { lostSeconds: 30, wordsSeconds: 30 }),
      ),
      await ask('keptPromisesSince', agent, (work) => keptPromisesSince(work, operatorId, lately.from)),
      await ask('casesOf, of one who asked', member, (work) => casesOf(work, organizationId, 26, undefined, personId)),
      await ask('grantsOf', member, (work) => grantsOf(work, organizationId)),
      await ask('rightEventsOf', member, (work) => rightEventsOf(work, organizationId)),
      await ask('questionsOf', member, (work) => questionsOf(work, organizationId)),
      await ask('steps as they stand', member, (work) => marksOf(work, { organizationId, operatorId }, places)),
      await ask('steps as they stand, at the desk', agent, (work) =>
        marksOf(work, { organizationId, operatorId }, places),
      ),
      await ask('notes on steps', member, (work) => notesOf(work, { organizationId, operatorId }, places, 3)),
      await ask('historyOf a checklist', member, (work) =>
        historyOf(work, { organizationId, operatorId }, { checklist: following.checklist, limit: 51 }),
      ),
      await ask('historyOf a checklist, a later page', agent, (work) =>
        historyOf(work, { organizationId, operatorId }, { checklist: following.checklist, before: 100, limit: 51 }),
      ),
      await ask('checklists under way', agent, (work) => begun(work, following, 'under-way')),
      await ask('checklists under way, a later page', agent, (work) => begun(work, followingOn, 'under-way')),
      await ask('checklists finished', agent, (work) => begun(work, following, 'finished')),
      await ask('checklists not begun', agent, (work) => notBegun(work, following)),
      await ask('checklists not begun, a later page', agent, (work) => notBegun(work, followingOn)),
      await ask('relationsOfCase', agent, (work) => relationsOfCase(work, subject)),
      await ask('relationsDue', job, (work) => relationsDue(work, [operatorId], 100)),
      await ask('openIncidents', member, (work) => openIncidents(work, operatorId, 50)),
      await ask('publishedIncidents of 30 days', member, (work) =>
        publishedIncidents(work, operatorId, { services: ['mail'], since: month, limit: 500 }),
      ),
      await ask('publishedIncidents, a later page', member, (work) =>
        publishedIncidents(work, operatorId, { before: after.caseId, limit: 100 }),
      ),
      await ask('ownIncidents, open', agent, (work) => ownIncidents(work, operatorId, { open: true, limit: 100 })),
      await ask('ownIncidents, over', agent, (work) => ownIncidents(work, operatorId, { open: false, limit: 100 })),
      await ask('publishedIncident', member, (work) => publishedIncident(work, operatorId, incidentId)),
      await ask('statesOf', member, (work) => statesOf(work, operatorId, [incidentId])),
      await ask('publishedPosts', member, (work) => publishedPosts(work, operatorId, [incidentId])),
      await ask('ownPosts', agent, (work) => ownPosts(work, operatorId, incidentId)),
      await ask('followedBy', member, (work) => followedBy(work, { organizationId, personId })),
      await ask('followersOf', job, (work) => followersOf(work, operatorId, incidentId, { limit: 200 })),
      await ask('followersOf, a later page', job, (work) =>
        followersOf(work, operatorId, incidentId, { limit: 200, after: after.caseId }),
      ),
      await ask('hitBy', agent, (work) => hitBy(work, operatorId, incidentId)),
      await ask('reportsSince', agent, (work) => reportsSince(work, operatorId, lately.from)),
      await ask('lockReportsSince', job, (work) => lockReportsSince(work, operatorId, lately.from)),
      await ask('reportsOf', member, (work) => reportsOf(work, organizationId)),
      await ask('linkedCases', agent, (work) => linkedCases(work, operatorId, incidentId)),
      await ask('waitingLinks', job, (work) =>
        waitingLinks(work, { operatorId, incidentId, limit: 50, turn: 'tell', postId: after.caseId }),
      ),
      await ask('linkOf', member, (work) => linkOf(work, subject)),
      await ask('casesNotAbout', agent, (work) => casesNotAbout(work, operatorId, incidentId)),
      await ask('notAbout', member, (work) => notAbout(work, subject)),
      await ask('openedSince', agent, (work) => openedSince(work, operatorId, { since: lately.from, limit: 300 })),
      await ask('wakingCases', job, (work) => wakingCases(work, [operatorId], 100)),
      await ask('keptClocks', job, (work) => keptClocks(work, [operatorId], { limit: 500 })),
      await ask('keptClocks, further on', job, (work) =>
        keptClocks(work, [operatorId], { limit: 500, after: { ...subject, organizationId } }),
      ),
      await ask('untoldEscalations', job, (work) =>
        untoldEscalations(work, [operatorId], { by: work.now, limit: 1000 }),
      ),
    ]
  } finally {
    await database.end()
  }
}

/** The very statement a function of a store sends, explained instead of answered. */
async function planOf(
  database: Database,
  question: string,
  actor: Actor,
  act: (work: Work) => Promise<unknown>,
): Promise<Plan> {
  return database.work(actor, async (work) => {
    const tx = work.tx
    const executor = tx.getExecutor()
    let scanned: readonly string[] = []
    const explaining = Object.create(executor, {
      executeQuery: {
        value: async (query: CompiledQuery) => {
          const explained = CompiledQuery.raw(`explain (format json) ${query.sql}`, [...query.parameters])
          const { rows } = await executor.executeQuery<{ 'QUERY PLAN': readonly { Plan: Node }[] }>(explained)
          if (process.env['EXPLAIN'] && question.startsWith(process.env['EXPLAIN']))
            console.log(JSON.stringify(rows, null, 1))
          scanned = rows.flatMap((row) => row['QUERY PLAN'].flatMap(({ Plan: node }) => scannedIn(node)))
          return { rows: [] }
        },
      },
      compileQuery: { value: executor.compileQuery.bind(executor) },
      transformQuery: { value: executor.transformQuery.bind(executor) },
    }) as typeof executor
    await act({
      ...work,
      now: work.now,
      tx: Object.create(tx, { getExecutor: { value: () => explaining } }) as typeof tx,
    })
    return { question, scanned }
  })
}

const MANY = 1000

function scannedIn(node: Node): readonly string[] {
  const { 'Node Type': type, 'Relation Name': table = '', 'Plan Rows': rows, Plans: parts = [] } = node
  const scans = type === 'Seq Scan' && GROWING.includes(table) ? [table] : []
  const sorts = type.includes('Sort') && (parts[0]?.['Plan Rows'] ?? rows) > MANY ? ['a sort of many'] : []
  return [...scans, ...sorts, ...parts.flatMap(scannedIn)]
}
