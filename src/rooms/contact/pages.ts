/** The pages of this room: Get support, generated from the charter, and Contact support. */
import { Hono } from 'hono'
import type { Env } from '../../ui/visit.ts'
import { contactSupportPages } from './web/contact-support-page.tsx'
import { getSupportPages } from './web/get-support-page.tsx'

export function contactPages(): Hono<Env> {
  return new Hono<Env>().route('/', getSupportPages()).route('/', contactSupportPages())
}
