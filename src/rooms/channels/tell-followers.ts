import { chooseLocale, LOCALES } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import { leaveToCommit } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { insertJobs } from '../../jobs/enqueue.ts'
import { nameOfLanguage } from '../../ui/moments.ts'
import { followersOf, ownIncident, postsFor, textFor } from '../service-health/index.ts'
import { writeTo } from './tell-organization.ts'
import type { LinkToPage } from './tell-organization.ts'

/** Mails written in one transaction; the rest is a job of its own. */
const AT_ONCE = 200

type About = { readonly operatorId: string; readonly incidentId: string; readonly after?: string | undefined }

/** Tells everybody who follows an incident what was posted about it, in his language or saying that it is not translated. */
export async function tellFollowers(
  work: Work<Job>,
  of: About & { readonly postId: string },
  linkTo: LinkToPage,
): Promise<void> {
  const { operatorId, incidentId, postId } = of
  const incident = await ownIncident(work, operatorId, incidentId)
  const post = (await postsFor(work, operatorId, [incidentId])).find((one) => one.postId === postId)
  if (!incident || !post) return
  await inPages(work, of, 'tellFollowers', (people) =>
    writeTo(work, of, `post ${postId}`, people, linkTo, (say, { language: wished }) => {
      const language = chooseLocale([wished], LOCALES)
      const title = textFor({ texts: incident.title, source: incident.sourceLanguage }, language).text
      const shown = textFor({ texts: post.texts, source: post.sourceLanguage }, language)
      const note =
        shown.state === 'missing' ? say('postUntranslated', { language: nameOfLanguage(shown.language, language) }) : ''
      return {
        subject: say('postSubject', { title }),
        body: [title, note, shown.text].filter(Boolean).join('\n\n'),
        path: `/health/incidents/${incidentId}`,
      }
    }),
  )
}

/** An incident is over: everybody who follows it is asked whether it works again. */
export async function askFollowers(work: Work<Job>, of: About, linkTo: LinkToPage): Promise<void> {
  const { operatorId, incidentId } = of
  const incident = await ownIncident(work, operatorId, incidentId)
  if (!incident?.endedAt || incident.mergedInto) return
  const end = incident.endedAt.toString()
  await inPages(work, of, 'askFollowers', (people) =>
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

async function inPages(
  work: Work<Job>,
  of: About & { readonly postId?: string },
  reaction: 'tellFollowers' | 'askFollowers',
  tell: (people: Followers) => Promise<void>,
): Promise<void> {
  const { operatorId, incidentId, postId, after } = of
  const people = await followersOf(work, operatorId, incidentId, { after, limit: AT_ONCE })
  await tell(people)
  const last = people.at(-1)
  if (!last || people.length < AT_ONCE) return
  const data = { reaction, operatorId, incidentId, ...(postId ? { postId } : {}), after: last.personId }
  leaveToCommit(work, insertJobs(work, [{ queue: 'reactions', data }]))
}
