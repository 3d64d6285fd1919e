import { sql } from 'kysely'
import type { Job } from '../../database/actor.ts'
import { ofOperator } from '../../database/wall.ts'
import { leaveToCommit } from '../../database/work.ts'
import type { Database, Work } from '../../database/work.ts'
import { insertJobs } from '../../jobs/enqueue.ts'
import type { NewJob } from '../../jobs/enqueue.ts'

/** The tables this room writes. */
export const TABLES = ['outbound_mail'] as const

export type Mail = {
  readonly operatorId: string
  readonly mailId: string
  readonly recipient: string
  readonly language: string
  readonly subject: string
  readonly body: string
  /** The message of a case that it delivers; null for other mails. */
  readonly about: About | null
  /** Where its reader ends such mails with one click; null for mails that nobody can end. */
  readonly unsubscribe: string | null
  readonly writtenAt: Temporal.Instant
  readonly sentAt: Temporal.Instant | null
}

export type About = { readonly organizationId: string; readonly caseId: string; readonly messageId: string }

/** A mail as it is written. */
export type NewMail = Omit<Mail, 'writtenAt' | 'sentAt' | 'about' | 'unsubscribe'> & {
  readonly about?: About
  readonly unsubscribe?: string
}

/** Writes a mail and its jobs with the commit; neither, when a mail of that id is there already. */
export function insertMail(work: Work, mail: NewMail, jobs: readonly NewJob[]): void {
  leaveToCommit(
    work,
    sql`with written as (insert into outbound_mail (operator_id, mail_id, recipient, language, subject, body, about, written_at)
      values (${mail.operatorId}, ${mail.mailId}, ${mail.recipient}, ${mail.language}, ${mail.subject}, ${mail.body},
        ${mail.about ? JSON.stringify(mail.about) : null}, ${work.now})
      on conflict do nothing returning mail_id)
    ${insertJobs(work, jobs)} where exists (select from written)`,
  )
}

/** Writes many mails of one operator with the commit, and a job for each that was not there yet. */
export function insertMails(work: Work, operatorId: string, mails: readonly NewMail[], jobs: readonly NewJob[]): void {
  const rows = mails.map(({ mailId, recipient, language, subject, body, unsubscribe }) => ({
    id: mailId,
    recipient,
    language,
    subject,
    body,
    unsubscribe,
  }))
  leaveToCommit(
    work,
    sql`with written as (
      insert into outbound_mail (operator_id, mail_id, recipient, language, subject, body, unsubscribe, written_at)
      select ${operatorId}::uuid, id, recipient, language, subject, body, unsubscribe, ${work.now}::timestamptz
      from json_to_recordset(${JSON.stringify(rows)}::json)
        as mail (id uuid, recipient text, language text, subject text, body text, unsubscribe text)
      on conflict do nothing returning mail_id)
    ${insertJobs(work, jobs)} where (job.data ->> 'mailId')::uuid in (select mail_id from written)`,
  )
}

const MAIL = sql`operator_id as "operatorId", mail_id as "mailId", recipient, language, subject, body, about, unsubscribe,
  written_at as "writtenAt", sent_at as "sentAt"`

/** A mail that was not sent yet, and when it was looked for; undefined for one that was. */
export async function unsentMail(
  database: Database,
  job: Job,
  operatorId: string,
  mailId: string,
): Promise<{ readonly mail: Mail; readonly now: Temporal.Instant } | undefined> {
  const { rows, now } = await database.ask(
    job,
    sql<Mail>`select ${MAIL} from outbound_mail
    where ${ofOperator(operatorId)} and mail_id = ${mailId} and sent_at is null and refused_at is null`,
  )
  const [mail] = rows
  return mail && { mail, now }
}

export function markSent(
  work: Work,
  { operatorId, mailId }: Pick<Mail, 'operatorId' | 'mailId'>,
  at: Temporal.Instant,
): void {
  leaveToCommit(
    work,
    sql`update outbound_mail set sent_at = ${at} where ${ofOperator(operatorId)} and mail_id = ${mailId}`,
  )
}

/** The other side will never take this mail. */
export async function markRefused(
  work: Work,
  { operatorId, mailId }: Pick<Mail, 'operatorId' | 'mailId'>,
): Promise<void> {
  await sql`update outbound_mail set refused_at = ${work.now}
    where ${ofOperator(operatorId)} and mail_id = ${mailId}`.execute(work.tx)
}

/** The newest mails of an operator: the demonstration's mailbox. */
export async function outbox(work: Work, operatorId: string): Promise<readonly Mail[]> {
  const { rows } = await sql<Mail>`select ${MAIL} from outbound_mail where ${ofOperator(operatorId)}
    order by written_at desc, mail_id desc limit 50`.execute(work.tx)
  return rows
}
