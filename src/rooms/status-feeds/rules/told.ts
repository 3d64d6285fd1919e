import type { Locale } from '../../../base/locale.ts'
import type { Kind, State } from '../../service-health/rules/states.ts'
import type { Texts } from '../../service-health/rules/texts.ts'

/** What feeds tell of an incident; the room of service health has more. */
export type ToldIncident = {
  readonly incidentId: string
  readonly kind: Kind
  readonly service: string
  readonly feature: string | null
  readonly origin: 'operator' | 'thirdParty' | 'customer'
  readonly state: State
  readonly sourceLanguage: Locale
  readonly title: Texts
  readonly impact: Texts
  readonly outdated: readonly string[]
  readonly startedAt: Temporal.Instant
  readonly plannedEndAt: Temporal.Instant | null
  readonly endedAt: Temporal.Instant | null
  readonly publishedAt: Temporal.Instant | null
  readonly updatedAt: Temporal.Instant
}

export type ToldPost = {
  readonly postId: string
  readonly kind: 'regular' | 'quick' | 'strategic'
  readonly sourceLanguage: Locale
  readonly texts: Texts
  readonly publishedAt: Temporal.Instant | null
}

export type ToldState = { readonly state: State; readonly at: Temporal.Instant }

/** An incident with its posts, newest first, and the name of its service in the language of the feed. */
export type Told = {
  readonly incident: ToldIncident
  readonly posts: readonly ToldPost[]
  readonly serviceName: string
}
