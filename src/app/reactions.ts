import { isId } from '../base/ids.ts'
import { isLocale } from '../base/locale.ts'
import type { Job } from '../database/actor.ts'
import { announce } from '../database/work.ts'
import type { Database, Work } from '../database/work.ts'
import { declareReactions } from '../jobs/record.ts'
import type { JobData } from '../jobs/enqueue.ts'
import type { Outside } from '../jobs/post-outside.ts'
import type { Worker } from '../jobs/workers.ts'
import { answerCases, askCases, lookForProposals, moveCases, openInquiry } from '../rooms/cases/index.ts'
import type { CaseEvents } from '../rooms/cases/index.ts'
import { sendCallerCode, tellOfCaller } from '../rooms/callers/index.ts'
import type { CallerCodes } from '../rooms/callers/index.ts'
import { callOffOfClosed } from '../rooms/callbacks/index.ts'
import { bringArticle } from '../rooms/editing/index.ts'
import {
  confirmClosing,
  confirmOpening,
  deliverMessage,
  tellAdministrators,
  tellColleague,
  tellLeads,
  tellOfRelation,
  tellPartner,
  tellSeverity,
  welcomeColleague,
} from '../rooms/channels/index.ts'
import { askFollowers, postWebhook, tellSubscribers, tellWebhooks } from '../rooms/health-notices/index.ts'
import type { Notice, NoticeLinks } from '../rooms/health-notices/index.ts'
import { publishDuePost } from '../rooms/service-health/index.ts'
import type { StatusFiles } from './status-files.ts'

/** What a reaction needs besides its transaction: the way to a case's page, to any other of an operator, and out of mails. */
export type ReactionParts = NoticeLinks & {
  readonly linkTo: (operator: string, number: string) => string
  /** Where others serve the status from; nothing happens where there is no such place. */
  readonly statusFiles: StatusFiles
  /** Makes the codes that prove who calls. */
  readonly callerCodes: CallerCodes
}

type Told = {
  readonly eventId: string
  readonly organizationId: string
  readonly operatorId: string
  readonly caseId: string
}
type Reaction = (work: Work, told: Told, parts: ReactionParts) => Promise<void>

const ANSWERS = {
  confirmOpening: async (work, told, { linkTo }) => {
    await confirmOpening(work, told, linkTo)
    await lookForProposals(work, told.operatorId)
  },
  deliverMessage: (work, told, { linkTo }) => deliverMessage(work, told, linkTo),
  tellSeverity: (work, told, { linkTo }) => tellSeverity(work, told, linkTo),
  confirmClosing: (work, told, { linkTo }) => confirmClosing(work, told, linkTo),
  tellPartner: (work, told, { linkToPage }) => tellPartner(work, told, linkToPage),
  callOff: (work, told) => callOffOfClosed(work, told),
} satisfies Record<string, Reaction>

type ReactionName = keyof typeof ANSWERS

/** Jobs that a verb asks for by name, without an event of a case. */
const ERRANDS = {
  bringArticle: (work, { operatorId, articleId, language }) => {
    if (typeof articleId !== 'string' || typeof language !== 'string' || !isLocale(language))
      throw new Error('an article without its place')
    return bringArticle(work, { operatorId, articleId, language })
  },
  tellAdministrators: (work, data, { linkToPage }) =>
    tellAdministrators(work, { ...ofOrganization(data), questionId: idIn(data, 'questionId') }, linkToPage),
  tellColleague: (work, data, { linkToPage }) =>
    tellColleague(work, { ...ofOrganization(data), questionId: idIn(data, 'questionId') }, linkToPage),
  welcomeColleague: (work, data, { linkToPage }) =>
    welcomeColleague(work, { ...ofOrganization(data), invitationId: idIn(data, 'invitationId') }, linkToPage),
  tellOfRelation: (work, data, { linkToPage }) =>
    tellOfRelation(
      work,
      {
        ...ofOrganization(data),
        partnerId: idIn(data, 'partnerId'),
        step: String(data['step']),
        eventId: idIn(data, 'eventId'),
      },
      linkToPage,
    ),
  sendCallerCode: (work, data, { callerCodes, linkToPage }) =>
    sendCallerCode(
      work,
      { ...ofOrganization(data), checkId: idIn(data, 'checkId') },
      { codes: callerCodes, linkToPage },
    ),
  tellOfCaller: (work, data) => tellOfCaller(work, { ...ofOrganization(data), checkId: idIn(data, 'checkId') }),
  publishPost: (work, data) => publishDuePost(work, { ...ofIncident(data), postId: idIn(data, 'postId') }),
  answerCases: (work, data) => answerCases(work, { ...ofIncident(data), postId: idIn(data, 'postId') }),
  askCases: (work, data) => askCases(work, ofIncident(data)),
  askFollowers: (work, data, links) => askFollowers(work, { ...ofIncident(data), after: afterIn(data) }, links),
  tellLeads: (work, { operatorId }, { linkToPage }) => tellLeads(work, operatorId, linkToPage),
  moveCases: (work, data) => moveCases(work, ofIncident(data)),
  tellSubscribers: (work, data, links) => tellSubscribers(work, noticeIn(data), { after: placeIn(data), links }),
  tellWebhooks: (work, data) => tellWebhooks(work, noticeIn(data), placeIn(data)),
} satisfies Record<string, (work: Work<Job>, data: JobData, parts: ReactionParts) => Promise<void>>

function ofOrganization(data: JobData): { readonly organizationId: string; readonly operatorId: string } {
  return { organizationId: idIn(data, 'organizationId'), operatorId: data.operatorId }
}

function ofIncident(data: JobData): { readonly operatorId: string; readonly incidentId: string } {
  return { operatorId: data.operatorId, incidentId: idIn(data, 'incidentId') }
}

function noticeIn(data: JobData): Notice {
  const { sequence } = data
  return typeof sequence === 'number'
    ? { ...ofIncident(data), sequence }
    : { ...ofIncident(data), postId: idIn(data, 'postId') }
}

/** Where a chunk begins; the first one has no place. */
function placeIn(data: JobData): { readonly organizationId: string; readonly id: string } | undefined {
  if (data['after'] === undefined) return undefined
  return { organizationId: idIn(data, 'afterOrganization'), id: idIn(data, 'after') }
}

/** Where a job goes on that another began. */
function afterIn(data: JobData): string | undefined {
  return data['after'] === undefined ? undefined : idIn(data, 'after')
}

function idIn(data: JobData, name: string): string {
  const id = String(data[name])
  if (!isId(id)) throw new Error(`a job without its ${name}`)
  return id
}

/** What happens when: every event of the house and who answers it. A kind without an entry does not compile. */
const reactions: Record<keyof CaseEvents, readonly ReactionName[]> = {
  'case.opened': ['confirmOpening'],
  'case.taken': [],
  'case.answered': ['deliverMessage'],
  'case.questioned': ['deliverMessage'],
  'case.noted': [],
  'case.called': [],
  'caller.checked': [],
  'case.replied': [],
  'case.closed': ['confirmClosing', 'callOff'],
  'case.merged': [],
  'case.reopened': [],
  'message.undelivered': [],
  'severity.changed': ['tellSeverity'],
  'severity.requested': [],
  'incident.linked': [],
  'incident.unlinked': [],
  'terms.moved': [],
  'clock.paused': ['tellPartner'],
  'clock.resumed': [],
  'clock.warned': [],
  'clock.breached': [],
  'clock.escalated': [],
  'customer.reminded': ['deliverMessage'],
  'customer.noticed': ['deliverMessage'],
}

declareReactions(reactions)

/** Tries one message to somebody else's machine, outside of any transaction. */
export function postingOutside(database: Database, outside: Pick<Outside, 'post'>): Worker {
  return (data) => {
    const of = { ...ofOrganization(data), webhookId: idIn(data, 'webhookId'), deliveryId: idIn(data, 'deliveryId') }
    return postWebhook(database, of, outside)
  }
}

/** Runs one reaction in a transaction of its own; running it twice is harmless. */
export function reacting(database: Database, parts: ReactionParts): Worker {
  return async (data) => {
    const { reaction, operatorId } = data
    // It takes two transactions: the job makes the prospect, who then asks.
    if (reaction === 'openInquiry') return openInquiry(database, { operatorId, inquiryId: idIn(data, 'inquiryId') })
    // These read as a visitor or a reader, then write as the house.
    if (reaction === 'publishStatus') return parts.statusFiles.publish(operatorId)
    if (reaction === 'publishOwnStatus') return parts.statusFiles.publishOwn(operatorId, afterIn(data))
    if (reaction === 'removeOwnStatus')
      return parts.statusFiles.removeOwn(operatorId, { ...ofOrganization(data), addressId: idIn(data, 'addressId') })
    if (isErrand(reaction)) {
      const errand = ERRANDS[reaction]
      return database.work({ kind: 'job', operatorIds: [operatorId] }, (work) => errand(work, data, parts))
    }
    if (!isReaction(reaction)) throw new Error(`no reaction is called ${reaction}`)
    await database.workAtOnce({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
      await ANSWERS[reaction](work, toldOf(data), parts)
      // Once more: whoever recorded the event may have died before the word went out.
      announce(work, operatorId)
    })
  }
}

function isErrand(name: string): name is keyof typeof ERRANDS {
  return Object.hasOwn(ERRANDS, name)
}

function isReaction(name: string): name is ReactionName {
  return name in ANSWERS
}

function toldOf({ eventId = '', organizationId = '', operatorId, caseId = '' }: JobData): Told {
  const told = { eventId: String(eventId), organizationId: String(organizationId), operatorId, caseId: String(caseId) }
  if (!isId(told.organizationId) || !isId(told.caseId)) throw new Error('a reaction without its case')
  return told
}
