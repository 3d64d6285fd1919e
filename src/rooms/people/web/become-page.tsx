import { Hono } from 'hono'
import { Refused } from '../../../base/refused.ts'
import { readForm } from '../../../ui/forms.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Env } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import { castOf } from '../index.ts'
import type { SignIn } from '../index.ts'

/** The demonstration's cast, and the button that makes you one of them. Mounted in the demonstration only. */
export function becomePages(signIn: SignIn): Hono<Env> {
  const pages = new Hono<Env>()
  pages.get('/demonstration/people', async (context) => {
    const visit = context.get('visit')
    const say = words(visit.locale)
    const cast = await visit.database.work({ kind: 'job', operatorIds: [visit.operatorId] }, (work) =>
      castOf(work, visit.operatorId),
    )
    return context.html(
      <Shell visit={visit} title={say('becomeTitle')}>
        <h1>{say('becomeTitle')}</h1>
        <p>{say('becomeIntro')}</p>
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th>{say('person')}</th>
                <th>{say('role')}</th>
                <th>{say('organization')}</th>
                <td></td>
              </tr>
            </thead>
            <tbody>
              {cast.map(({ email, name, at, roles, agent }) => (
                <tr>
                  <th scope="row">
                    {name}
                    <br />
                    <small>{email}</small>
                  </th>
                  <td>
                    {agent
                      ? say(roles.includes('lead') ? 'lead' : 'agent')
                      : say(roles.length ? 'administrator' : 'employee')}
                  </td>
                  <td>{agent ? visit.brand.name : at}</td>
                  <td>
                    <form method="post" action={visit.link('/demonstration/people')}>
                      <input type="hidden" name="email" value={email} />
                      <button>{say('become', { name })}</button>
                    </form>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Shell>,
    )
  })
  pages.post('/demonstration/people', async (context) => {
    const visit = context.get('visit')
    const { values } = await readForm(context)
    const cast = await visit.database.work({ kind: 'job', operatorIds: [visit.operatorId] }, (work) =>
      castOf(work, visit.operatorId),
    )
    const chosen = cast.find(({ email }) => email === values['email'])
    if (!chosen) throw new Refused('not-found')
    for (const cookie of await signIn.become(chosen.email)) context.header('set-cookie', cookie, { append: true })
    return context.redirect(visit.link(chosen.agent ? '/agent' : '/help'), 303)
  })
  return pages
}
