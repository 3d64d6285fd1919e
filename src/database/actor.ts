/**
 * Who acts, as the core has checked it: by session, token or job, never by the word of a channel.
 * `database/work.ts` enters the database role that belongs to it.
 */
export type Actor = Member | Agent | Job | Visitor | Doorkeeper

/**
 * A person of an organization, or of a partner who acts for it. To the wall they are alike: one organization, and no other. Whether he
 * is an administrator there and may act at all is asked by `requireMember`.
 */
export type Member = {
  readonly kind: 'member'
  readonly personId: string
  readonly organizationId: string
  readonly operatorId: string
  /** The partner he acts for, on behalf of the organization; absent for its own people. */
  readonly partnerId?: string
}

/** Somebody who answers, with the operators granted to him. A lead may also declare the offering. */
export type Agent = {
  readonly kind: 'agent'
  readonly agentId: string
  readonly operatorIds: readonly string[]
  readonly lead: boolean
}

/** The house itself: reactions, timers, imports, the command line. Bound to named operators. */
export type Job = { readonly kind: 'job'; readonly operatorIds: readonly string[] }

/** Nobody we know: sees what an operator publishes. */
export type Visitor = { readonly kind: 'visitor'; readonly operatorId?: string }

/** Finds out who somebody is, from a proven sign-in or the hash of a token; sees nothing but that. */
export type Doorkeeper = { readonly kind: 'doorkeeper' } & (
  | { readonly signInId: string }
  | { readonly tokenHash: string }
)
