import { idFor } from '../../base/ids.ts'
import { chooseLocale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import { announce } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { momentText } from '../../ui/moments.ts'
import { noteCaller } from '../cases/index.ts'
import { sendManyLater } from '../channels/index.ts'
import { charterInForce } from '../entitlements/index.ts'
import { contactsOf } from '../people/index.ts'
import { newsOf } from './check-caller.ts'
import type { CallerCodes } from './codes.ts'
import { words } from './messages/words.ts'
import { checkOf, markTold, setSent } from './store.ts'

type About = { readonly operatorId: string; readonly organizationId: string; readonly checkId: string }

/** A code is worth something for so long. */
const MINUTES = 10

/**
 * Makes the code of a check and mails it to the person it is about; nobody else ever sees it, the agent least of all. Twice is once.
 */
export async function sendCallerCode(
  work: Work<Job>,
  of: About,
  {
    codes,
    linkToPage,
  }: { readonly codes: CallerCodes; readonly linkToPage: (operator: string, path: string) => string },
): Promise<void> {
  const check = await checkOf(work, of.operatorId, of.checkId)
  if (check?.state !== 'asked') return
  const code = codes.newCode()
  const expiresAt = work.now.add({ minutes: MINUTES })
  announce(work, newsOf(of.checkId))
  if (!(await setSent(work, check, { digest: codes.digestOf(check, code), expiresAt }))) return
  const { charter } = await charterInForce(work, of.operatorId)
  const language = chooseLocale([check.language], charter.languages)
  const say = words(language)
  const url = linkToPage(charter.operator, '/caller')
  const { email, name, agentName } = check
  const body = say('codeBody', {
    name,
    agent: agentName,
    code: `${code.slice(0, 3)} ${code.slice(3)}`,
    minutes: MINUTES,
    url,
  })
  const mail = { operatorId: of.operatorId, mailId: idFor('caller code', of.checkId), recipient: email, language }
  sendManyLater(work, of.operatorId, [
    { ...mail, subject: say('codeSubject'), body: `${body}\n\n${charter.name[language]}` },
  ])
}

/** Tells everybody who administers an organization what came of a caller's check, and notes it in the case. Twice is once. */
export async function tellOfCaller(work: Work<Job>, of: About): Promise<void> {
  const check = await checkOf(work, of.operatorId, of.checkId)
  const outcome = check?.state
  if (!check || (outcome !== 'verified' && outcome !== 'locked' && outcome !== 'denied')) return
  if (!(await markTold(work, check))) return
  const { organizationId, caseId, name, agentName: agent, endedAt } = check
  if (caseId !== null) await noteCaller(work, { organizationId, caseId }, { outcome, name, agent })
  const { charter } = await charterInForce(work, of.operatorId)
  const people = await contactsOf(work, organizationId, check.personId)
  const told = people.filter(({ personId, partnerId }) => personId === check.personId || partnerId === null)
  const mails = told.map((person) => {
    const language = chooseLocale([person.language], charter.languages)
    const say = words(language)
    const moment = momentText(endedAt ?? work.now, language, person.zone)
    return {
      operatorId: of.operatorId,
      mailId: idFor('caller', of.checkId, person.personId),
      recipient: person.email,
      language,
      subject: say('toldSubject', { outcome, name }),
      body: `${say('toldBody', { outcome, name, agent, moment })}\n\n${charter.name[language]}`,
    }
  })
  sendManyLater(work, of.operatorId, mails)
}
