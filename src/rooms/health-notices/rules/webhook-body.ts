import type { Locale } from '../../../base/locale.ts'
import { issueOf, messageOf, postText } from '../../status-feeds/rules/graph.ts'
import type { Issue, Message } from '../../status-feeds/rules/graph.ts'
import type { Told, ToldPost } from '../../status-feeds/rules/told.ts'

/** What a webhook gets: `data.incident` as Microsoft Graph writes an issue or, of planned maintenance, a message. */
export type WebhookBody = {
  readonly type: 'incident.posted' | 'incident.declared' | 'incident.changed'
  /** ISO 8601 in UTC. */
  readonly timestamp: string
  readonly data: {
    readonly incident: Issue | Message
    /** The post that was published; null for what is told without one. */
    readonly post: Issue['posts'][number] | null
  }
}

/** What a webhook gets when somebody asks for a test. */
export type WebhookTestBody = {
  readonly type: 'webhook.test'
  /** ISO 8601 in UTC. */
  readonly timestamp: string
  readonly data: { readonly text: string }
}

/** The body of a message about an incident with its posts, in the language of the one who is told. */
export function webhookBody(
  told: Told,
  {
    post,
    sequence,
    at,
    locale,
  }: {
    readonly post: ToldPost | undefined
    /** Which of its states is told; 1 is its beginning. */
    readonly sequence: number | undefined
    readonly at: Temporal.Instant
    readonly locale: Locale
  },
): WebhookBody {
  return {
    type: post ? 'incident.posted' : sequence === 1 ? 'incident.declared' : 'incident.changed',
    timestamp: at.toString(),
    data: {
      incident: told.incident.kind === 'maintenance' ? messageOf(told, locale) : issueOf(told, locale),
      post: post?.publishedAt
        ? {
            createdDateTime: post.publishedAt.toString(),
            postType: post.kind,
            description: { contentType: 'text', content: postText(post, locale) },
          }
        : null,
    },
  }
}
