import { idFor } from '../../base/ids.ts'
import { chooseLocale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { sendManyLater } from '../channels/index.ts'
import type { NewMail } from '../channels/index.ts'
import { charterInForce } from '../entitlements/index.ts'
import type { Charter } from '../entitlements/index.ts'
import { changedIncidents, postsFor } from '../service-health/index.ts'
import type { OwnIncident, Post } from '../service-health/index.ts'
import { digestLetter, endingOf, paragraphs } from './letters.ts'
import { isTold } from './rules/audience.ts'
import { nextDigest } from './rules/digest-time.ts'
import { dueDigests, moveDigest } from './store.ts'
import type { DueDigest } from './store.ts'
import type { NoticeLinks } from './tell.ts'

const MOST_INCIDENTS = 100
/** What is written now may be committed a moment later: the last minute is left to the next digest. */
const UNSETTLED = { seconds: 60 }

/** Writes the digests that are due, at most so many; who has nothing to read gets none. Answers how many were due. */
export async function sendDigests(work: Work<Job>, limit: number, links: NoticeLinks): Promise<number> {
  const due = await dueDigests(work, work.actor.operatorIds, limit)
  const until = work.now.subtract(UNSETTLED)
  for (const [operatorId, own] of Map.groupBy(due, (one) => one.operatorId)) {
    const { charter } = await charterInForce(work, operatorId)
    const news = await newsSince(work, operatorId, earliest(own))
    const mails = own.flatMap((one) => (one.isThere ? digestFor(one, news, { until, charter, links }) : []))
    sendManyLater(work, operatorId, mails)
    for (const one of own) {
      const dueAt = nextDigest(work.now, { minute: one.digestMinute, zone: one.zone })
      moveDigest(work, one, { dueAt, since: until })
    }
  }
  return due.length
}

type News = { readonly incidents: readonly OwnIncident[]; readonly posts: readonly Post[] }

async function newsSince(work: Work<Job>, operatorId: string, since: Temporal.Instant): Promise<News> {
  const incidents = await changedIncidents(work, operatorId, { since, limit: MOST_INCIDENTS })
  const ids = incidents.map(({ incidentId }) => incidentId)
  return { incidents, posts: ids.length > 0 ? await postsFor(work, operatorId, ids) : [] }
}

function earliest(due: readonly DueDigest[]): Temporal.Instant {
  return due.map(({ since }) => since).reduce((one, other) => (Temporal.Instant.compare(one, other) <= 0 ? one : other))
}

function digestFor(
  reader: DueDigest,
  { incidents, posts }: News,
  {
    until,
    charter,
    links,
  }: { readonly until: Temporal.Instant; readonly charter: Charter; readonly links: NoticeLinks },
): readonly NewMail[] {
  const isNew = (at: Temporal.Instant | null) =>
    at !== null && Temporal.Instant.compare(reader.since, at) <= 0 && Temporal.Instant.compare(at, until) < 0
  const told = incidents
    .filter((one) => isTold(one, { ...reader, follows: false }, charter.services))
    .map((incident) => ({
      incident,
      posts: posts.filter(({ incidentId, publishedAt }) => incidentId === incident.incidentId && isNew(publishedAt)),
      url: links.linkToPage(charter.operator, `/health/incidents/${incident.incidentId}`),
    }))
    .filter(({ incident, posts: own }) => own.length > 0 || isNew(incident.updatedAt))
  if (told.length === 0) return []
  const locale = chooseLocale([reader.language], charter.languages)
  const { subject, body } = digestLetter(told, charter, { locale, zone: reader.zone })
  const word = links.unsubscribing.wordFor({ ...reader, incidentId: null })
  const unsubscribe = links.linkToPage(charter.operator, `/health/unsubscribe/${word}`)
  const manage = links.linkToPage(charter.operator, '/health/subscriptions')
  return [
    {
      operatorId: reader.operatorId,
      mailId: idFor('digest', reader.personId, reader.dueAt.toString()),
      recipient: reader.email,
      language: locale,
      subject,
      body: paragraphs([body, endingOf('digest', { manage, unsubscribe }, charter, locale)]),
      unsubscribe,
    },
  ]
}
