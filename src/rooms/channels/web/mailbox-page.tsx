import { Hono } from 'hono'
import { shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Env } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import { outbox } from '../index.ts'

/** What would be sent by mail: mounted in the demonstration only, because it shows everybody's. */
export function mailboxPage(): Hono<Env> {
  return new Hono<Env>().get('/demonstration/mailbox', async (context) => {
    const visit = context.get('visit')
    const say = words(visit.locale)
    const mails = await visit.database.work({ kind: 'job', operatorIds: [visit.operatorId] }, (work) =>
      outbox(work, visit.operatorId),
    )
    return context.html(
      <Shell visit={visit} title={say('mailboxTitle')}>
        <h1>{say('mailboxTitle')}</h1>
        <p>{say('mailboxIntro')}</p>
        {mails.length === 0 ? <p>{say('mailboxEmpty')}</p> : null}
        {mails.map((mail) => (
          <article class="mail" lang={mail.language}>
            <h2>{mail.subject}</h2>
            <p class="hint">
              {say('mailTo', { recipient: mail.recipient })} · {shortMoment(mail.writtenAt, visit.locale, visit.zone)} ·{' '}
              {say(mail.sentAt ? 'mailSent' : 'mailWaiting')}
            </p>
            <pre class="text">{mail.body}</pre>
          </article>
        ))}
      </Shell>,
    )
  })
}
