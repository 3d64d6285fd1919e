import { createTransport } from 'nodemailer'
import type { Database } from '../../database/work.ts'
import { markSent, unsentMail } from './store.ts'
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
  const send: Transport['send'] = async ({ recipient, subject, body, mailId, language }, from) => {
    const domain = from.split('@')[1] ?? 'localhost'
    await server.sendMail({
      from,
      to: { name: '', address: recipient },
      subject,
      text: body,
      // Fixed when the mail was written, so that a second copy can be recognized and dropped at the other end.
      messageId: `<${mailId}@${domain}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
    })
  }
  return { send, close: () => server.close() }
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
  await transport.send(unsent.mail, from)
  await database.workAtOnce(job, async (work) => markSent(work, unsent.mail, unsent.now))
}
