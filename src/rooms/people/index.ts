/** People: operators, their customers' organizations and people, who may ask and who may answer, and their keys. */
export { addAgent, addDemonstrationOperator, addOperator, addOrganization, addPerson, addProspect } from './add.ts'
export { administratorsOf, findMember, requireAgent, requireLead, requireMember } from './require.ts'
export { CODE_MINUTES, createSignIn } from './sign-in.ts'
export type { CodeToSend, SignIn } from './sign-in.ts'
export { absenceOf } from './rules/presence.ts'
export { inviteFirstLead, issueToken, SCOPES, whoShows, whoSignedIn } from './tokens.ts'
export {
  agentsOf,
  castOf,
  contactsOf,
  findByEmail,
  hasAgents,
  isDemonstrationUnfinished,
  operators,
  organizationOf,
  peopleByEmail,
  peopleOf,
  personOf,
  registrationOf,
  setActing,
  setDemonstration,
  setRoles,
} from './store.ts'
export type { Identity, OwnPerson, Requester } from './store.ts'
export type { AgentRow, PersonRow, Presence } from './tables.ts'
