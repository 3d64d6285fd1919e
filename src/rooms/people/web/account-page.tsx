import { Hono } from 'hono'
import { Refused } from '../../../base/refused.ts'
import { readForm } from '../../../ui/forms.ts'
import { momentText } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Env, Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import type { Passkey, SignIn } from '../sign-in.ts'

/** What was just done to the passkeys, as the page's address says it. */
const DONE = { added: 'passkeyAdded', removed: 'passkeyRemoved' } as const

/** Who I am here, and the keys I sign in with. */
export function accountPages(signIn: SignIn): Hono<Env> {
  const pages = new Hono<Env>()
  pages.get('/account', async (context) => {
    const visit = context.get('visit')
    const { person } = visit
    if (!person) throw new Refused('not-signed-in')
    const say = words(visit.locale)
    const passkeys = await signIn.passkeysOf(context.req.raw.headers)
    const done = context.req.query('passkey')
    return context.html(
      <Shell visit={visit} title={say('account')}>
        <div class="narrow">
          <h1>{say('account')}</h1>
          {done === 'added' || done === 'removed' ? (
            <p class="notice" role="status">
              {say(DONE[done])}
            </p>
          ) : null}
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
          <Passkeys visit={visit} passkeys={passkeys} />
          <passkey-add
            label={say('passkeyAdd')}
            done={visit.link('/account?passkey=added')}
            failed={say('passkeyNotAdded')}
            cancelled={say('passkeyCancelled')}
            existing={say('passkeyExisting')}
          >
            <p>{say('passkeysUnavailable')}</p>
          </passkey-add>
        </div>
      </Shell>,
    )
  })
  pages.post('/account/passkeys/remove', async (context) => {
    const visit = context.get('visit')
    if (!visit.person) throw new Refused('not-signed-in')
    const { values } = await readForm(context)
    await signIn.removePasskey(context.req.raw.headers, values['passkey'] ?? '')
    return context.redirect(visit.link('/account?passkey=removed'), 303)
  })
  return pages
}

function Passkeys({ visit, passkeys }: { visit: Visit; passkeys: readonly Passkey[] }) {
  const say = words(visit.locale)
  if (passkeys.length === 0) return <p>{say('passkeysNone')}</p>
  return (
    <ul>
      {passkeys.map(({ passkeyId, addedAt }) => {
        const at = momentText(addedAt, visit.locale, visit.zone)
        return (
          <li>
            {say('passkeyOf', { at })}
            <form method="post" action={visit.link('/account/passkeys/remove')}>
              <input type="hidden" name="passkey" value={passkeyId} />
              <button class="quiet" aria-label={say('passkeyRemoveOf', { at })}>
                {say('passkeyRemove')}
              </button>
            </form>
          </li>
        )
      })}
    </ul>
  )
}
