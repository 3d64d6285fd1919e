/** Channels: what leaves the house and what comes in. Today: mail that tells people what happened in their case. */
export { confirmOpening, deliverMessage, tellSeverity, confirmClosing } from './tell-requester.ts'
export {
  tellAdministrators,
  tellColleague,
  tellOfRelation,
  tellPartner,
  welcomeColleague,
} from './tell-organization.ts'
export { sendManyLater } from './send-later.ts'
export { sendCode } from './send-code.ts'
export { mailTransport, sendMail } from './send-mail.ts'
export { outbox } from './store.ts'
export type { NewMail } from './store.ts'
export { tellLeads } from './tell-leads.ts'
export { tellStaff } from './tell-staff.ts'
export type { LinkToAgent } from './tell-staff.ts'
