import { createHmac, randomInt } from 'node:crypto'

/** What a code is bound to: another case, person, agent or check makes it worthless. */
export type Bound = {
  readonly checkId: string
  readonly personId: string
  readonly agentId: string
  readonly caseId: string | null
}

/** Codes that prove callers, and numbers that prove agents. */
export type CallerCodes = {
  /** Six digits, each as likely as any other. */
  readonly newCode: () => string
  /** What is kept of a code: without the key of the installation it tells nothing. */
  readonly digestOf: (bound: Bound, code: string) => string
  /** Four digits that the agent says and the caller sees after signing in: who knows them speaks for us. */
  readonly numberOf: (checkId: string) => string
}

/** `secret` is that of the installation; a key of its own is made from it. */
export function callerCodes(secret: string): CallerCodes {
  const key = createHmac('sha256', secret).update('caller checks').digest()
  return {
    newCode: () => String(randomInt(1_000_000)).padStart(6, '0'),
    digestOf: ({ checkId, personId, agentId, caseId }, code) =>
      createHmac('sha256', key)
        .update(['code', checkId, personId, agentId, caseId ?? '', code].join(' '))
        .digest('base64url'),
    numberOf(checkId) {
      const bytes = createHmac('sha256', key).update(`agent ${checkId}`).digest()
      return String(bytes.readUIntBE(0, 6) % 10_000).padStart(4, '0')
    },
  }
}
