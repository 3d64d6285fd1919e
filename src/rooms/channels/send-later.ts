import type { Work } from '../../database/work.ts'
import { enqueue } from '../../jobs/enqueue.ts'
import { insertMail } from './store.ts'
import type { Mail } from './store.ts'

/** Writes a mail and the job that sends it, in one commit. The same `mailId` twice is one mail: reactions may run twice. */
export async function sendLater(work: Work, mail: Omit<Mail, 'writtenAt' | 'sentAt'>): Promise<void> {
  const isNew = await insertMail(work, mail)
  if (isNew)
    await enqueue(work, [
      { queue: 'mail', data: { reaction: 'sendMail', operatorId: mail.operatorId, mailId: mail.mailId } },
    ])
}
