/** Service health: what is broken now, what it does to whom, and what is done about it, told before anybody has to ask. */
export { changeState } from './change-state.ts'
export { approveIncident, declareIncident, mergeIncident, rewriteIncident } from './declare.ts'
export { requireDeclarer } from './declarer.ts'
export { addImpact, confirmWorking, followIncident, ownPartIn, unfollowIncident } from './follow.ts'
export { healthItems, serviceName } from './health-items.ts'
export { knownIncidents, textsOf } from './known.ts'
export {
  currentHealth,
  healthOf,
  incidentFor,
  incidentsFor,
  incidentStates,
  postsFor,
  servicesOf,
} from './my-health.ts'
export type { ServiceHealth } from './my-health.ts'
export { announceNoticed, healthNews, noticedNews } from './news.ts'
export { incidentAtDesk, incidentsAtDesk } from './own.ts'
export { publishDuePost, reviewPost, translatePost, writePost } from './post.ts'
export { hearProposals, hearsOfProposals, muteProposals } from './proposal-mail.ts'
export { ownReports, reportIssue } from './report.ts'
export { groupsOf, proposed } from './rules/grouping.ts'
export type { Group, Sign } from './rules/grouping.ts'
export { isOver } from './rules/states.ts'
export type { Kind, State } from './rules/states.ts'
export { textFor } from './rules/texts.ts'
export type { Localized } from './rules/texts.ts'
export {
  changedIncidents,
  concerns,
  deleteFollower as endFollowing,
  followersOf,
  lockReportsSince,
  markProposed,
  moveFollowers,
  ORIGINS,
  ownIncident,
  POST_KINDS,
  reportsSince,
  settleReports,
  silentAgents,
} from './store.ts'
export type { Incident, OwnIncident, OwnPost, Post, Report, StateRow } from './store.ts'
