import type { Work } from '../../database/work.ts'
import { insertMail } from './store.ts'
import type { NewMail } from './store.ts'

/** Writes a mail and the job that sends it, in one commit. The same `mailId` twice is one mail: reactions may run twice. */
export function sendLater(work: Work, mail: NewMail): void {
  const data = { reaction: 'sendMail', operatorId: mail.operatorId, mailId: mail.mailId }
  insertMail(work, mail, [{ queue: 'mail', data }])
}
