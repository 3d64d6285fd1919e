import type { Locale } from '../../base/locale.ts'
import { Refused } from '../../base/refused.ts'
import type { Work } from '../../database/work.ts'
import { charterAt, grantSeverity } from '../entitlements/index.ts'
import { requireAgent } from '../people/index.ts'
import { historyOf } from './history.ts'
import { lock, record } from './record.ts'
import type { Besides } from './record.ts'
import { caseFor } from './read-case.ts'
import { authorOf, requireWriter } from './requester.ts'
import { agreedAt } from './rules/facts-of.ts'
import type { AgentReason } from './rules/severity-change.ts'
import { decideSeverityChange, severitiesToAskFor } from './rules/severity-change.ts'
import { clockEventsOf } from './store.ts'
import type { CaseRow } from './tables.ts'
import { requireOpen, said } from './write-in-case.ts'

/**
 * An agent gives a case another severity, for a reason; the clocks follow by the rules of raising and lowering. Above what the
 * contract and the support type allow only a lead may go. Refused with `case-closed`, `severity-not-entitled`, and
 * `invalid-input` for a severity the charter does not have. Source: response-targets rules 12-14.
 */
export async function changeSeverity(
  work: Work,
  number: string,
  wish: { readonly severity: string; readonly reason: AgentReason; readonly text: string },
): Promise<void> {
  const found = await caseFor(work, number)
  const agent = await requireAgent(work, found.operatorId)
  const opened = await lock(work, found)
  requireOpen(opened)
  const { charter, events, state } = opened.history
  const granted = grantSeverity(charter, { severity: wish.severity, ...agreedAt(events) }).severity
  const decision = decideSeverityChange(charter, { from: state.severity, to: wish.severity, granted, lead: agent.lead })
  if (decision === 'unknown') throw new Refused('invalid-input', { severity: { code: 'not-an-option' } })
  if (decision === 'not-entitled') throw new Refused('severity-not-entitled')
  if (decision === 'same') return
  const payload = { from: state.severity, to: wish.severity, reason: wish.reason, text: wish.text }
  await record(work, opened, [{ kind: 'severity.changed', payload }])
}

/**
 * The customer asks for a higher severity and says what the impact is now; an agent decides. It counts as his answer, too.
 * Refused with `severity-not-entitled` above what contract and support type allow, and with `case-closed`.
 */
export async function askForSeverity(work: Work, number: string, severity: string, impact: string): Promise<void> {
  const found = await caseFor(work, number)
  const author = authorOf(await requireWriter(work, found))
  const opened = await lock(work, found)
  requireOpen(opened)
  const { charter, events, state } = opened.history
  const granted = grantSeverity(charter, { severity: severity, ...agreedAt(events) }).severity
  const decision = decideSeverityChange(charter, { from: state.severity, to: severity, granted, lead: false })
  if (decision === 'unknown' || decision === 'same')
    throw new Refused('invalid-input', { severity: { code: 'not-an-option' } })
  if (decision === 'not-entitled') throw new Refused('severity-not-entitled')
  const message = said(impact, { ...author, visibility: 'public' })
  const { messageId } = message
  await record(
    work,
    opened,
    [
      { kind: 'case.replied', payload: { messageId } },
      { kind: 'severity.requested', payload: { to: severity, messageId } },
    ],
    { waitingFor: 'operator', messages: [message] },
  )
}

/** The severities the customer may ask a case to be raised to, worst first, by their names. */
export async function higherSeverities(
  work: Work,
  found: CaseRow,
  locale: Locale,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const { charter, events, state } = await historyOf(work, found.operatorId, await clockEventsOf(work, found), work.now)
  const agreed = agreedAt(events)
  const isEntitledTo = (severity: string) =>
    grantSeverity(charter, { severity: severity, ...agreed }).severity === severity
  return severitiesToAskFor(charter, state.severity, isEntitledTo).map((id) => ({
    id,
    name: charter.severities.find((one) => one.id === id)?.name[locale] ?? id,
  }))
}

/**
 * An agent tells the customer that a third party owes something, and the clocks that may stand still do. Refused with
 * `case-closed`, and with `not-found` where the charter does not know such a pause. Source: response-targets rule 10.
 */
export async function waitForThirdParty(work: Work, number: string, body: string): Promise<void> {
  const found = await caseFor(work, number)
  const agent = await requireAgent(work, found.operatorId)
  const charter = await charterAt(work, found.operatorId, found.charterVersion)
  if (!charter.pauses.thirdParty) throw new Refused('not-found')
  const opened = await lock(work, found)
  requireOpen(opened)
  const { agentId: authorId, name: authorName } = agent
  const message = said(body, { authorKind: 'agent', authorId, authorName, visibility: 'public' })
  const { messageId } = message
  await record(
    work,
    opened,
    [
      { kind: 'case.answered', payload: { messageId } },
      { kind: 'clock.paused', payload: { reason: 'third-party', messageId } },
    ],
    { messages: [message] },
  )
}

/** The third party or the partner has done its part: the clocks go on. Nothing when they do not stand still for one. */
export async function resumeClocks(work: Work, number: string): Promise<void> {
  const found = await caseFor(work, number)
  await requireAgent(work, found.operatorId)
  const opened = await lock(work, found)
  const reason = opened.history.state.pause?.reason
  if (reason !== 'third-party' && reason !== 'partner') return
  const besides: Besides = reason === 'partner' ? { waitingFor: 'operator' } : {}
  await record(work, opened, [{ kind: 'clock.resumed', payload: { reason: 'agent' } }], besides)
}
