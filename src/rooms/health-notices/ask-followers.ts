import { idFor } from '../../base/ids.ts'
import { chooseLocale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { sendManyLater } from '../channels/index.ts'
import type { NewMail } from '../channels/index.ts'
import { charterInForce } from '../entitlements/index.ts'
import { followersOf, ownIncident } from '../service-health/index.ts'
import { endingOf, overLetter, paragraphs } from './letters.ts'
import { later } from './store.ts'
import type { NoticeLinks } from './tell.ts'

/** Mails written in one transaction; the rest is a job of its own. */
const AT_ONCE = 200

/**
 * An incident is over: everybody who follows it is asked whether it works again. Run twice it is one mail to each for each end; an
 * incident that came back has another end.
 */
export async function askFollowers(
  work: Work<Job>,
  {
    operatorId,
    incidentId,
    after,
  }: { readonly operatorId: string; readonly incidentId: string; readonly after?: string | undefined },
  links: NoticeLinks,
): Promise<void> {
  const incident = await ownIncident(work, operatorId, incidentId)
  if (!incident?.endedAt || incident.mergedInto) return
  const end = incident.endedAt.toString()
  const { charter } = await charterInForce(work, operatorId)
  const people = await followersOf(work, operatorId, incidentId, { after, limit: AT_ONCE })
  const url = links.linkToPage(charter.operator, `/health/incidents/${incidentId}`)
  const manage = links.linkToPage(charter.operator, '/health/subscriptions')
  const mails = people.map(({ email, ...person }): NewMail => {
    const language = chooseLocale([person.language], charter.languages)
    const { subject, body } = overLetter(incident, language)
    const word = links.unsubscribing.wordFor({ ...person, incidentId })
    const unsubscribe = links.linkToPage(charter.operator, `/health/unsubscribe/${word}`)
    return {
      operatorId,
      mailId: idFor(`over ${incidentId} ${end}`, email),
      recipient: email,
      language,
      subject,
      body: paragraphs([body, url, endingOf('follows', { manage, unsubscribe }, charter, language)]),
      unsubscribe,
    }
  })
  sendManyLater(work, operatorId, mails)
  const last = people.at(-1)
  if (!last || people.length < AT_ONCE) return
  const data = { reaction: 'askFollowers', operatorId, incidentId, after: last.personId }
  later(work, [{ queue: 'reactions', data }])
}
