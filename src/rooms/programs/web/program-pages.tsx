import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { read, text } from '../../../api/read.ts'
import { isId } from '../../../base/ids.ts'
import { Refused } from '../../../base/refused.ts'
import type { Agent, Member } from '../../../database/actor.ts'
import { EMPTY } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { readForm } from '../../../ui/forms.ts'
import type { Env, Visit } from '../../../ui/visit.ts'
import { makeProgram, programsKept, revokeProgram } from '../manage.ts'
import { SCOPES } from '../rules/token-request.ts'
import { MadePage, ProgramsPage } from './programs-page.tsx'

const NAME_LIMIT = 80

const wishSchema = z.object({ name: text(NAME_LIMIT) })

/** Programs: listed, made and revoked. The same pages for support leads and for administrators; the verbs know who is who. */
export function programPages(base: '/agent/programs' | '/organization/programs'): Hono<Env> {
  return new Hono<Env>()
    .get('/', (context) => show(context, EMPTY))
    .post('/', async (context) => {
      const visit = keeperVisit(context)
      const { values } = await readForm(context)
      try {
        const { name } = read(wishSchema, values)
        const scopes = SCOPES.filter((scope) => values[`scope-${scope}`] !== undefined)
        if (scopes.length === 0) throw new Refused('invalid-input', { scopes: { code: 'missing' } })
        const made = await visit.database.work(visit.actor, (work) =>
          makeProgram(work, visit.operatorId, { name, scopes }),
        )
        return context.html(<MadePage visit={visit} base={base} name={name} made={made} />)
      } catch (error) {
        if (!(error instanceof Refused) || Object.keys(error.fields).length === 0) throw error
        return show(context, { values, problems: error.fields }, 422)
      }
    })
    .post('/revoke', async (context) => {
      const visit = keeperVisit(context)
      const { program = '' } = (await readForm(context)).values
      if (!isId(program)) throw new Refused('not-found')
      await visit.database.work(visit.actor, (work) => revokeProgram(work, visit.operatorId, program))
      return context.redirect(visit.link(`${base}?said=revoked`), 303)
    })

  async function show(context: Context<Env>, form: Filled, status: 200 | 422 = 200): Promise<Response> {
    const visit = keeperVisit(context)
    const found = await visit.database.work(visit.actor, (work) => programsKept(work, visit.operatorId))
    const done = context.req.query('said') === 'revoked'
    return context.html(<ProgramsPage visit={visit} base={base} form={form} done={done} {...found} />, status)
  }
}

type KeeperVisit = Visit & { readonly actor: Member | Agent }

function keeperVisit(context: Context<Env>): KeeperVisit {
  const visit = context.get('visit')
  if (visit.actor.kind === 'visitor') throw new Refused('not-signed-in')
  return { ...visit, actor: visit.actor }
}
