import { chooseLocale } from '../../base/locale.ts'
import { newId } from '../../base/ids.ts'
import type { Visitor } from '../../database/actor.ts'
import type { Database, Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import { addProspect } from '../people/index.ts'
import { openCase } from './open-case.ts'
import type { ServiceRequest } from './rules/opening.ts'
import { insertInquiry, settleInquiry, takeInquiry } from './store.ts'

/** What somebody asks who has no account: who he is, and the request. */
export type Inquiry = ServiceRequest & {
  readonly name: string
  readonly company: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
}

/** So many of one address within a day become cases; what comes beyond is held. */
const A_DAY = 5

/** Takes a visitor's question before buying; a job makes a case of it, in an organization of its own (decision 14). */
export async function noteInquiry(work: Work<Visitor>, operatorId: string, inquiry: Inquiry): Promise<void> {
  const inquiryId = newId()
  const data = { reaction: 'openInquiry', operatorId, inquiryId }
  await insertInquiry(work, { operatorId, inquiryId, request: { ...inquiry, email: inquiry.contact.email } }, [
    { queue: 'reactions', data },
  ])
}

/** Makes a prospect and his case of a question before buying; running it twice makes one. */
export async function openInquiry(
  database: Database,
  { operatorId, inquiryId }: { readonly operatorId: string; readonly inquiryId: string },
): Promise<void> {
  const job = { kind: 'job', operatorIds: [operatorId] } as const
  const request = await database.work(job, async (work) => {
    const found = await takeInquiry(work, operatorId, inquiryId)
    if (!found || found.outcome !== null) return undefined
    if (found.ofAddress > A_DAY) {
      await settleInquiry(work, { operatorId, inquiryId, outcome: 'held' })
      return undefined
    }
    const inquiry = found.request as Inquiry
    const { charter } = await charterInForce(work, operatorId)
    const { name, company, country, contact } = inquiry
    await addProspect(work, {
      operatorId,
      inquiryId,
      company,
      country,
      name,
      email: contact.email,
      phone: contact.phone || null,
      language: chooseLocale([inquiry.language], charter.languages),
      zone: charter.zone,
    })
    return inquiry
  })
  if (!request) return
  const prospect = { kind: 'member', organizationId: inquiryId, personId: inquiryId, operatorId } as const
  await database.work(prospect, (work) => openCase(work, request, { key: inquiryId, fingerprint: 'inquiry' }))
  await database.work(job, (work) => settleInquiry(work, { operatorId, inquiryId, outcome: 'opened' }))
}
