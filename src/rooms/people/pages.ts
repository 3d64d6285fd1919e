/** The pages of this room: signing in, one's own account, the first lead's invitation, and the demonstration's people. */
export { accountPages } from './web/account-page.tsx'
export { becomePages } from './web/become-page.tsx'
export { AskPage, signInPages } from './web/sign-in-pages.tsx'
