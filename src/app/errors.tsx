import { Hono } from 'hono'
import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { problemOf, statusOf } from '../api/problem.ts'
import { chooseLocale, LOCALES, wishesOf } from '../base/locale.ts'
import { Refused } from '../base/refused.ts'
import { AskPage } from '../rooms/people/pages.ts'
import { EMPTY } from '../ui/fields.tsx'
import { words } from '../ui/messages/words.ts'
import { refusalText } from '../ui/refusals.ts'
import { Shell } from '../ui/shell.tsx'
import type { Env, Visit } from '../ui/visit.ts'
import type { AppParts } from './app-parts.ts'
import { readForm } from '../ui/forms.ts'

/** Every way a request can fail, shown at the door it came through: a page, or problem+json. */
export async function showError(parts: AppParts, error: Error, context: Context<Env>): Promise<Response> {
  const refused =
    error instanceof Refused
      ? error
      : error instanceof HTTPException && error.status < 500
        ? new Refused('invalid-input')
        : undefined
  if (!refused)
    parts.log.error({ requestId: context.get('requestId'), route: context.req.routePath, err: error }, 'broken')
  const visit = context.get('visit') as Visit | undefined
  if (!visit || context.req.header('accept')?.includes('application/json')) return asProblem(refused, context)
  if (refused?.code === 'not-signed-in') return askToSignIn(visit, context)
  return context.html(
    <ErrorPage visit={visit} refused={refused} requestId={context.get('requestId')} />,
    refused ? statusOf(refused.code) : 500,
  )
}

function asProblem(refused: Refused | undefined, context: Context<Env>): Response {
  const locale = chooseLocale(wishesOf(context.req.header('accept-language')), LOCALES)
  const requestId = context.get('requestId')
  const problem = refused
    ? problemOf(refused, locale, requestId)
    : { type: 'urn:svar:broken', title: words(locale)('brokenTitle'), status: 500, code: 'broken', requestId }
  const headers = {
    'content-type': 'application/problem+json',
    'x-request-id': requestId,
    ...(problem.status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  }
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}

/** A page behind sign-in asks for it and comes back; a form that was sent is carried along, so that nothing typed is lost. */
async function askToSignIn(visit: Visit, context: Context<Env>): Promise<Response> {
  if (context.req.method === 'GET')
    return context.redirect(visit.link(`/sign-in?back=${encodeURIComponent(visit.here)}`), 303)
  const form = await readForm(context).catch(() => undefined)
  const kept = form && { action: visit.here, values: form.values, hadFiles: form.files.length > 0 }
  return context.html(<AskPage visit={visit} form={EMPTY} back={visit.link('/')} kept={kept} />, 401)
}

function ErrorPage({ visit, refused, requestId }: { visit: Visit; refused: Refused | undefined; requestId: string }) {
  const say = words(visit.locale)
  const title = refused ? say('refusedTitle') : say('brokenTitle')
  return (
    <Shell visit={visit} title={title}>
      <div class="narrow">
        <h1>{title}</h1>
        <p>{refused ? refusalText(refused.code, visit.locale) : say('brokenText', { id: requestId })}</p>
        <p>
          <a href={visit.link('/help')}>{say('help')}</a>
        </p>
      </div>
    </Shell>
  )
}

/** Anything else under an operator: nothing here. */
export function errorPages(): Hono<Env> {
  return new Hono<Env>().all('*', () => {
    throw new Refused('not-found')
  })
}
