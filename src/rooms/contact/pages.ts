/** The pages of this room: Get support, generated from the charter, Contact support, and the pane for other people's portals. */
import { Hono } from 'hono'
import type { Env } from '../../ui/visit.ts'
import { helpPages } from './web/help-page.tsx'
import { contactSupportPages } from './web/contact-support-page.tsx'
import { getSupportPages } from './web/get-support-page.tsx'
import { paneKnown, paneStart } from './web/pane-start.ts'
import { preSalesPages } from './web/pre-sales-page.tsx'
import type { PreSalesParts } from './web/pre-sales-page.tsx'
import { paneScript } from './web/portal-page.tsx'

export { portalPage } from './web/portal-page.tsx'

export function contactPages(parts: PreSalesParts): Hono<Env> {
  return new Hono<Env>()
    .route('/', getSupportPages())
    .route('/', helpPages())
    .route('/', contactSupportPages())
    .route('/', preSalesPages(parts))
    .get('/pane.js', paneScript)
    .get('/pane/start', paneStart)
    .get('/pane/known', paneKnown)
}
