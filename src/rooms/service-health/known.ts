import type { Locale } from '../../base/locale.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import type { Charter } from '../entitlements/index.ts'
import { find, findEach, vocabularyOfShelf, weighBeside } from '../search/index.ts'
import type { BesideText } from '../search/index.ts'
import { currentHealth, postsFor } from './my-health.ts'
import { MOST_ARTICLES, nearIncidents } from './rules/matching.ts'
import { languagesOf } from './rules/texts.ts'
import type { Incident, Post } from './store.ts'

/** Posts read of an incident: what it was about is said in the first ones, what is new in the last. */
const POSTS_READ = 5

/**
 * The open incidents a question may be about, the nearest first, as far as they concern the actor; mostly none. While nothing is open
 * it costs one small question.
 * @param typing whether the last word may be the beginning of one
 */
export async function knownIncidents(
  work: Work,
  {
    operatorId,
    language,
    q,
    typing = false,
  }: { readonly operatorId: string; readonly language: Locale; readonly q: string; readonly typing?: boolean },
): Promise<readonly Incident[]> {
  const open = q.trim() === '' ? [] : await currentHealth(work, operatorId)
  if (open.length === 0) return []
  const shelf = { operatorId, language }
  const { charter } = await charterInForce(work, operatorId)
  const posts = await postsFor(
    work,
    operatorId,
    open.map(({ incidentId }) => incidentId),
  )
  const texts = open.flatMap((one) => textsOf(one, posts, charter))
  const vocabulary = await vocabularyOfShelf(work, shelf)
  const weighed = weighBeside(
    q,
    { language, vocabulary, typing },
    texts.map(({ text }) => text),
  )
  const { answers } = await find(work, shelf, { q, typing, limit: MOST_ARTICLES })
  const titled = open.flatMap(({ incidentId: id, title }) => (title[language] ? [{ id, title: title[language] }] : []))
  const found = await findEach(
    work,
    shelf,
    titled.map(({ title }) => title),
    MOST_ARTICLES,
  )
  const near = nearIncidents(
    answers,
    weighed.flatMap(({ at, score }) => (texts[at] ? [{ id: texts[at].id, score }] : [])),
    titled.map(({ id }, at) => ({ id, found: found[at] ?? [] })),
  )
  return near.flatMap(({ id }) => open.find(({ incidentId }) => incidentId === id) ?? [])
}

/** An incident once for each language it can be read in: people ask in theirs, whatever the page is in. */
export function textsOf(
  incident: Pick<Incident, 'incidentId' | 'service' | 'feature' | 'title' | 'impact' | 'sourceLanguage'>,
  posts: readonly Pick<Post, 'incidentId' | 'texts'>[],
  { services }: Pick<Charter, 'services'>,
): readonly { readonly id: string; readonly text: BesideText }[] {
  const { incidentId: id, title, impact, sourceLanguage: source } = incident
  const service = services.find((one) => one.id === incident.service)
  const feature = service?.features.find((one) => one.id === incident.feature)
  const own = posts.filter(({ incidentId }) => incidentId === id).slice(0, POSTS_READ)
  return languagesOf({ texts: title, source }).map((language) => ({
    id,
    text: {
      title: title[language] ?? '',
      description: impact[language] ?? '',
      sections: [
        { heading: '', text: own.map(({ texts }) => texts[language] ?? '').join('\n') },
        { heading: [service, feature].flatMap((one) => one?.name[language] ?? []).join(' '), text: '' },
      ],
    },
  }))
}
