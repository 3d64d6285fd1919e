import { chooseLocale, LOCALES } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import { leaveToCommit } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { insertJobs } from '../../jobs/enqueue.ts'
import { followersOf, ownIncident, textFor } from '../service-health/index.ts'
import { writeTo } from './tell-organization.ts'
import type { LinkToPage } from './tell-organization.ts'

/** Mails written in one transaction; the rest is a job of its own. */
const AT_ONCE = 200

type About = { readonly operatorId: string; readonly incidentId: string; readonly after?: string | undefined }

/** An incident is over: everybody who follows it is asked whether it works again. */
export async function askFollowers(work: Work<Job>, of: About, linkTo: LinkToPage): Promise<void> {
  const { operatorId, incidentId } = of
  const incident = await ownIncident(work, operatorId, incidentId)
  if (!incident?.endedAt || incident.mergedInto) return
  const end = incident.endedAt.toString()
  await inPages(work, of, (people) =>
    writeTo(work, of, `over ${incidentId} ${end}`, people, linkTo, (say, { language }) => {
      const texts = { texts: incident.title, source: incident.sourceLanguage }
      const { text: title } = textFor(texts, chooseLocale([language], LOCALES))
      return {
        subject: say('overSubject', { title }),
        body: say('overBody', { title }),
        path: `/health/incidents/${incidentId}`,
      }
    }),
  )
}

type Followers = Awaited<ReturnType<typeof followersOf>>

async function inPages(work: Work<Job>, of: About, tell: (people: Followers) => Promise<void>): Promise<void> {
  const { operatorId, incidentId, after } = of
  const people = await followersOf(work, operatorId, incidentId, { after, limit: AT_ONCE })
  await tell(people)
  const last = people.at(-1)
  if (!last || people.length < AT_ONCE) return
  const data = { reaction: 'askFollowers', operatorId, incidentId, after: last.personId }
  leaveToCommit(work, insertJobs(work, [{ queue: 'reactions', data }]))
}
