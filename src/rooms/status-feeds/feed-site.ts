import type { Context } from 'hono'
import type { Logger } from 'pino'
import type { Locale, Words } from '../../base/locale.ts'
import type { Actor } from '../../database/actor.ts'
import type { Database } from '../../database/work.ts'
import type { Service } from '../entitlements/index.ts'
import type { PrivateAddresses } from './private-addresses.ts'

/** Where and whose a feed is. */
export type FeedSite = {
  readonly operatorId: string
  readonly slug: string
  /** The name of the support operation. */
  readonly name: Words
  /** The languages of its charter, the first one for those who ask for none of them. */
  readonly languages: readonly Locale[]
  /** IANA zone of its days. */
  readonly zone: string
  readonly services: readonly Service[]
  /** Its address for clients, without a slash at its end. */
  readonly url: string
  /** Where others serve its files, without a slash at its end; undefined where nobody has said so. */
  readonly filesUrl: string | undefined
}

/** Who reads: the actor, a name to count him by, and what he may read. */
export type FeedCaller = { readonly actor: Actor; readonly key: string; readonly scopes: readonly string[] | 'all' }

export type FeedParts = {
  readonly database: Database
  /** Reads the private addresses of organizations. */
  readonly privateAddresses: PrivateAddresses
  readonly log: Pick<Logger, 'error'>
  readonly siteOf: (context: Context) => Promise<FeedSite | undefined>
  /** Whoever shows a token that is good at this operator; undefined for everybody else. */
  readonly callerOf: (context: Context, site: FeedSite) => Promise<FeedCaller | undefined>
}
