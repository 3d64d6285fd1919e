import { ProblemList, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { dateText, momentText, shortMoment } from '../../../ui/moments.ts'
import { fieldText } from '../../../ui/refusals.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { makeProgram, Programs, ToldEvent } from '../manage.ts'
import { words } from '../messages/words.ts'
import { SCOPES } from '../rules/token-request.ts'

type Props = Programs & { visit: Visit; base: string; form: Filled; done: boolean }

/** The programs somebody looks after, a form for another, and what happened to them. */
export function ProgramsPage({ visit, base, form, done, programs, events }: Props) {
  const { locale } = visit
  const say = words(locale)
  const ofOperator = visit.actor.kind === 'agent'
  return (
    <Shell visit={visit} title={say('title')} current={ofOperator ? 'queue' : 'organization'}>
      <h1>{say('title')}</h1>
      <p>
        <a href={visit.link(ofOperator ? '/agent' : '/organization')}>{say(ofOperator ? 'toQueue' : 'toPeople')}</a>
      </p>
      {done ? (
        <p class="notice" role="status">
          {say('revoked')}
        </p>
      ) : null}
      <ProblemList locale={locale} form={form} labels={{ name: say('name'), scopes: say('scopes') }} />
      <p>{say(ofOperator ? 'introOperator' : 'introOrganization')}</p>
      {programs.length === 0 ? <p>{say('none')}</p> : <Table visit={visit} base={base} programs={programs} />}
      <NewProgram visit={visit} base={base} form={form} />
      <History visit={visit} events={events} />
    </Shell>
  )
}

function Table({ visit, base, programs }: Pick<Props, 'visit' | 'base' | 'programs'>) {
  const { locale, zone } = visit
  const say = words(locale)
  const ofOperator = visit.actor.kind === 'agent'
  return (
    <div class="scroll" role="group" tabindex={0} aria-label={say('list')}>
      <table>
        <caption class="visually-hidden">{say('list')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('name')}</th>
            {ofOperator ? <th scope="col">{say('holder')}</th> : null}
            <th scope="col">{say('clientId')}</th>
            <th scope="col">{say('scopes')}</th>
            <th scope="col">{say('made')}</th>
            <th scope="col">{say('ends')}</th>
            <th scope="col">{say('lastToken')}</th>
            <th scope="col">{say('action')}</th>
          </tr>
        </thead>
        <tbody>
          {programs.map((program) => (
            <tr>
              <th scope="row">{program.name}</th>
              {ofOperator ? <td>{program.holderName ?? say('operator')}</td> : null}
              <td>
                <code>{program.programId}</code>
              </td>
              <td>
                {program.scopes.map((scope) => (
                  <div>{scope}</div>
                ))}
              </td>
              <td>{shortMoment(program.madeAt, locale, zone)}</td>
              <td>{dateText(program.expiresAt.toZonedDateTimeISO(zone).toPlainDate().toString(), locale)}</td>
              <td>{program.lastTokenAt ? shortMoment(program.lastTokenAt, locale, zone) : say('never')}</td>
              <td>
                <form method="post" action={visit.link(`${base}/revoke`)}>
                  <input type="hidden" name="program" value={program.programId} />
                  <button class="quiet" aria-label={say('revokeOf', { name: program.name })}>
                    {say('revoke')}
                  </button>
                </form>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function NewProgram({ visit, base, form }: Pick<Props, 'visit' | 'base' | 'form'>) {
  const { locale } = visit
  const say = words(locale)
  const problem = form.problems['scopes']
  const untouched = Object.keys(form.values).length === 0
  return (
    <form method="post" action={visit.link(base)} novalidate class="paper">
      <h2>{say('newTitle')}</h2>
      <TextField locale={locale} form={form} name="name" label={say('name')} hint={say('nameHint')} required max={80} />
      <fieldset class="field" id="scopes" tabindex={-1} {...(problem ? { 'aria-describedby': 'scopes-problem' } : {})}>
        <legend>{say('scopes')}</legend>
        {problem ? (
          <p class="problem" id="scopes-problem">
            {fieldText(problem, locale)}
          </p>
        ) : null}
        {SCOPES.map((scope) => (
          <label class="choice">
            <input
              type="checkbox"
              name={`scope-${scope}`}
              checked={untouched || form.values[`scope-${scope}`] !== undefined}
            />{' '}
            {say(`scope.${scope}`)} <span class="hint">{scope}</span>
          </label>
        ))}
      </fieldset>
      <button class="primary">{say('make')}</button>
    </form>
  )
}

function History({ visit, events }: { visit: Visit; events: readonly ToldEvent[] }) {
  const { locale, zone } = visit
  const say = words(locale)
  return (
    <section aria-labelledby="history">
      <h2 id="history">{say('history')}</h2>
      {events.length === 0 ? <p>{say('noHistory')}</p> : null}
      <ul>
        {events.map((event) => (
          <li>
            {shortMoment(event.recordedAt, locale, zone)}: {eventText(event, visit)}
          </li>
        ))}
      </ul>
    </section>
  )
}

function eventText({ kind, why, programName: name, actorName }: ToldEvent, { locale }: Visit): string {
  const say = words(locale)
  if (kind !== 'token-refused') return say(`event.${kind}`, { name, who: actorName ?? say('somebody') })
  return say(`event.${why === 'revoked' ? 'program-revoked' : (why ?? 'wrong-secret')}`, { name })
}

type Made = Awaited<ReturnType<typeof makeProgram>>

/** What a new program needs, with its secret: shown this once. */
export function MadePage({ visit, base, name, made }: { visit: Visit; base: string; name: string; made: Made }) {
  const { locale, zone } = visit
  const say = words(locale)
  const title = say('madeTitle', { name })
  return (
    <Shell visit={visit} title={title}>
      <div class="narrow">
        <h1>{title}</h1>
        <p class="notice" role="status">
          {say('secretOnce')}
        </p>
        <dl>
          <dt>{say('clientId')}</dt>
          <dd>
            <code>{made.programId}</code>
          </dd>
          <dt>{say('secret')}</dt>
          <dd>
            <code>{made.secret}</code>
          </dd>
          <dt>{say('tokenAddress')}</dt>
          <dd>
            <code>{visit.link('/oauth2/v2.0/token')}</code>
          </dd>
        </dl>
        <p>{say('secretUntil', { at: momentText(made.expiresAt, locale, zone) })}</p>
        <p>
          <a href={visit.link(base)}>{say('toList')}</a>
        </p>
      </div>
    </Shell>
  )
}
