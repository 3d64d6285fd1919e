/** Service health: what is broken now, told before anybody has to ask. */
export { currentHealth, postIncident } from './store.ts'
export type { Incident } from './store.ts'
