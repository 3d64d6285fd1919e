import { idFor } from '../../base/ids.ts'
import { chooseLocale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import type { NewJob } from '../../jobs/enqueue.ts'
import { sendManyLater } from '../channels/index.ts'
import type { NewMail } from '../channels/index.ts'
import { charterInForce } from '../entitlements/index.ts'
import type { Charter } from '../entitlements/index.ts'
import { incidentStates, isOver, ownIncident, postsFor } from '../service-health/index.ts'
import type { OwnIncident, Post } from '../service-health/index.ts'
import { endingOf, noticeLetter, paragraphs } from './letters.ts'
import type { Letter } from './letters.ts'
import { isTold } from './rules/audience.ts'
import { hearersOf, later } from './store.ts'
import type { Place } from './store.ts'
import type { Unsubscribing } from './unsubscribing.ts'

/** What is told: a post of an incident, or a state it has come to, by its sequence. */
export type Notice = { readonly operatorId: string; readonly incidentId: string } & (
  | { readonly postId: string }
  | { readonly sequence: number }
)

/** The ways into the product that mails show. */
export type NoticeLinks = {
  readonly linkToPage: (operator: string, path: string) => string
  readonly unsubscribing: Unsubscribing
}

/** So many are written to in one transaction; the next ones are another job's. */
const CHUNK = 250

/**
 * Writes the mails of a notice to whoever listens at once or follows the incident, a chunk in a transaction, each with the job of the
 * next one in it. A chunk that is done twice makes no second mail. The first one also has the webhooks told.
 */
export async function tellSubscribers(
  work: Work<Job>,
  notice: Notice,
  { after, links }: { readonly after?: Place | undefined; readonly links: NoticeLinks },
): Promise<void> {
  const news = await newsOf(work, notice)
  if (!news) return
  const { operatorId, incidentId } = notice
  if (!after) later(work, [{ queue: 'reactions', data: { reaction: 'tellWebhooks', ...notice } }])
  const { charter } = await charterInForce(work, operatorId)
  const { service, organizations } = news.incident
  const hearers = await hearersOf(work, operatorId, { incidentId, service, organizations, after, limit: CHUNK })
  // Who follows it is asked whether it works again, which tells him that it is over.
  const isAsked = !news.post && isOver(news.incident.state)
  const told = hearers.filter(
    (one) => one.isThere && !(isAsked && one.follows) && isTold(news.incident, one, charter.services),
  )
  const write = writer(charter, news)
  const mails = told.map((one): NewMail => {
    const language = chooseLocale([one.language], charter.languages)
    const { subject, body } = write(language, one.zone)
    const word = links.unsubscribing.wordFor({ ...one, incidentId })
    const unsubscribe = links.linkToPage(charter.operator, `/health/unsubscribe/${word}`)
    const manage = links.linkToPage(charter.operator, '/health/subscriptions')
    const why = one.follows ? 'follows' : 'subscribed'
    const url = links.linkToPage(charter.operator, `/health/incidents/${incidentId}`)
    return {
      operatorId,
      mailId: idFor('notice', subjectOf(notice), one.personId),
      recipient: one.email,
      language,
      subject,
      body: paragraphs([body, url, endingOf(why, { manage, unsubscribe }, charter, language)]),
      unsubscribe,
    }
  })
  sendManyLater(work, operatorId, mails)
  const last = hearers.at(-1)
  if (last && hearers.length === CHUNK)
    later(work, [nextChunk('tellSubscribers', notice, { ...last, id: last.personId })])
}

/** What stands for a notice in ids: the same each time. */
export function subjectOf(notice: Notice): string {
  return 'postId' in notice ? notice.postId : `${notice.incidentId} ${notice.sequence}`
}

/** The job that goes on after a chunk. */
export function nextChunk(
  reaction: 'tellSubscribers' | 'tellWebhooks',
  notice: Notice,
  { organizationId: afterOrganization, id: after }: Place,
): NewJob {
  return { queue: 'reactions', data: { reaction, ...notice, afterOrganization, after } }
}

export type News = { readonly incident: OwnIncident; readonly posts: readonly Post[]; readonly post: Post | undefined }

/** The incident of a notice as it was come to, with its posts; undefined when there is nothing to tell any more. */
export async function newsOf(work: Work<Job>, notice: Notice): Promise<News | undefined> {
  const { operatorId, incidentId } = notice
  const incident = await ownIncident(work, operatorId, incidentId)
  if (!incident?.publishedAt || incident.mergedInto) return undefined
  const posts = await postsFor(work, operatorId, [incidentId])
  const published = posts.filter(({ publishedAt }) => publishedAt !== null)
  if ('postId' in notice) {
    const post = published.find(({ postId }) => postId === notice.postId)
    return post && { incident, posts: published, post }
  }
  const states = await incidentStates(work, operatorId, [incidentId])
  const step = states.find(({ sequence }) => sequence === notice.sequence)
  return step && { incident: { ...incident, state: step.state }, posts: published, post: undefined }
}

/** One letter for everybody of a language and a zone. */
function writer(charter: Charter, news: News): (locale: Charter['languages'][number], zone: string) => Letter {
  const written = new Map<string, Letter>()
  return (locale, zone) => {
    const key = `${locale} ${zone}`
    const letter = written.get(key) ?? noticeLetter(news, charter, { locale, zone })
    written.set(key, letter)
    return letter
  }
}
