/** People: operators, their customers' organizations and people, who may ask and who may answer, and their keys. */
export { addAgent, addDemonstrationOperator, addOperator, addOrganization, addPerson } from './add.ts'
export { administratorsOf, requireAdministrator, requireAgent, requireLead, requirePerson } from './require.ts'
export { CODE_MINUTES, createSignIn } from './sign-in.ts'
export type { CodeToSend, SignIn } from './sign-in.ts'
export { inviteFirstLead, issueToken, SCOPES, whoShows, whoSignedIn } from './tokens.ts'
export {
  agentsOf,
  castOf,
  findByEmail,
  hasAgents,
  isDemonstrationUnfinished,
  operators,
  organizationOf,
  setDemonstration,
} from './store.ts'
export type { Identity, Requester } from './store.ts'
export type { AgentRow, PersonRow } from './tables.ts'
