import type { Locale } from '../../base/locale.ts'
import { momentText, nameOfLanguage } from '../../ui/moments.ts'
import type { Charter } from '../entitlements/index.ts'
import { healthItems, textFor } from '../service-health/index.ts'
import type { Localized, OwnIncident, Post } from '../service-health/index.ts'
import { words } from './messages/words.ts'

/** What one mail says, in one language; the end of it is each reader's own. */
export type Letter = { readonly subject: string; readonly body: string }

type Reader = { readonly locale: Locale; readonly zone: string }

/** A post, or a state that an incident has come to, told in a reader's language; a text that is not in it says so. */
export function noticeLetter(
  { incident, post }: { readonly incident: OwnIncident; readonly post: Post | undefined },
  { services }: Pick<Charter, 'services'>,
  { locale, zone }: Reader,
): Letter {
  const say = words(locale)
  const { service, title, state, kind, startedAt } = itemOf(incident, services, locale)
  const told = post ? ofPost(post) : ofIncident(incident, 'impact')
  return {
    subject: say('notice.subject', { service, title, state }),
    body: paragraphs([
      title,
      [
        say('notice.state', { service, kind, state }),
        say(incident.state === 'serviceOperational' ? 'notice.planned' : 'notice.since', {
          moment: momentText(startedAt, locale, zone),
        }),
      ].join('\n'),
      ...notesOn([ofIncident(incident, 'title'), told], locale),
      textFor(told, locale).text,
    ]),
  }
}

/** What happened since the last digest, each incident with its posts of that time, the newest first. */
export function digestLetter(
  told: readonly { readonly incident: OwnIncident; readonly posts: readonly Post[]; readonly url: string }[],
  { services, name }: Pick<Charter, 'services' | 'name'>,
  { locale, zone }: Reader,
): Letter {
  const say = words(locale)
  return {
    subject: say('digest.subject', { name: name[locale], count: told.length }),
    body: paragraphs([
      say('digest.intro', { count: told.length }),
      ...told.map(({ incident, posts, url }) => {
        const { service, title, state, kind } = itemOf(incident, services, locale)
        return paragraphs([
          `${title}\n${say('notice.state', { service, kind, state })}`,
          ...posts.map(
            (post) =>
              `${post.publishedAt ? momentText(post.publishedAt, locale, zone) : ''}\n${textFor(ofPost(post), locale).text}`,
          ),
          ...notesOn([ofIncident(incident, 'title'), ...posts.map(ofPost)], locale),
          say('notice.link', { url }),
        ])
      }),
    ]),
  }
}

/** An incident is over: does it work again? A title that is not in the reader's language says so. */
export function overLetter(incident: OwnIncident, locale: Locale): Letter {
  const say = words(locale)
  const { text: title } = textFor(ofIncident(incident, 'title'), locale)
  return {
    subject: say('over.subject', { title }),
    body: paragraphs([
      say('over.body', { title }),
      ...notesOn([ofIncident(incident, 'title')], locale),
      say('over.ask'),
    ]),
  }
}

/** How a mail ends: why its reader gets it, and two ways to get less. */
export function endingOf(
  why: 'subscribed' | 'follows' | 'digest',
  { manage, unsubscribe }: { readonly manage: string; readonly unsubscribe: string },
  { name }: Pick<Charter, 'name'>,
  locale: Locale,
): string {
  const say = words(locale)
  return paragraphs([
    [say(`why.${why}`), say('notice.manage', { url: manage }), say('notice.unsubscribe', { url: unsubscribe })].join(
      '\n',
    ),
    name[locale],
  ])
}

export function paragraphs(parts: readonly string[]): string {
  return parts.filter(Boolean).join('\n\n')
}

function itemOf(incident: OwnIncident, services: Charter['services'], locale: Locale) {
  const [item] = healthItems({ locale }, services, [incident])
  if (!item) throw new Error('an incident without words')
  return item
}

function ofIncident(
  { sourceLanguage: source, outdated, ...incident }: OwnIncident,
  part: 'title' | 'impact',
): Localized {
  return { texts: incident[part], source, outdated }
}

function ofPost({ texts, sourceLanguage: source }: Post): Localized {
  return { texts, source }
}

/** Said once each, whichever of the texts it is about. */
function notesOn(texts: readonly Localized[], locale: Locale): readonly string[] {
  const say = words(locale)
  const notes = texts.flatMap((text) => {
    const { state } = textFor(text, locale)
    const language = nameOfLanguage(text.source, locale)
    return state === 'missing' || state === 'outdated' ? [say(`note.${state}`, { language })] : []
  })
  return [...new Set(notes)]
}
