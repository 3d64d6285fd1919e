/** The pages of this room: people and their rights, questions of colleagues, the partner's consent, and which organization one acts for. */
export { organizationPages } from './web/organization-pages.tsx'
