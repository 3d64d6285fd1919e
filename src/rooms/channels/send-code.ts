import { newId } from '../../base/ids.ts'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { CODE_MINUTES } from '../people/index.ts'
import type { CodeToSend } from '../people/index.ts'
import { words } from './messages/words.ts'
import { sendLater } from './send-later.ts'

/** Mails a sign-in code in the language of the page that asked for it. */
export async function sendCode(work: Work<Job>, { email, code, operatorId, locale }: CodeToSend): Promise<void> {
  const say = words(locale)
  sendLater(work, {
    operatorId,
    mailId: newId(),
    recipient: email,
    language: locale,
    subject: say('codeSubject', { code }),
    body: say('codeBody', { code, minutes: CODE_MINUTES }),
  })
}
