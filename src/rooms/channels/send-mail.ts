import { createTransport } from 'nodemailer'
import type { Job } from '../../database/actor.ts'
import type { Database, Work } from '../../database/work.ts'
import { noteUndelivered } from '../cases/index.ts'
import { markRefused, markSent, unsentMail } from './store.ts'
import type { Mail } from './store.ts'

export type Transport = {
  /** Hands one mail to a mail server; throws when that server does not take it. */
  send(mail: Mail, from: string): Promise<void>
  /** Ends the connections that are kept for the next mail. */
  close(): void
}

/** As many as send at a time. Mail servers take their time to say hello, so a connection is used for many mails. */
const KEPT = { pool: true, maxConnections: 2, maxMessages: 100 } as const

/** A mail server by its URL (`smtp://user:password@host:587`). Without one, mails stay in the outbox and count as sent. */
export function mailTransport(url: string | undefined): Transport {
  if (!url) return { send: async () => {}, close: () => {} }
  const server = createTransport({ url, ...KEPT, connectionTimeout: 10_000, socketTimeout: 30_000 })
  const send: Transport['send'] = async ({ recipient, subject, body, mailId, language, unsubscribe }, from) => {
    const domain = from.split('@')[1] ?? 'localhost'
    await server.sendMail({
      from,
      to: { name: '', address: recipient },
      subject,
      text: body,
      // Fixed when the mail was written, so that a second copy can be recognized and dropped at the other end.
      messageId: `<${mailId}@${domain}>`,
      headers: {
        'Auto-Submitted': 'auto-generated',
        'Content-Language': language,
        ...(unsubscribe === null ? {} : oneClick(unsubscribe)),
      },
    })
  }
  return { send, close: () => server.close() }
}

/** The button that mail programs show: they post to the address, and nobody has to sign in (RFC 8058). */
function oneClick(address: string): Readonly<Record<string, string>> {
  return { 'List-Unsubscribe': `<${address}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' }
}

/** Sends one mail that was not sent yet. Between the server's yes and the mark a crash costs one copy, with the same Message-ID. */
export async function sendMail(
  database: Database,
  { operatorId, mailId, from }: { readonly operatorId: string; readonly mailId: string; readonly from: string },
  transport: Transport,
): Promise<void> {
  const job = { kind: 'job', operatorIds: [operatorId] } as const
  const unsent = await unsentMail(database, job, operatorId, mailId)
  if (!unsent) return
  try {
    await transport.send(unsent.mail, from)
  } catch (error) {
    if (!isFinal(error)) throw error // the job is tried again
    return database.work(job, (work) => refuse(work, unsent.mail))
  }
  await database.workAtOnce(job, async (work) => markSent(work, unsent.mail, unsent.now))
}

/** What SMTP answers with 5xx to an envelope or a message will never be taken: an address that is not there, a closed mailbox. */
function isFinal(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error && 'responseCode' in error)) return false
  const isOfThisMail = error.code === 'EENVELOPE' || error.code === 'EMESSAGE'
  return isOfThisMail && Number(error.responseCode) >= 500
}

/** What the mail should have said was not said: the case owes it again. */
async function refuse(work: Work<Job>, mail: Mail): Promise<void> {
  await markRefused(work, mail)
  if (mail.about) await noteUndelivered(work, mail.about)
}
