/** The pages of this room: the demonstration's mailbox. */
export { mailboxPage } from './web/mailbox-page.tsx'
