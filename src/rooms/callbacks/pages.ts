/** The pages of this room: a case's call, for its customer; the agents' calls; skills and shifts, for support leads. */
export { callPages } from './web/call-pages.tsx'
export { callPanel } from './web/call-panel.tsx'
export { deskPages } from './web/desk-pages.tsx'
