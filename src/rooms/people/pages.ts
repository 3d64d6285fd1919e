/** The pages of this room: signing in, the first lead's invitation, and the demonstration's people. */
export { becomePages } from './web/become-page.tsx'
export { AskPage, signInPages } from './web/sign-in-pages.tsx'
