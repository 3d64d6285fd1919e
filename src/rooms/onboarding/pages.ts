/** The pages of this room: the customer's checklists, and how far whom is for those who help. */
export { onboardingDeskPages } from './web/desk-pages.tsx'
export { onboardingPages } from './web/own-pages.tsx'
