import type { Context } from 'hono'
import { isId } from '../../../base/ids.ts'
import type { Env } from '../../../ui/visit.ts'
import type { After } from '../follow.ts'

/** How many events a page of history shows. */
export const EVENTS_SHOWN = 50

/** Where a page of history begins. */
export function beforeOf(context: Context<Env>): number | undefined {
  const written = context.req.query('before') ?? ''
  return /^\d{1,9}$/.test(written) ? Number(written) : undefined
}

/** Where a page of organizations begins. */
export function afterOf(context: Context<Env>): After | undefined {
  const match = /^(\d{4}-\d\d-\d\dT[\d:.]{5,20}Z)_([0-9a-f-]{36})$/.exec(context.req.query('after') ?? '')
  const [, since = '', organizationId = ''] = match ?? []
  return match && isId(organizationId) ? { since, organizationId } : undefined
}
