/** The pages of this room: the customer's cases, and the agents' queue and workplace. */
export { agentPages } from './web/agent-pages.tsx'
export { casePages } from './web/case-pages.tsx'
export { incidentPages } from './web/incident-pages.tsx'
