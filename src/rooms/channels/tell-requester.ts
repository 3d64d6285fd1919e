import { chooseLocale } from '../../base/locale.ts'
import type { Locale } from '../../base/locale.ts'
import type { Work } from '../../database/work.ts'
import { momentText, zoneText } from '../../ui/moments.ts'
import { caseById, eventPayload, messagesOf, spokenNumber } from '../cases/index.ts'
import type { CaseRow } from '../cases/index.ts'
import { charterAt } from '../entitlements/index.ts'
import { words } from './messages/words.ts'
import { sendLater } from './send-later.ts'

/** What a reaction is told: the event and the case it is about. */
export type Told = {
  readonly eventId: string
  readonly organizationId: string
  readonly operatorId: string
  readonly caseId: string
}

/** The address of a case's page, for links in mails. */
export type LinkTo = (operator: string, number: string) => string

/** Confirms a service request to the one who sent it: number, severity, and when the first answer is due. */
export async function confirmOpening(work: Work, told: Told, linkTo: LinkTo): Promise<void> {
  await tell(work, told, linkTo, async (found, locale) => {
    const say = words(locale)
    const due = {
      due: momentText(found.due.dueAt, locale, found.zone),
      zone: zoneText(found.due.dueAt, locale, found.zone),
    }
    return {
      subject: say('openedSubject', about(found)),
      body: say('openedBody', { ...about(found), ...due, severity: found.severity }),
    }
  })
}

/** Sends the message of the event - an answer, a question, a reminder - to the requester, in the case's language, whole. */
export async function deliverMessage(work: Work, told: Told, linkTo: LinkTo): Promise<void> {
  await tell(work, told, linkTo, async (found, locale) => {
    const say = words(locale)
    const { messageId } = await payloadOf(work, told)
    const message = (await messagesOf(work, found)).find((one) => one.messageId === messageId)
    if (!message) return undefined
    const body = say('answeredBody', { ...about(found), agent: message.authorName })
    return {
      subject: say('answeredSubject', about(found)),
      body: `${body}\n\n${message.body}`,
      messageId: message.messageId,
    }
  })
}

/** Tells the requester that his case has another severity now. */
export async function tellSeverity(work: Work, told: Told, linkTo: LinkTo): Promise<void> {
  await tell(work, told, linkTo, async (found, locale) => {
    const say = words(locale)
    const { from = '', to = '', reason = '', text = '' } = await payloadOf(work, told)
    const body = say(reason === 'no-answer' ? 'severityLoweredBody' : 'severityBody', { ...about(found), from, to })
    return { subject: say('severitySubject', { ...about(found), to }), body: text ? `${body}\n\n${text}` : body }
  })
}

export async function confirmClosing(work: Work, told: Told, linkTo: LinkTo): Promise<void> {
  await tell(work, told, linkTo, async (found, locale) => {
    const say = words(locale)
    const days = (await charterAt(work, found.operatorId, found.charterVersion)).reopenDays
    return { subject: say('closedSubject', about(found)), body: say('closedBody', { ...about(found), days }) }
  })
}

async function payloadOf(work: Work, { organizationId, eventId }: Told): Promise<Readonly<Record<string, string>>> {
  return (await eventPayload(work, organizationId, eventId)) ?? {}
}

type Letter = { readonly subject: string; readonly body: string; readonly messageId?: string }

async function tell(
  work: Work,
  told: Told,
  linkTo: LinkTo,
  write: (found: CaseRow & { readonly zone: string }, locale: Locale) => Promise<Letter | undefined>,
): Promise<void> {
  const found = await caseById(work, told.organizationId, told.caseId)
  if (!found) return
  const charter = await charterAt(work, found.operatorId, found.charterVersion)
  const locale = chooseLocale([found.language], charter.languages)
  const letter = await write({ ...found, zone: charter.zone }, locale)
  if (!letter) return
  const link = words(locale)('link', { url: linkTo(charter.operator, found.number) })
  // The event's id names the mail, so that a reaction that runs twice writes one.
  sendLater(work, {
    operatorId: found.operatorId,
    mailId: told.eventId,
    recipient: found.contactEmail,
    language: locale,
    subject: letter.subject,
    body: `${letter.body}\n\n${link}\n\n${charter.name[locale]}`,
    ...(letter.messageId
      ? { about: { organizationId: found.organizationId, caseId: found.caseId, messageId: letter.messageId } }
      : {}),
  })
}

function about({ number, title, requesterName }: CaseRow): { number: string; title: string; name: string } {
  return { number: spokenNumber(number), title, name: requesterName }
}
