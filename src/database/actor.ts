/**
 * Who acts, as the core has checked it: by session, token or job, never by the word of a channel.
 * `database/work.ts` enters the database role that belongs to it.
 */
export type Actor = Member | Agent | Program | Reader | Job | Visitor | Doorkeeper

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

/**
 * A program with a token that lives an hour. To the wall it is like a person of its organization, or like an agent when it is the
 * operator's own. It may read what its scopes name, which each verb asks, and write nothing.
 */
export type Program = {
  readonly kind: 'program'
  readonly programId: string
  readonly operatorId: string
  /** Whose program it is; null for the operator's own. */
  readonly organizationId: string | null
  readonly scopes: readonly string[]
}

/** Whoever has the private address of an organization's health. To the wall like a person of it; nobody we know, so he writes nothing. */
export type Reader = { readonly kind: 'reader'; readonly organizationId: string; readonly operatorId: string }

/** The house itself: reactions, timers, imports, the command line. Bound to named operators. */
export type Job = { readonly kind: 'job'; readonly operatorIds: readonly string[] }

/** Nobody we know: sees what an operator publishes. */
export type Visitor = { readonly kind: 'visitor'; readonly operatorId?: string }

/** Finds out who somebody is, from a proven sign-in or the hash of a token; sees nothing but that. */
export type Doorkeeper = { readonly kind: 'doorkeeper' } & (
  | { readonly signInId: string }
  | { readonly tokenHash: string }
)
