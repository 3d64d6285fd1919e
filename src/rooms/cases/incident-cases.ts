import { chooseLocale } from '../../base/locale.ts'
import type { Locale } from '../../base/locale.ts'
import { Refused } from '../../base/refused.ts'
import type { Job, Member } from '../../database/actor.ts'
import { leaveToCommit } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { insertJobs } from '../../jobs/enqueue.ts'
import { charterAt } from '../entitlements/index.ts'
import { moveFollowers, ownIncident, postsFor, textFor } from '../service-health/index.ts'
import type { OwnIncident } from '../service-health/index.ts'
import { titleFor } from './link-incident.ts'
import { words } from './messages/words.ts'
import { caseFor } from './read-case.ts'
import { lock, record } from './record.ts'
import type { Happening } from './record.ts'
import { requireWriter } from './requester.ts'
import { caseById, markAsked, markPostTold, markWorks, putLink, waitingLinks } from './store.ts'
import type { LinkedCase } from './store.ts'
import type { CaseRow } from './tables.ts'
import { closeCase, replyAsCustomer, said } from './write-in-case.ts'

/** Cases done in one transaction; the rest is a job of its own. */
const AT_ONCE = 50

type About = { readonly operatorId: string; readonly incidentId: string }

/**
 * What was posted about an incident answers every case that hangs on it, in the case's language, and meets what its clocks owe. Each
 * case is told a post once, and no earlier post after a later one.
 */
export async function answerCases(work: Work<Job>, of: About & { readonly postId: string }): Promise<void> {
  const { operatorId, incidentId, postId } = of
  const incident = await ownIncident(work, operatorId, incidentId)
  const post = (await postsFor(work, operatorId, [incidentId])).find((one) => one.postId === postId)
  if (!incident || !post) return
  await inTurns(work, { ...of, turn: 'tell' }, async (found, locale, author) => {
    const { text, language, state } = textFor({ texts: post.texts, source: post.sourceLanguage }, locale)
    const note =
      state === 'missing' ? words(locale)('postUntranslated', { language: languageName(language, locale) }) : ''
    const message = said([titleFor(incident, locale), note, text].filter(Boolean).join('\n\n'), author)
    await record(
      work,
      await lock(work, found),
      [{ kind: 'case.answered', payload: { messageId: message.messageId } }],
      { messages: [message], waitingFor: 'customer' },
    )
    await markPostTold(work, { ...found, postId })
  })
}

/** An incident is over: every customer whose case hangs on it is asked whether it works again, and his silence counts again. */
export async function askCases(work: Work<Job>, of: About): Promise<void> {
  const incident = await ownIncident(work, of.operatorId, of.incidentId)
  if (!incident?.endedAt || incident.mergedInto) return
  await inTurns(work, { ...of, turn: 'ask' }, async (found, locale, author) => {
    const message = said(words(locale)('worksAgainText', { title: titleFor(incident, locale) }), author)
    const happenings: readonly Happening[] = [
      { kind: 'case.questioned', payload: { messageId: message.messageId } },
      { kind: 'incident.unlinked', payload: { incidentId: of.incidentId } },
    ]
    await record(work, await lock(work, found), happenings, { messages: [message], waitingFor: 'customer' })
    await markAsked(work, found)
  })
}

/** An incident turned out to be another: its cases and followers go over to that one. */
export async function moveCases(work: Work<Job>, of: About): Promise<void> {
  const from = await ownIncident(work, of.operatorId, of.incidentId)
  const into = from?.mergedInto ? await ownIncident(work, of.operatorId, from.mergedInto) : undefined
  if (!into) return
  await moveFollowers(work, of.operatorId, { from: of.incidentId, into: into.incidentId })
  await inTurns(work, { ...of, turn: 'move' }, (found, locale) => goOver(work, found, into, locale))
}

async function goOver(work: Work<Job>, found: CaseRow, into: OwnIncident, locale: Locale): Promise<void> {
  const { incidentId } = into
  await putLink(work, { ...found, incidentId })
  if (found.closedAt) return
  const payload = { incidentId, title: titleFor(into, locale) }
  await record(work, await lock(work, found), [{ kind: 'incident.linked', payload }])
}

type Author = Parameters<typeof said>[1]
type Turn = About &
  ({ readonly turn: 'tell'; readonly postId: string } | { readonly turn: 'ask' } | { readonly turn: 'move' })

const REACTION = { tell: 'answerCases', ask: 'askCases', move: 'moveCases' } as const

async function inTurns(
  work: Work<Job>,
  of: Turn,
  act: (found: CaseRow, locale: Locale, author: Author) => Promise<void>,
): Promise<void> {
  const links: readonly LinkedCase[] = await waitingLinks(work, { ...of, limit: AT_ONCE })
  for (const { organizationId, caseId } of links) {
    const found = await caseById(work, organizationId, caseId)
    if (!found) continue
    const { languages, brand } = await charterAt(work, found.operatorId, found.charterVersion)
    const author = { authorKind: 'system', authorId: null, authorName: brand.shortName, visibility: 'public' } as const
    await act(found, chooseLocale([found.language], languages), author)
  }
  if (links.length < AT_ONCE) return
  const { turn, ...about } = of
  leaveToCommit(work, insertJobs(work, [{ queue: 'reactions', data: { reaction: REACTION[turn], ...about } }]))
}

function languageName(language: Locale, inLanguage: Locale): string {
  return new Intl.DisplayNames([inLanguage], { type: 'language' }).of(language) ?? language
}

/**
 * The customer says whether it works again after the incident his case hung on: then the case is closed, or it is ours again with
 * what he writes. Refused with `not-found` where nobody asked, or he has said so already.
 */
export async function sayWhetherItWorks(
  work: Work<Member>,
  number: string,
  { works, body }: { readonly works: boolean; readonly body: string },
): Promise<void> {
  const found = await caseFor(work, number)
  await requireWriter(work, found)
  if (!(await markWorks(work, { ...found, works }))) throw new Refused('not-found')
  if (works) return closeCase(work, number)
  const locale = chooseLocale([found.language], ['en', 'da', 'zh-Hans'])
  await replyAsCustomer(work, number, body || words(locale)('worksNotText'))
}
