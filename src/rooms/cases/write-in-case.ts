import { newId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Work } from '../../database/work.ts'
import { charterAt } from '../entitlements/index.ts'
import { requireAdministrator, requireAgent } from '../people/index.ts'
import { meetInitialResponse } from '../response-targets/index.ts'
import { telling } from './events.ts'
import { caseFor, standingOf } from './read-case.ts'
import { afterAgentMessage, decideReopening, mayWrite } from './rules/lifecycle.ts'
import type { AgentMessage } from './rules/lifecycle.ts'
import { changeCase, insertAttachment, insertMessage } from './store.ts'
import type { NewMessage } from './store.ts'
import type { NewFile } from './open-case.ts'
import type { CaseRow } from './tables.ts'

const EVENT_OF = { answer: 'case.answered', question: 'case.questioned', note: 'case.noted' } as const

/**
 * An agent answers, asks the customer, or notes something for colleagues. An answer or a question meets the initial response;
 * whoever writes first to an unassigned case takes it. Refused with `case-closed`; notes may be added to closed cases.
 */
export async function writeAsAgent(work: Work, number: string, kind: AgentMessage, body: string): Promise<void> {
  const found = await caseFor(work, number)
  const agent = await requireAgent(work, found.operatorId)
  const standing = standingOf(found)
  if (kind !== 'note' && !mayWrite(standing)) throw new Refused('case-closed')

  const { waitingFor, meets } = afterAgentMessage(standing, kind)
  const message = said(body, {
    authorKind: 'agent',
    authorId: agent.agentId,
    authorName: agent.name,
    visibility: kind === 'note' ? 'internal' : 'public',
  })
  await insertMessage(work, found, message)
  if (meets) await meetInitialResponse(work, found)
  const { event, jobs } = telling(EVENT_OF[kind], found, { messageId: message.messageId })
  const takes = kind !== 'note' && found.assignedTo === null ? { assignedTo: agent.agentId } : {}
  await changeCase(work, found, { waitingFor, ...takes, ...(meets ? { nothingDue: true } : {}) }, event, jobs)
}

/** An agent takes a case: it is his to answer; nothing about its clock changes (response-targets rule 16). */
export async function takeCase(work: Work, number: string): Promise<void> {
  const found = await caseFor(work, number)
  const agent = await requireAgent(work, found.operatorId)
  if (found.assignedTo === agent.agentId) return
  const { event, jobs } = telling('case.taken', found, {})
  await changeCase(work, found, { assignedTo: agent.agentId }, event, jobs)
}

/** The customer writes in his case; it is the operator's turn again. Refused with `case-closed`: reopening says why. */
export async function replyAsCustomer(
  work: Work,
  number: string,
  body: string,
  files: readonly NewFile[] = [],
): Promise<void> {
  const found = await caseFor(work, number)
  if (!mayWrite(standingOf(found))) throw new Refused('case-closed')
  const messageId = await customerSays(work, found, body, files)
  const { event, jobs } = telling('case.replied', found, { messageId })
  await changeCase(work, found, { waitingFor: 'operator' }, event, jobs)
}

/** Customer or agent closes; closing what is closed changes nothing. */
export async function closeCase(work: Work, number: string): Promise<void> {
  const found = await caseFor(work, number)
  if (work.actor.kind === 'agent') await requireAgent(work, found.operatorId)
  if (found.closedAt !== null) return
  const { event, jobs } = telling('case.closed', found, {})
  await changeCase(work, found, { closedAt: work.now, nothingDue: true }, event, jobs)
}

/** The customer reopens with a reason. Refused with `reopen-too-late` after the charter's days: a new request is the way then. */
export async function reopenCase(work: Work, number: string, reason: string): Promise<void> {
  const found = await caseFor(work, number)
  const charter = await charterAt(work, found.operatorId, found.charterVersion)
  const decision = decideReopening(standingOf(found), charter.reopenDays, work.now)
  if (decision === 'reopen-too-late') throw new Refused(decision)
  if (decision === 'case-is-open') return replyAsCustomer(work, number, reason)
  const messageId = await customerSays(work, found, reason, [])
  const { event, jobs } = telling('case.reopened', found, { messageId })
  await changeCase(work, found, { closedAt: null, waitingFor: 'operator' }, event, jobs)
}

async function customerSays(work: Work, found: CaseRow, body: string, files: readonly NewFile[]): Promise<string> {
  const { personId, name } = await requireAdministrator(work)
  const message = said(body, { authorKind: 'member', authorId: personId, authorName: name, visibility: 'public' })
  await insertMessage(work, found, message)
  for (const file of files) {
    insertAttachment(work, found, message.messageId, {
      ...file,
      attachmentId: newId(),
      byteCount: file.content.length,
    })
  }
  return message.messageId
}

function said(body: string, author: Omit<NewMessage, 'messageId' | 'body'>): NewMessage {
  return { ...author, messageId: newId(), body }
}
