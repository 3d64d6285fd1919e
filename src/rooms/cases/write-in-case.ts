import { newId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterAt } from '../entitlements/index.ts'
import { requireAgent } from '../people/index.ts'
import type { CallOutcome, CaseEvents } from './events.ts'
import type { Happening } from './record.ts'
import { lock, record } from './record.ts'
import type { Opened } from './record.ts'
import { caseFor } from './read-case.ts'
import { decideReopening, severityToRestore } from './rules/lifecycle.ts'
import type { AgentMessage } from './rules/lifecycle.ts'
import { caseById, insertAttachment } from './store.ts'
import { severityChangesIn } from './rules/facts-of.ts'
import type { NewMessage } from './store.ts'
import type { NewFile } from './open-case.ts'
import { authorOf, requireWriter } from './requester.ts'
import type { CaseRow } from './tables.ts'

const EVENT_OF = { answer: 'case.answered', question: 'case.questioned', note: 'case.noted' } as const

/**
 * An agent answers, asks the customer, or notes something for colleagues. An answer or a question meets what was owed; whoever
 * writes first to an unassigned case takes it. Refused with `case-closed`; notes may be added to closed cases.
 */
export async function writeAsAgent(work: Work, number: string, kind: AgentMessage, body: string): Promise<void> {
  const found = await caseFor(work, number)
  const agent = await requireAgent(work, found.operatorId)
  const opened = await lock(work, found)
  if (kind !== 'note') requireOpen(opened)
  const message = said(body, {
    authorKind: 'agent',
    authorId: agent.agentId,
    authorName: agent.name,
    visibility: kind === 'note' ? 'internal' : 'public',
  })
  const takes = kind !== 'note' && found.assignedTo === null ? { assignedTo: agent.agentId } : {}
  const turn = kind === 'note' ? {} : { waitingFor: 'customer' as const }
  const happening: Happening = { kind: EVENT_OF[kind], payload: { messageId: message.messageId } }
  await record(work, opened, [happening], { messages: [message], ...takes, ...turn })
}

/**
 * An agent called the customer as he had asked. Either way something was owed and is met (response-targets rule 4); it is the
 * customer's turn if they talked. Whoever calls in an unassigned case takes it. Nothing in a case that is closed.
 */
export async function noteCall(work: Work, number: string, outcome: CallOutcome): Promise<void> {
  const found = await caseFor(work, number)
  const agent = await requireAgent(work, found.operatorId)
  const opened = await lock(work, found)
  if (opened.history.state.closedAt !== undefined) return
  await record(work, opened, [{ kind: 'case.called', payload: { outcome } }], {
    ...(found.assignedTo === null ? { assignedTo: agent.agentId } : {}),
    ...(outcome === 'reached' ? { waitingFor: 'customer' as const } : {}),
  })
}

/** What became of the check of a caller stands in the case he called about. It moves no clock. */
export async function noteCaller(
  work: Work<Job>,
  { organizationId, caseId }: { readonly organizationId: string; readonly caseId: string },
  payload: CaseEvents['caller.checked'],
): Promise<void> {
  const found = await caseById(work, organizationId, caseId)
  if (found) await record(work, await lock(work, found), [{ kind: 'caller.checked', payload }])
}

/** An agent takes a case: it is his to answer; nothing about its clocks changes (response-targets rule 16). */
export async function takeCase(work: Work, number: string): Promise<void> {
  const found = await caseFor(work, number)
  const agent = await requireAgent(work, found.operatorId)
  if (found.assignedTo === agent.agentId) return
  await record(work, await lock(work, found), [{ kind: 'case.taken', payload: {} }], { assignedTo: agent.agentId })
}

/** The customer writes in his case; it is the operator's turn again. Refused with `case-closed`: reopening says why. */
export async function replyAsCustomer(
  work: Work,
  number: string,
  body: string,
  files: readonly NewFile[] = [],
): Promise<void> {
  const found = await caseFor(work, number)
  const message = await messageOfCustomer(work, found, body)
  const opened = await lock(work, found)
  requireOpen(opened)
  const replied: Happening = { kind: 'case.replied', payload: { messageId: message.messageId } }
  const restored = await restoring(work, opened, found)
  await record(work, opened, [...givenBack(opened, message), replied, ...restored], {
    waitingFor: 'operator',
    messages: [message],
  })
  attach(work, found, message, files)
}

/** Customer or agent closes; closing what is closed changes nothing. */
export async function closeCase(work: Work, number: string): Promise<void> {
  const found = await caseFor(work, number)
  const isAgent = work.actor.kind === 'agent'
  await (isAgent ? requireAgent(work, found.operatorId) : requireWriter(work, found))
  const opened = await lock(work, found)
  if (opened.history.state.closedAt !== undefined) return
  await record(work, opened, [{ kind: 'case.closed', payload: { reason: isAgent ? 'agent' : 'customer' } }])
}

/** The customer reopens with a reason. Refused with `reopen-too-late` after the charter's days: a new request is the way then. */
export async function reopenCase(work: Work, number: string, reason: string): Promise<void> {
  const found = await caseFor(work, number)
  const message = await messageOfCustomer(work, found, reason)
  const charter = await charterAt(work, found.operatorId, found.charterVersion)
  const opened = await lock(work, found)
  const decision = decideReopening(found.closedAt, charter.reopenDays, work.now)
  if (decision === 'reopen-too-late') throw new Refused(decision)
  const { messageId } = message
  const happening: Happening =
    decision === 'case-is-open'
      ? { kind: 'case.replied', payload: { messageId } }
      : { kind: 'case.reopened', payload: { messageId } }
  const restored = await restoring(work, opened, found)
  await record(work, opened, [happening, ...restored], { waitingFor: 'operator', messages: [message] })
}

/** A message came back from the way it was sent: whoever was told, was not. Nothing for a case that is gone. */
export async function noteUndelivered(
  work: Work,
  {
    organizationId,
    caseId,
    messageId,
  }: { readonly organizationId: string; readonly caseId: string; readonly messageId: string },
): Promise<void> {
  const found = await caseById(work, organizationId, caseId)
  if (!found) return
  await record(work, await lock(work, found), [{ kind: 'message.undelivered', payload: { messageId } }], {
    waitingFor: 'operator',
  })
}

/** Closed meanwhile counts too: the row is locked. */
export function requireOpen({ history }: Opened): void {
  if (history.state.closedAt !== undefined) throw new Refused('case-closed')
}

/** An answer gives back the severity that silence took, where the charter says so (response-targets rule 15). */
async function restoring(
  work: Work,
  { found, history }: Opened,
  { charterVersion }: CaseRow,
): Promise<readonly Happening[]> {
  const charter = await charterAt(work, found.operatorId, charterVersion)
  const to = severityToRestore(charter.nonResponse?.restore ?? false, severityChangesIn(history.events))
  if (to === undefined || to === found.severity) return []
  return [{ kind: 'severity.changed', payload: { from: found.severity, to, reason: 'answered', text: '' } }]
}

async function messageOfCustomer(work: Work, found: CaseRow, body: string): Promise<NewMessage> {
  return said(body, { ...authorOf(await requireWriter(work, found)), visibility: 'public' })
}

/** A partner who writes in a case that was handed to him gives it back. */
function givenBack({ history }: Opened, { authorKind, authorName }: NewMessage): readonly Happening[] {
  const isBack = history.state.pause?.reason === 'partner' && authorKind === 'partner'
  return isBack ? [{ kind: 'clock.resumed', payload: { reason: 'partner', partner: authorName } }] : []
}

/** Files of a message that was written in this transaction. */
function attach(work: Work, found: CaseRow, { messageId }: NewMessage, files: readonly NewFile[]): void {
  for (const file of files)
    insertAttachment(work, found, messageId, { ...file, attachmentId: newId(), byteCount: file.content.length })
}

export function said(body: string, author: Omit<NewMessage, 'messageId' | 'body'>): NewMessage {
  return { ...author, messageId: newId(), body }
}
