import type { Locale } from '../../base/locale.ts'

/** The tables this room writes. */
export const TABLES = ['operator', 'organization', 'person', 'agent', 'api_token', 'invitation'] as const

export type OperatorRow = { readonly operatorId: string; readonly slug: string }

export type PersonRow = {
  readonly organizationId: string
  readonly operatorId: string
  readonly personId: string
  readonly signInId: string
  readonly email: string
  readonly name: string
  readonly phone: string | null
  readonly language: Locale
  readonly zone: string
  /** Administrator roles, as the charter names them; empty for an employee. */
  readonly roles: readonly string[]
  /** The partner for whom the person acts here; null for the organization's own people. */
  readonly partnerId: string | null
  readonly partnerName: string | null
}

/** From when until when a person may do anything in an organization; without a beginning, not yet. */
export type Presence = {
  readonly activeFrom: Temporal.Instant | null
  /** Null: without an end. */
  readonly activeUntil: Temporal.Instant | null
}

export type AgentRow = {
  readonly operatorId: string
  readonly agentId: string
  readonly signInId: string
  readonly email: string
  readonly name: string
  readonly language: Locale
  readonly zone: string
  readonly lead: boolean
}

export type OrganizationRow = {
  readonly organizationId: string
  readonly operatorId: string
  readonly name: string
  /** ISO 3166-1 alpha-2. */
  readonly country: string
  /** The contract above the standard plan, such as `premium`; null without one. */
  readonly contract: string | null
  /** Somebody who asked before buying. */
  readonly prospect?: boolean
}
