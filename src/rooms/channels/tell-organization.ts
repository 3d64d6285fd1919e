import { idFor } from '../../base/ids.ts'
import { chooseLocale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { momentText } from '../../ui/moments.ts'
import { caseById, eventPayload, messagesOf, spokenNumber } from '../cases/index.ts'
import { charterInForce } from '../entitlements/index.ts'
import { relationsOf } from '../partners/index.ts'
import { peopleOf } from '../people/index.ts'
import type { PersonRow } from '../people/index.ts'
import { acceptColleague, manages, questionToTell } from '../rights/index.ts'
import { words } from './messages/words.ts'
import { sendLater } from './send-later.ts'

/** The address of a page of an operator, for links in mails. */
export type LinkToPage = (operator: string, path: string) => string

type About = { readonly organizationId: string; readonly operatorId: string }

/** Tells an organization's administrators that a colleague has a question. */
export async function tellAdministrators(
  work: Work<Job>,
  of: About & { readonly questionId: string },
  linkTo: LinkToPage,
): Promise<void> {
  const found = await questionToTell(work, of)
  if (!found || found.question.decision !== null) return
  const { title, description, askedByName: name } = found.question
  const administrators = found.people.filter(({ roles, partnerId }) => roles.length > 0 && partnerId === null)
  await writeTo(work, of, `asked ${of.questionId}`, administrators, linkTo, (say) => ({
    subject: say('colleagueSubject', { name, title }),
    body: `${say('colleagueBody', { name })}\n\n${title}\n\n${description}`,
    path: '/organization/questions',
  }))
}

/** Tells a colleague what became of his question. */
export async function tellColleague(
  work: Work<Job>,
  of: About & { readonly questionId: string },
  linkTo: LinkToPage,
): Promise<void> {
  const found = await questionToTell(work, of)
  if (!found?.question.decision) return
  const { title, decision, word, caseNumber, askedBy } = found.question
  const asker = found.people.filter(({ personId }) => personId === askedBy)
  await writeTo(work, of, `decided ${of.questionId}`, asker, linkTo, (say) => ({
    subject: say('decidedSubject', { title }),
    body:
      decision === 'sent'
        ? say('decidedSent', { number: spokenNumber(caseNumber ?? '') })
        : `${say('decidedDeclined')}\n\n${word ?? ''}`,
    path: '/organization/questions',
  }))
}

/** Makes an invited colleague a person, and writes to him. */
export async function welcomeColleague(
  work: Work<Job>,
  of: About & { readonly invitationId: string },
  linkTo: LinkToPage,
): Promise<void> {
  const invited = await acceptColleague(work, of)
  if (!invited) return
  const { email, name, host } = invited
  await writeTo(work, of, `welcome ${of.invitationId}`, [{ ...host, email }], linkTo, (say) => ({
    subject: say('welcomeSubject', { host: host.name }),
    body: say('welcomeBody', { name, host: host.name, email }),
    path: '/sign-in?back=%2Fhelp',
  }))
}

/** Tells both sides that a partner's time ends, goes on, or is over. */
export async function tellOfRelation(
  work: Work<Job>,
  of: About & { readonly partnerId: string; readonly step: string; readonly eventId: string },
  linkTo: LinkToPage,
): Promise<void> {
  const relation = (await relationsOf(work, of.organizationId)).find(({ partnerId }) => partnerId === of.partnerId)
  if (!relation) return
  const { charter } = await charterInForce(work, of.operatorId)
  const people = await peopleOf(work, of.organizationId)
  const told = people.filter((person) => person.partnerId === of.partnerId || manages(charter, person))
  const what =
    of.step === 'extended' || of.step === 'ended'
      ? (`relation.${of.step}` as const)
      : relation.extends
        ? 'relation.goesOn'
        : 'relation.ends'
  await writeTo(work, of, `relation ${of.eventId}`, told, linkTo, (say, { language, zone }) => {
    const until = momentText(relation.endsAt, language, zone)
    return {
      subject: say('relationSubject', { partner: relation.name }),
      body: say(what, { partner: relation.name, until }),
      path: '/organization/partner',
    }
  })
}

/** Tells a partner's people that a case was handed to them; nobody for another pause. */
export async function tellPartner(
  work: Work,
  { organizationId, operatorId, caseId, eventId }: About & { readonly caseId: string; readonly eventId: string },
  linkTo: LinkToPage,
): Promise<void> {
  const { reason, partnerId, messageId } = (await eventPayload(work, organizationId, eventId)) ?? {}
  const found = reason === 'partner' ? await caseById(work, organizationId, caseId) : undefined
  if (!found) return
  const asked = (await messagesOf(work, found)).find((message) => message.messageId === messageId)
  const people = (await peopleOf(work, organizationId)).filter((person) => person.partnerId === partnerId)
  await writeTo(work, { organizationId, operatorId }, `handed ${eventId}`, people, linkTo, (say) => ({
    subject: say('handedSubject', { number: spokenNumber(found.number), title: found.title }),
    body: `${say('handedBody', { organization: found.organizationName })}\n\n${asked?.body ?? ''}`,
    path: `/cases/${found.number}`,
  }))
}

type Say = ReturnType<typeof words>
type Letter = { readonly subject: string; readonly body: string; readonly path: string }

/** Writes one errand's mail to each of these people, in their languages; the same errand twice is one mail. */
async function writeTo(
  work: Work,
  { operatorId }: Pick<About, 'operatorId'> & Partial<About>,
  errand: string,
  people: readonly Pick<PersonRow, 'email' | 'language' | 'zone'>[],
  linkTo: LinkToPage,
  write: (say: Say, person: Pick<PersonRow, 'language' | 'zone'>) => Letter,
): Promise<void> {
  const { charter } = await charterInForce(work, operatorId)
  for (const { email: recipient, language: wished, zone } of people) {
    const language = chooseLocale([wished], charter.languages)
    const say = words(language)
    const { subject, body, path } = write(say, { language, zone })
    const link = say('link', { url: linkTo(charter.operator, path) })
    sendLater(work, {
      operatorId,
      // The same errand twice is one mail to each.
      mailId: idFor(errand, recipient),
      recipient,
      language,
      subject,
      body: `${body}\n\n${link}\n\n${charter.name[language]}`,
    })
  }
}
