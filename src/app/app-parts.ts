import type { MiddlewareHandler } from 'hono'
import type { Logger } from 'pino'
import type { Database } from '../database/work.ts'
import type { Bulletin } from '../jobs/bulletin.ts'
import type { Outside } from '../jobs/post-outside.ts'
import type { CallerCodes } from '../rooms/callers/index.ts'
import type { Unsubscribing } from '../rooms/health-notices/index.ts'
import type { SignIn } from '../rooms/people/index.ts'
import type { PrivateAddresses } from '../rooms/status-feeds/api.ts'
import type { Operators } from './operators.ts'

/** What the app is put together from. */
export type AppParts = {
  readonly database: Database
  readonly operators: Operators
  readonly signIn: SignIn
  readonly bulletin: Bulletin
  readonly log: Logger
  /** Where people and programs reach this installation, without a slash at its end: what programs are told to call comes from here. */
  readonly publicUrl: string
  /** The demonstration has people to become and a mailbox; production has neither. */
  readonly demonstration: boolean
  /** Behind a proxy that sets X-Forwarded-For; otherwise that header is a stranger's word. */
  readonly trustProxy: boolean
  /** Looks for jobs at once: said after each answer that may have made some. */
  readonly nudge: () => void
  /** Proves callers to agents, and agents to callers. */
  readonly callerCodes: CallerCodes
  /** Reads the addresses that end mails. */
  readonly unsubscribing: Unsubscribing
  /** Reads the addresses where organizations' health is read without signing in. */
  readonly privateAddresses: PrivateAddresses
  /** Where others serve the files of the status, without a slash at its end; undefined where nobody has said so. */
  readonly statusUrl: string | undefined
  /** Says which addresses webhooks may have. */
  readonly outside: Pick<Outside, 'refusalOf'>
  /** Counts every request while it is answered. */
  readonly counted: MiddlewareHandler
}
