import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'

/**
 * The predicates that keep customers and operators apart, for hand-written SQL. Row-level security holds without them;
 * they are there for the planner and for the reader. The twin test switches them off and expects equal answers.
 */
let written = true

export function ofOrganization(organizationId: string, column = 'organization_id'): RawBuilder<boolean> {
  return written ? sql<boolean>`${sql.ref(column)} = ${organizationId}` : sql<boolean>`true`
}

export function ofOperator(operatorId: string, column = 'operator_id'): RawBuilder<boolean> {
  return written ? sql<boolean>`${sql.ref(column)} = ${operatorId}` : sql<boolean>`true`
}

export function ofOperators(operatorIds: readonly string[], column = 'operator_id'): RawBuilder<boolean> {
  return written ? sql<boolean>`${sql.ref(column)} = any(${operatorIds})` : sql<boolean>`true`
}

/** For the twin test only. */
export function writePredicates(on: boolean): void {
  written = on
}
