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
}
