import type { Locale } from '../../../base/locale.ts'
import { isOver } from '../../service-health/rules/states.ts'
import type { State } from '../../service-health/rules/states.ts'
import { textFor } from '../../service-health/rules/texts.ts'
import type { Told, ToldPost } from './told.ts'

/** `serviceHealthIssue` of Microsoft Graph 1.0, as its clients read it. Moments are ISO 8601 in UTC. */
export type Issue = {
  readonly id: string
  readonly title: string
  readonly startDateTime: string
  readonly endDateTime: string | null
  readonly lastModifiedDateTime: string
  readonly details: readonly { readonly name: string; readonly value: string }[]
  readonly classification: 'incident' | 'advisory'
  readonly feature: string
  readonly featureGroup: string
  readonly impactDescription: string
  readonly isResolved: boolean
  /** `microsoft` reads "the operator"; else `thirdParty` or `customer`. */
  readonly origin: string
  readonly posts: readonly {
    readonly createdDateTime: string
    readonly postType: ToldPost['kind']
    readonly description: Content
  }[]
  readonly service: string
  readonly status: State
}

type Content = { readonly contentType: 'text'; readonly content: string }

/** `serviceUpdateMessage`: planned maintenance. What a person has read or kept is nothing an app has. */
export type Message = {
  readonly id: string
  readonly title: string
  readonly startDateTime: string
  readonly endDateTime: string | null
  readonly lastModifiedDateTime: string
  readonly details: readonly { readonly name: string; readonly value: string }[]
  readonly actionRequiredByDateTime: null
  readonly body: Content
  readonly category: 'planForChange'
  readonly severity: 'normal'
  readonly services: readonly string[]
  readonly tags: readonly string[]
  readonly isMajorChange: boolean
  readonly hasAttachments: boolean
  readonly viewPoint: null
}

/** Graph calls the operator by the name of its own. */
const ORIGIN = { operator: `microsoft`, thirdParty: 'thirdParty', customer: 'customer' } as const

/** An incident or an advisory as an issue, in a language; the language a text is really in stands among the details. */
export function issueOf({ incident, posts, serviceName }: Told, locale: Locale): Issue {
  const title = textFor({ texts: incident.title, source: incident.sourceLanguage, outdated: incident.outdated }, locale)
  const impact = textFor(
    { texts: incident.impact, source: incident.sourceLanguage, outdated: incident.outdated },
    locale,
  )
  return {
    id: incident.incidentId,
    title: title.text,
    startDateTime: incident.startedAt.toString(),
    endDateTime: incident.endedAt?.toString() ?? null,
    lastModifiedDateTime: incident.updatedAt.toString(),
    details: [{ name: 'Language', value: title.language }],
    classification: incident.kind === 'incident' ? 'incident' : 'advisory',
    feature: incident.feature ?? serviceName,
    featureGroup: incident.feature ?? serviceName,
    impactDescription: impact.text,
    isResolved: isOver(incident.state),
    origin: ORIGIN[incident.origin],
    posts: posts.flatMap((post) =>
      post.publishedAt
        ? [
            {
              createdDateTime: post.publishedAt.toString(),
              postType: post.kind,
              description: { contentType: 'text', content: postText(post, locale) } as const,
            },
          ]
        : [],
    ),
    service: serviceName,
    status: incident.state,
  }
}

/** Planned maintenance as a message. */
export function messageOf({ incident, posts, serviceName }: Told, locale: Locale): Message {
  const { title, details, id, startDateTime, lastModifiedDateTime, impactDescription } = issueOf(
    { incident, posts: [], serviceName },
    locale,
  )
  return {
    id,
    title,
    startDateTime,
    endDateTime: (incident.endedAt ?? incident.plannedEndAt)?.toString() ?? null,
    lastModifiedDateTime,
    details,
    actionRequiredByDateTime: null,
    body: {
      contentType: 'text',
      content: [impactDescription, ...posts.map((post) => postText(post, locale))].join('\n\n'),
    },
    category: 'planForChange',
    severity: 'normal',
    services: [serviceName],
    tags: [],
    isMajorChange: false,
    hasAttachments: false,
    viewPoint: null,
  }
}

/** What a post says in a language, or in the one it was written in. */
export function postText({ texts, sourceLanguage }: ToldPost, locale: Locale): string {
  return textFor({ texts, source: sourceLanguage }, locale).text
}
