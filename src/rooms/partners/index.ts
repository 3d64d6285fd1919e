/** Partners: who sold a subscription and is asked first. */
export { partnerOf, setPartner } from './store.ts'
export type { Partner } from './store.ts'
