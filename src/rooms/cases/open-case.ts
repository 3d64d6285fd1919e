import { randomInt } from 'node:crypto'
import { newId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Member } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import type { CharterInForce } from '../entitlements/index.ts'
import type { Severity } from '../entitlements/index.ts'
import type { Because } from '../entitlements/index.ts'
import type { Requester } from '../people/index.ts'
import { asMember, requireRight } from '../rights/index.ts'
import { clocksOf } from '../response-targets/index.ts'
import { telling } from './events.ts'
import { owedBy } from './record.ts'
import { authorOf } from './requester.ts'
import { bargainOf, vigilanceOf } from './rules/bargain.ts'
import { recordOf } from '../response-targets/index.ts'
import { numberFrom } from './rules/number.ts'
import { decideOpening } from './rules/opening.ts'
import type { InitialResponse, Opening, ServiceRequest } from './rules/opening.ts'
import { insertAttachment, insertCase, keptAnswer } from './store.ts'
import type { NewCase } from './store.ts'

/** What the requester is told; kept, so that the same key gets the same answer. */
export type OpenedCase = {
  readonly number: string
  readonly severity: Severity
  readonly cappedFrom: Severity | null
  readonly because: readonly Because[]
  readonly initialResponse: Omit<InitialResponse, 'due'> & { readonly due: string }
  readonly openedAt: string
}

/** A caller's own key for this request, and what it stood for, so that a repeated one opens no second case. */
export type Once = { readonly key: string; readonly fingerprint: string }

export type NewFile = { readonly fileName: string; readonly mediaType: string; readonly content: Buffer }

/**
 * Opens a case for a service request: severity, number, clock, first message, event and jobs in one commit.
 * Refused with the reasons of `requireRight`, asked in this very transaction; with `contact-details-missing`,
 * `calendar-never-opens`, `out-of-scope`, `invalid-input` (a topic that is not offered, a question not answered) and
 * `idempotency-key-reused` (the key stood for another request).
 */
export async function openCase(
  work: Work,
  request: ServiceRequest,
  once?: Once,
  files: readonly NewFile[] = [],
): Promise<OpenedCase> {
  const { actor } = work
  if (actor.kind !== 'member') throw new Refused('not-signed-in')
  const inForce = charterInForce(work, actor.operatorId)
  const asked = { supportType: request.supportType, subscriptionId: request.subscriptionId ?? null }
  const [{ person: administrator }, before, { charter, version }] = await Promise.all([
    requireRight(asMember(work), asked, inForce),
    once && answeredBefore(work, actor, once),
    inForce,
  ])
  if (before) return before

  const opening = decideOpening(request, { charter, contract: administrator.contract }, work.now)
  if (!opening.ok) throw refusalOf(opening)

  const opened = newCase(work, administrator, request, opening, { charter, version })
  const answer = answerOf(opened, opening)
  const messageId = newId()
  const { event, jobs } = telling('case.opened', opened, openedWith(request, opening, administrator, version))
  insertCase(work, opened, {
    message: {
      messageId,
      ...authorOf(administrator),
      visibility: 'public',
      body: request.description,
    },
    event,
    jobs,
    kept: once && { ...once, answer },
  })
  for (const file of files)
    insertAttachment(work, opened, messageId, { ...file, attachmentId: newId(), byteCount: file.content.length })
  return answer
}

async function answeredBefore(
  work: Work,
  { organizationId, personId }: Member,
  { key, fingerprint }: Once,
): Promise<OpenedCase | undefined> {
  const kept = await keptAnswer(work, { organizationId, personId, key })
  if (!kept) return undefined
  if (kept.fingerprint !== fingerprint) throw new Refused('idempotency-key-reused')
  return kept.answer as OpenedCase
}

function refusalOf(opening: Extract<Opening, { ok: false }>): Refused {
  if (opening.why === 'invalid-input') return new Refused(opening.why, opening.fields)
  const { why } = opening
  if (why === 'not-offered') return new Refused('invalid-input', { topic: { code: 'not-an-option' } })
  if (why === 'out-of-scope') return new Refused(why, { scope: { code: 'out-of-scope' } })
  if (why === 'contact-details-missing') return new Refused(why, { phone: { code: 'missing' } })
  return new Refused(why)
}

function newCase(
  work: Work,
  { organizationId, operatorId, personId, contract }: Requester,
  request: ServiceRequest,
  { severity, cappedFrom, because }: Extract<Opening, { ok: true }>,
  { charter, version: charterVersion }: CharterInForce,
): NewCase {
  const caseId = newId()
  const bargain = bargainOf(new Map([[charterVersion, charter]]), { supportType: request.supportType, contract })
  const now = work.now.epochMilliseconds
  const state = clocksOf([{ kind: 'opened', at: now, severity, version: charterVersion }], bargain, now)
  return {
    organizationId,
    operatorId,
    caseId,
    number: numberFrom(String(randomInt(1_000_000_000, 10_000_000_000))),
    charterVersion,
    title: request.title,
    supportType: request.supportType,
    topic: request.topic,
    severity,
    cappedFrom: cappedFrom ?? null,
    because,
    businessImpact: request.businessImpact,
    impactAnswers: request.impact,
    answers: Object.fromEntries(Object.entries(request.answers ?? {}).filter(([, answer]) => answer !== '')),
    contested: request.scope ? { scope: request.scope, because: request.contest ?? '' } : null,
    subscriptionId: request.subscriptionId ?? null,
    requesterId: personId,
    contactMethod: request.contact.method,
    contactPhone: request.contact.phone || null,
    contactEmail: request.contact.email,
    language: request.language,
    openedAt: work.now,
    owed: owedBy(state, { vigilance: vigilanceOf(charter), done: new Set() }),
    clocks: state.clocks.map((clock) => recordOf(clock, charterVersion)),
  }
}

function openedWith(
  { supportType, scope }: ServiceRequest,
  { severity }: Extract<Opening, { ok: true }>,
  { contract }: Requester,
  version: number,
) {
  return {
    severity,
    supportType,
    contract: contract ?? '',
    version: String(version),
    ...(scope ? { contested: scope } : {}),
  }
}

function answerOf(opened: NewCase, { severity, because, initialResponse }: Extract<Opening, { ok: true }>): OpenedCase {
  return {
    number: opened.number,
    severity,
    cappedFrom: opened.cappedFrom,
    because,
    initialResponse: { ...initialResponse, due: initialResponse.due.toString() },
    openedAt: opened.openedAt.toString(),
  }
}
