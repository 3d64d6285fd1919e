import { isId, newId } from '../../base/ids.ts'
import type { Locale } from '../../base/locale.ts'
import { Refused } from '../../base/refused.ts'
import type { Agent, Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { enterQuietly, lastStep } from './change-state.ts'
import { offered } from './declare.ts'
import { requireDeclarer } from './declarer.ts'
import { announceHealth } from './news.ts'
import { ownIncidentFor } from './own.ts'
import { mayReview } from './rules/states.ts'
import type { Texts } from './rules/texts.ts'
import { insertPost, later, lockedPost, setPostPublished, setPostReview, setPostTexts, touch } from './store.ts'
import type { OwnPost, PostKind } from './store.ts'

export type NewWords = {
  readonly kind: PostKind
  readonly language: Locale
  /** Plain text in the language it is written in, and in the others as far as somebody translated. */
  readonly texts: Texts
  /** Not before then; null: at once. */
  readonly publishAt: Temporal.Instant | null
}

/**
 * Writes a post about an incident. It goes out at once, at its moment, or when somebody else has looked at it. A strategic post is the
 * final review of what is over, and takes the incident to its last state. Refused with `state-jump` for a review of what is not over,
 * and with problems of fields: `publishAt` must lie ahead.
 */
export async function writePost(work: Work, operatorId: string, incidentId: string, given: NewWords): Promise<string> {
  const { agentId, charter, reviewed } = await requireDeclarer(work, operatorId)
  const incident = await ownIncidentFor(work, operatorId, incidentId)
  const { kind, language, publishAt } = given
  const texts = offered(given.texts, charter)
  if (!texts[language]) throw new Refused('invalid-input', { [`text-${language}`]: { code: 'missing' } })
  if (publishAt && Temporal.Instant.compare(publishAt, work.now) <= 0)
    throw new Refused('invalid-input', { publishAt: { code: 'not-later' } })
  if (incident.mergedInto || (kind === 'strategic' && !mayReview(incident.state))) throw new Refused('state-jump')
  const postId = newId()
  await insertPost(work, operatorId, {
    incidentId,
    postId,
    kind,
    sourceLanguage: language,
    texts,
    writtenBy: agentId,
    review: reviewed ? 'waiting' : 'none',
    publishAt,
    publishedAt: null,
  })
  if (!reviewed) await releasePost(work, operatorId, { incidentId, postId, publishAt })
  return postId
}

/** Adds translations to a post, or mends them; what customers have read in its own language stays. */
export async function translatePost(
  work: Work<Agent>,
  operatorId: string,
  { incidentId, postId }: { readonly incidentId: string; readonly postId: string },
  given: Texts,
): Promise<void> {
  const { charter } = await requireDeclarer(work, operatorId)
  const post = await postFor(work, operatorId, { incidentId, postId })
  const source = post.texts[post.sourceLanguage] ?? ''
  const texts = { ...post.texts, ...offered(given, charter), [post.sourceLanguage]: source }
  await setPostTexts(work, operatorId, { incidentId, postId, texts })
  announceHealth(work, operatorId)
}

/**
 * Somebody else than the writer has looked at a post: it goes out, or it does not. What is not out yet may be taken back by its writer
 * too. Refused with `own-draft` to a writer who approves, and with `draft-not-open` for one that waits for nobody.
 */
export async function reviewPost(
  work: Work<Agent>,
  operatorId: string,
  {
    incidentId,
    postId,
    review,
  }: { readonly incidentId: string; readonly postId: string; readonly review: 'approved' | 'rejected' },
): Promise<void> {
  const { agentId } = await requireDeclarer(work, operatorId)
  const post = await postFor(work, operatorId, { incidentId, postId })
  const open = !post.publishedAt && (review === 'rejected' ? post.review !== 'rejected' : post.review === 'waiting')
  if (!open) throw new Refused('draft-not-open')
  if (agentId === null || (review === 'approved' && post.writtenBy === agentId)) throw new Refused('own-draft')
  await setPostReview(work, operatorId, { incidentId, postId, review, by: agentId })
  if (review === 'approved') await releasePost(work, operatorId, post)
}

/** Publishes now what is due, and has a job publish later what is not. */
async function releasePost(
  work: Work,
  operatorId: string,
  { incidentId, postId, publishAt }: Pick<OwnPost, 'incidentId' | 'postId' | 'publishAt'>,
): Promise<void> {
  if (publishAt && Temporal.Instant.compare(publishAt, work.now) > 0) {
    later(work, [{ reaction: 'publishPost', operatorId, incidentId, postId, startAfter: publishAt }])
    return
  }
  await publishPost(work, operatorId, { incidentId, postId })
}

/** Publishes a post whose time has come: the cases that hang on its incident are answered by it. Twice is once. */
async function publishPost(
  work: Work,
  operatorId: string,
  { incidentId, postId }: { readonly incidentId: string; readonly postId: string },
): Promise<void> {
  const incident = await ownIncidentFor(work, operatorId, incidentId)
  const post = await postFor(work, operatorId, { incidentId, postId })
  if (post.publishedAt || post.review === 'rejected' || post.review === 'waiting') return
  await setPostPublished(work, operatorId, { incidentId, postId })
  await touch(work, operatorId, incidentId)
  if (post.kind === 'strategic' && mayReview(incident.state)) {
    const last = await lastStep(work, operatorId, incidentId)
    const state = 'postIncidentReviewPublished'
    await enterQuietly(work, operatorId, { incident, last, state, at: work.now, by: post.writtenBy })
  }
  later(work, [{ reaction: 'answerCases', operatorId, incidentId, postId }])
  if (incident.publishedAt) later(work, [{ reaction: 'tellSubscribers', operatorId, incidentId, postId }])
  announceHealth(work, operatorId)
}

/** The job of a post that was to go out later. */
export function publishDuePost(
  work: Work<Job>,
  of: { readonly operatorId: string; readonly incidentId: string; readonly postId: string },
): Promise<void> {
  return publishPost(work, of.operatorId, of)
}

async function postFor(
  work: Work,
  operatorId: string,
  { incidentId, postId }: { readonly incidentId: string; readonly postId: string },
): Promise<OwnPost> {
  const found =
    isId(incidentId) && isId(postId) ? await lockedPost(work, operatorId, { incidentId, postId }) : undefined
  if (!found) throw new Refused('not-found')
  return found
}
