/** The pages of this room: programs of an operator, for support leads, and of an organization, for its administrators. */
export { programPages } from './web/program-pages.tsx'
