/** Partners: who sold a subscription and is asked first, and who may act for whom until when. */
export {
  partnerOf,
  proposeRelation,
  relationsDue,
  relationsOf,
  relationsOfCase,
  setPartner,
  writeRelation,
} from './store.ts'
export type { Partner, RelationRow } from './store.ts'
export { extendedUntil, isLive, nextStep } from './rules/relation.ts'
export type { Step } from './rules/relation.ts'
