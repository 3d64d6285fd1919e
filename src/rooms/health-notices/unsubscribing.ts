import { createHmac, timingSafeEqual } from 'node:crypto'
import { isId } from '../../base/ids.ts'

/** Whose mails an address ends: those a person subscribed to, and those about an incident he follows, if the mail was about one. */
export type Unsubscribed = {
  readonly organizationId: string
  readonly personId: string
  readonly incidentId: string | null
}

/** Addresses that end mails without signing in: who has the mail has the address, and nobody can make one up. */
export type Unsubscribing = {
  /** A word of an address; URL-safe. */
  readonly wordFor: (of: Unsubscribed) => string
  /** What a word ends; undefined for one that we did not write. */
  readonly read: (word: string) => Unsubscribed | undefined
}

const NONE = '00000000-0000-0000-0000-000000000000'
const BYTES = { id: 16, proof: 16 } as const
const WORD = /^[\w-]{86}$/

/** `secret` is that of the installation; a key of its own is made from it. The addresses live as long as it does. */
export function unsubscribing(secret: string): Unsubscribing {
  const key = createHmac('sha256', secret).update('unsubscribe').digest()
  const proofOf = (ids: Buffer) => createHmac('sha256', key).update(ids).digest().subarray(0, BYTES.proof)
  return {
    wordFor({ organizationId, personId, incidentId }) {
      const ids = Buffer.concat([organizationId, personId, incidentId ?? NONE].map(bytesOf))
      return Buffer.concat([ids, proofOf(ids)]).toString('base64url')
    },
    read(word) {
      const bytes = Buffer.from(WORD.test(word) ? word : '', 'base64url')
      const ids = bytes.subarray(0, 3 * BYTES.id)
      if (ids.length < 3 * BYTES.id || !timingSafeEqual(bytes.subarray(3 * BYTES.id), proofOf(ids))) return undefined
      const [organizationId = '', personId = '', incidentId = ''] = [0, 1, 2].map((at) => idAt(ids, at))
      return { organizationId, personId, incidentId: incidentId === NONE ? null : incidentId }
    },
  }
}

function bytesOf(id: string): Buffer {
  if (!isId(id)) throw new Error('not an id')
  return Buffer.from(id.replaceAll('-', ''), 'hex')
}

function idAt(ids: Buffer, at: number): string {
  const hex = ids.subarray(at * BYTES.id, (at + 1) * BYTES.id).toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
