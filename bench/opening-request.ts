import { randomUUID } from 'node:crypto'
import type { Asked } from './loader.ts'

export const DESCRIPTION =
  'Nobody in the company receives external mail since this morning. Internal mail arrives. The queue of the connector grows.'

const BODY = JSON.stringify({
  title: 'No mail since eight',
  description: DESCRIPTION,
  supportType: 'technical',
  topic: 'exchange-mail-flow',
  requestedSeverity: 'A',
  businessImpact: 'Ships wait for papers.',
  contact: { method: 'email', phone: '', email: 'asta@havn.test' },
  language: 'en',
})

/** A request that opens a case, each with a key of its own. */
export function openingOf(token: string): Asked {
  return {
    method: 'POST',
    path: '/api/v1/cases',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID() },
    body: BODY,
  }
}
