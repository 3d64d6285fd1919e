import { Hono } from 'hono'
import { Refused } from '../../../base/refused.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Env } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'

/** Who I am here, and the keys I sign in with. */
export function accountPages(): Hono<Env> {
  return new Hono<Env>().get('/account', (context) => {
    const visit = context.get('visit')
    const { person } = visit
    if (!person) throw new Refused('not-signed-in')
    const say = words(visit.locale)
    return context.html(
      <Shell visit={visit} title={say('account')}>
        <div class="narrow">
          <h1>{say('account')}</h1>
          <dl>
            <dt>{say('name')}</dt>
            <dd>{person.name}</dd>
            <dt>{say('email')}</dt>
            <dd>{person.email}</dd>
            <dt>{say('role')}</dt>
            <dd>{say(person.agent ? 'agent' : person.administrator ? 'administrator' : 'employee')}</dd>
            <dt>{say('zone')}</dt>
            <dd>{visit.zone}</dd>
          </dl>
          <h2>{say('passkeys')}</h2>
          <p>{say('passkeysIntro')}</p>
          <passkey-add
            label={say('passkeyAdd')}
            added={say('passkeyAdded')}
            failed={say('passkeyNotAdded')}
          ></passkey-add>
        </div>
      </Shell>,
    )
  })
}
