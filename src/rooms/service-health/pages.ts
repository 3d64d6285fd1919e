/** The pages of this room: my health for customers, and the desk where incidents are declared and written about. */
export { incidentDeskPages } from './web/desk-pages.tsx'
export { healthPages } from './web/health-pages.tsx'
