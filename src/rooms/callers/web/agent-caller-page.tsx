import { ProblemList, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { timeText } from '../../../ui/moments.ts'
import { refusalText } from '../../../ui/refusals.ts'
import type { RefusalCode } from '../../../base/refused.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { CaseRow } from '../../cases/index.ts'
import type { Candidate, Check } from '../check-caller.ts'
import { words } from '../messages/words.ts'
import { masked } from '../rules/caps.ts'

/** Somebody calls: what he tells, and whom he may be. Nothing of the case stands here. */
export function CallerPage({
  visit,
  told,
  found,
  refused,
}: {
  visit: Visit
  told: string
  found: { readonly number: string | undefined; readonly candidates: readonly Candidate[] } | undefined
  refused: RefusalCode | undefined
}) {
  const { locale } = visit
  const say = words(locale)
  return (
    <Shell visit={visit} title={say('title')} current="calls">
      <h1>{say('title')}</h1>
      <p>{say('intro')}</p>
      {refused ? (
        <p class="notice" role="alert">
          {refusalText(refused, locale)}
        </p>
      ) : null}
      <form class="search" method="get" action={visit.link('/agent/callers')}>
        <div class="field">
          <label for="told">{say('told')}</label>
          <p class="hint" id="told-hint">
            {say('toldHint')}
          </p>
          <input id="told" name="told" value={told} maxlength={200} aria-describedby="told-hint" autocomplete="off" />
        </div>
        <button>{say('find')}</button>
      </form>
      {found && found.candidates.length === 0 ? <p role="status">{say('nobody')}</p> : null}
      {found && found.candidates.length > 0 ? <Candidates visit={visit} told={told} {...found} /> : null}
    </Shell>
  )
}

function Candidates({
  visit,
  told,
  number,
  candidates,
}: {
  visit: Visit
  told: string
  number: string | undefined
  candidates: readonly Candidate[]
}) {
  const say = words(visit.locale)
  return (
    <form method="post" action={visit.link('/agent/callers')} class="paper">
      <input type="hidden" name="told" value={told} />
      <input type="hidden" name="number" value={number ?? ''} />
      <fieldset class="field">
        <legend>{say('who')}</legend>
        <p class="hint">{say('whoHint')}</p>
        {candidates.map((one, at) => (
          <label class="choice">
            <input type="radio" name="who" value={`${one.organizationId} ${one.personId}`} checked={at === 0} />{' '}
            <span>
              {say(one.partnerName === null ? 'candidate' : 'candidatePartner', {
                name: one.name,
                organization: one.organizationName,
                partner: one.partnerName ?? '',
              })}{' '}
              <span class="hint">
                {say('toAddress', { role: one.roles.length > 0 ? 'yes' : 'no', address: masked(one.email) })}
              </span>
            </span>
          </label>
        ))}
      </fieldset>
      <button class="primary">{say('send')}</button>
    </form>
  )
}

type CheckProps = {
  visit: Visit
  check: Check
  about: CaseRow | undefined
  now: Temporal.Instant
  number: string
  form: Filled
  left: number | undefined
}

/** One check: what the caller has to read out, and what came of it. */
export function CheckPage(props: CheckProps) {
  const { visit, check, about, now } = props
  const say = words(visit.locale)
  const base = visit.link(`/agent/callers/${check.checkId}`)
  return (
    <Shell visit={visit} title={say('checkTitle', { name: check.name })} current="calls">
      <p class="hint">
        <a href={visit.link('/agent/callers')}>{say('title')}</a>
      </p>
      <h1>{say('checkTitle', { name: check.name })}</h1>
      <live-queue changes={`${base}/changes`} src={`${base}?part=state`} changed={say('renewed')}>
        <CheckState visit={visit} check={check} about={about} now={now} />
      </live-queue>
      {waits(check, now) ? <Waiting {...props} /> : null}
    </Shell>
  )
}

function waits({ state, expiresAt }: Check, now: Temporal.Instant): boolean {
  return state === 'asked' || (state === 'sent' && expiresAt !== null && Temporal.Instant.compare(now, expiresAt) < 0)
}

/** How a check stands: the part that renews itself, apart from the field that somebody types in. */
export function CheckState({ visit, check, about, now }: Pick<CheckProps, 'visit' | 'check' | 'about' | 'now'>) {
  const { locale, zone } = visit
  const say = words(locale)
  const { state, name, expiresAt } = check
  const address = masked(check.email)
  if (waits(check, now))
    return (
      <p role="status">
        {expiresAt
          ? say('sentTo', { address, moment: timeText(expiresAt, locale, zone) })
          : say('onItsWay', { address })}
      </p>
    )
  const [title, text] = endOf(state, name, say)
  return (
    <section class="paper" role={state === 'verified' ? 'status' : 'alert'}>
      <h2>
        {state === 'verified' ? <span aria-hidden="true">✓ </span> : null}
        {title}
      </h2>
      <p>{text}</p>
      <div class="actions">
        {state === 'verified' && about ? (
          <a class="button primary" href={visit.link(`/agent/cases/${about.number}`)}>
            {say('openCase')}
          </a>
        ) : null}
        {state === 'sent' || state === 'replaced' ? <Again visit={visit} check={check} about={about} /> : null}
        <a href={visit.link('/agent/callers')}>{say('another')}</a>
      </div>
    </section>
  )
}

function endOf(state: Check['state'], name: string, say: ReturnType<typeof words>): readonly [string, string] {
  switch (state) {
    case 'verified':
      return [say('verified', { name }), say('verifiedText')]
    case 'locked':
      return [say('locked'), say('lockedText')]
    case 'denied':
      return [say('denied', { name }), say('deniedText')]
    case 'replaced':
      return [say('replaced'), say('overText')]
    case 'asked':
    case 'sent':
      return [say('expired'), say('overText')]
  }
}

function Waiting({ visit, check, about, number, form, left }: CheckProps) {
  const { locale } = visit
  const say = words(locale)
  return (
    <>
      <form method="post" action={visit.link(`/agent/callers/${check.checkId}`)} class="paper" novalidate>
        {left === undefined ? (
          <ProblemList locale={locale} form={form} labels={{ code: say('code') }} />
        ) : (
          <p class="notice" role="alert">
            {say('wrong', { left })}
          </p>
        )}
        <TextField
          locale={locale}
          form={form}
          name="code"
          label={say('code')}
          hint={say('codeHint')}
          inputmode="numeric"
          autocomplete="off"
          required
          max={40}
        />
        <button class="primary">{say('confirm')}</button>
      </form>
      <section class="paper" aria-labelledby="number">
        <h2 id="number">{say('number')}</h2>
        <p>{say('numberText', { path: visit.link('/caller') })}</p>
        <p class="spoken-number">{number}</p>
      </section>
      <Again visit={visit} check={check} about={about} />
    </>
  )
}

function Again({ visit, check, about }: { visit: Visit; check: Check; about?: CaseRow | undefined }) {
  return (
    <form method="post" action={visit.link('/agent/callers')}>
      <input type="hidden" name="who" value={`${check.organizationId} ${check.personId}`} />
      <input type="hidden" name="told" value={about?.number ?? check.email} />
      <input type="hidden" name="number" value={about?.number ?? ''} />
      <button class="quiet">{words(visit.locale)('again')}</button>
    </form>
  )
}
