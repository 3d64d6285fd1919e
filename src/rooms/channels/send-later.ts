import type { Work } from '../../database/work.ts'
import { insertMail, insertMails } from './store.ts'
import type { NewMail } from './store.ts'

/** Writes a mail and the job that sends it, in one commit. The same `mailId` twice is one mail: reactions may run twice. */
export function sendLater(work: Work, mail: NewMail): void {
  const data = { reaction: 'sendMail', operatorId: mail.operatorId, mailId: mail.mailId }
  insertMail(work, mail, [{ queue: 'mail', data }])
}

/** The same for many mails of one operator, in one statement. */
export function sendManyLater(work: Work, operatorId: string, mails: readonly NewMail[]): void {
  if (mails.length === 0) return
  const jobs = mails.map(
    ({ mailId }) => ({ queue: 'mail', data: { reaction: 'sendMail', operatorId, mailId } }) as const,
  )
  insertMails(work, operatorId, mails, jobs)
}
