import type { Locale } from '../../base/locale.ts'
import { nameOfLanguage } from '../../ui/moments.ts'
import { textFor } from '../service-health/index.ts'
import type { Localized } from '../service-health/index.ts'
import { words } from './messages/words.ts'
import type { Told } from './rules/told.ts'

/** A text for a reader, its language, and what he is told of its translation; empty where there is nothing to tell. */
export type ShownText = { readonly text: string; readonly language: Locale; readonly note: string }

function shownIn(of: Localized, locale: Locale): ShownText {
  const { text, language, state } = textFor(of, locale)
  const say = words(locale)
  if (state === 'missing')
    return { text, language, note: say('untranslated', { language: nameOfLanguage(language, locale) }) }
  return { text, language, note: state === 'outdated' ? say('outdated') : '' }
}

/** What an incident says of itself. */
export function impactIn({ incident }: Told, locale: Locale): ShownText {
  return shownIn({ texts: incident.impact, source: incident.sourceLanguage, outdated: incident.outdated }, locale)
}

export function titleIn({ incident }: Told, locale: Locale): ShownText {
  return shownIn({ texts: incident.title, source: incident.sourceLanguage, outdated: incident.outdated }, locale)
}

export function postIn({ texts, sourceLanguage: source }: Told['posts'][number], locale: Locale): ShownText {
  return shownIn({ texts, source }, locale)
}
