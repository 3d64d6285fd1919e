/** The pages of this room: the agents' check of a caller, and the caller's check of an agent. */
export { callerPages, ownCallerPages } from './web/caller-pages.tsx'
