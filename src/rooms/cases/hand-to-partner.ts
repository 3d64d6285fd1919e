import { Refused } from '../../base/refused.ts'
import type { Work } from '../../database/work.ts'
import { isLive, relationsOfCase } from '../partners/index.ts'
import type { RelationRow } from '../partners/index.ts'
import { requireAgent } from '../people/index.ts'
import { caseFor } from './read-case.ts'
import { lock, record } from './record.ts'
import type { CaseRow } from './tables.ts'
import { requireOpen, said } from './write-in-case.ts'

/** The partners a case can be handed to: those who may act for its organization now. */
export async function partnersFor(work: Work, found: CaseRow): Promise<readonly RelationRow[]> {
  return (await relationsOfCase(work, found)).filter((relation) => isLive(relation, work.now))
}

/**
 * An agent hands a case to a partner of the customer's, saying what is asked of him. The operator's clocks stand still until the
 * partner or the customer writes, or an agent takes the case back; the time until then is the partner's. Refused with
 * `case-closed`, and with `not-found` for a partner who may not act for the organization.
 */
export async function handToPartner(work: Work, number: string, partnerId: string, body: string): Promise<void> {
  const found = await caseFor(work, number)
  const agent = await requireAgent(work, found.operatorId)
  const partner = (await partnersFor(work, found)).find((one) => one.partnerId === partnerId)
  if (!partner) throw new Refused('not-found')
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
      { kind: 'clock.paused', payload: { reason: 'partner', messageId, partner: partner.name, partnerId } },
    ],
    { messages: [message], waitingFor: 'customer' },
  )
}
