import type { Refused } from '../../../base/refused.ts'
import { ProblemList, TextArea, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { fieldText, refusalText } from '../../../ui/refusals.ts'
import { spokenPhone } from '../../../ui/phone.ts'
import { shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { becauseText } from '../../entitlements/index.ts'
import type { Charter } from '../../entitlements/index.ts'
import { textFor } from '../../service-health/index.ts'
import type { Incident } from '../../service-health/index.ts'
import { words } from '../messages/words.ts'
import { incidentIn } from '../rules/facts-of.ts'
import { spokenNumber } from '../rules/number.ts'
import { AGENT_REASONS } from '../rules/severity-change.ts'
import type { RelationRow } from '../../partners/index.ts'
import { WithPartner } from './with-partner.tsx'
import type { CaseRow, EventRow, ExplainedClock, MessageRow } from '../index.ts'
import { MESSAGE_LIMIT } from '../rules/limits.ts'
import { AskedBesides } from './asked-besides.tsx'
import { Clocks } from './clocks.tsx'
import { KeysHelp } from './keys-help.tsx'
import { Due } from './queue-page.tsx'
import { Timeline } from './timeline.tsx'

type Props = {
  visit: Visit
  form: Filled
  refused: Refused | undefined
  one: CaseRow
  others: readonly string[]
  now: Temporal.Instant
  messages: readonly MessageRow[]
  events: readonly EventRow[]
  charter: Charter
  clocks: readonly ExplainedClock[]
  partners: readonly RelationRow[]
  incidents: readonly Incident[]
}

/** One case at an agent's workplace: what is owed, who else is here, everything said, and the ways to answer. */
export function AgentCasePage({
  visit,
  form,
  refused,
  one,
  others,
  now,
  messages,
  events,
  charter,
  clocks,
  partners,
  incidents,
}: Props) {
  const { locale } = visit
  const say = words(locale)
  const base = visit.link(`/agent/cases/${one.number}`)
  return (
    <Shell visit={visit} title={one.title} current="queue">
      <agent-keys help="keys" back={visit.link('/agent')} reply="body" note="note">
        <p class="hint">
          <a href={visit.link('/agent')}>{say('queue')}</a> · {spokenNumber(one.number)} · {one.organizationName}
        </p>
        <h1>{one.title}</h1>
        <case-presence
          src={`${base}/looking`}
          text={say('alsoLooking', { names: '%' })}
          class="notice"
          role="status"
          hidden={others.length === 0}
        >
          {others.length ? say('alsoLooking', { names: others.join(', ') }) : ''}
        </case-presence>
        {refused ? (
          <p class="notice" role="alert">
            {refusalText(refused.code, locale)}
          </p>
        ) : null}
        <div class="beside">
          <div>
            <Timeline visit={visit} messages={messages} events={events} fileLink={(file) => `${base}/files/${file}`} />
            {one.closedAt ? null : (
              <AnswerForm visit={visit} form={form} base={base} name={one.requesterName} partners={partners} />
            )}
            <NoteForm visit={visit} form={form} base={base} />
          </div>
          <AgentFacts
            visit={visit}
            form={form}
            one={one}
            charter={charter}
            clocks={clocks}
            now={now}
            base={base}
            incidents={incidents}
            events={events}
          />
        </div>
      </agent-keys>
      <KeysHelp visit={visit} />
    </Shell>
  )
}

function AnswerForm({
  visit,
  form,
  base,
  name,
  partners,
}: {
  visit: Visit
  form: Filled
  base: string
  name: string
  partners: readonly RelationRow[]
}) {
  const say = words(visit.locale)
  const [first] = partners
  return (
    <form method="post" action={`${base}/messages`} novalidate class="paper">
      <ProblemList locale={visit.locale} form={form} labels={{ body: say('answerTo', { name }) }} />
      <TextArea
        locale={visit.locale}
        form={form}
        name="body"
        label={say('answerTo', { name })}
        hint={say('answerHint')}
        required
        rows={6}
        max={MESSAGE_LIMIT}
      />
      <button class="primary" name="kind" value="answer">
        {say('sendAnswer')}
      </button>{' '}
      <button name="kind" value="question">
        {say('askCustomer')}
      </button>{' '}
      <button name="kind" value="third-party" class="quiet">
        {say('waitForThirdParty')}
      </button>
      {partners.length > 0 ? (
        <p class="actions">
          {first && partners.length === 1 ? (
            <input type="hidden" name="partner" value={first.partnerId} />
          ) : (
            <select name="partner" aria-label={say('rolePartner')}>
              {partners.map((partner) => (
                <option value={partner.partnerId}>{partner.name}</option>
              ))}
            </select>
          )}
          <button name="kind" value="partner" class="quiet">
            {say('handToPartner', { partner: first && partners.length === 1 ? first.name : say('rolePartner') })}
          </button>
        </p>
      ) : null}
    </form>
  )
}

function NoteForm({ visit, form, base }: { visit: Visit; form: Filled; base: string }) {
  const say = words(visit.locale)
  // The field is called `body` at the door; its id differs so that two forms can stand on one page.
  const shown = { values: form.values, problems: form.problems }
  return (
    <details class="paper note" open={Boolean(form.values['note'] ?? form.problems['note'])} id="note-form">
      <summary>{say('addNote')}</summary>
      <form method="post" action={`${base}/messages`} novalidate>
        <div class="field">
          <label for="note">{say('noteLabel')}</label>
          <textarea
            id="note"
            name="body"
            rows={4}
            maxlength={MESSAGE_LIMIT}
            required
            aria-invalid={shown.problems['note'] ? 'true' : undefined}
          >
            {shown.values['note'] ?? ''}
          </textarea>
        </div>
        <button name="kind" value="note">
          {say('saveNote')}
        </button>
      </form>
    </details>
  )
}

function AgentFacts({
  visit,
  form,
  one,
  charter,
  clocks,
  now,
  base,
  incidents,
  events,
}: {
  visit: Visit
  form: Filled
  one: CaseRow
  charter: Charter
  clocks: readonly ExplainedClock[]
  now: Temporal.Instant
  base: string
  incidents: readonly Incident[]
  events: readonly EventRow[]
}) {
  const { locale } = visit
  const say = words(locale)
  return (
    <aside>
      <div class="actions">
        {one.closedAt ? null : (
          <>
            <form method="post" action={`${base}/take`}>
              <button>{say('take')}</button>
            </form>
            <form method="post" action={`${base}/close`}>
              <button class="quiet">{say('close')}</button>
            </form>
            {clocks.some(({ clock }) => clock.paused?.reason === 'third-party') ? (
              <form method="post" action={`${base}/resume`}>
                <button>{say('resumeClocks')}</button>
              </form>
            ) : null}
            {clocks.some(({ clock }) => clock.paused?.reason === 'partner') ? (
              <form method="post" action={`${base}/resume`}>
                <button>{say('takeBack')}</button>
              </form>
            ) : null}
          </>
        )}
      </div>
      <Clocks visit={visit} clocks={clocks} charter={charter} />
      <dl>
        <dt>{say('due')}</dt>
        <dd>
          {one.closedAt ? (
            say('stateClosed')
          ) : one.dueAt ? (
            <Due at={one.dueAt} now={now} visit={visit} />
          ) : (
            say('answeredOnce')
          )}
        </dd>
        <WithPartner visit={visit} events={events} now={now} />
        <dt>{say('severity')}</dt>
        <dd>
          <span class={`severity severity-${one.severity}`}>{one.severity}</span>{' '}
          {charter.severities.find(({ id }) => id === one.severity)?.name[locale]}
          <ul class="because">
            {one.because.map((reason) => (
              <li>{becauseText(reason, charter, locale)}</li>
            ))}
          </ul>
        </dd>
        {one.closedAt ? null : <SeverityForm visit={visit} form={form} one={one} charter={charter} base={base} />}
        <AskedBesides visit={visit} one={one} charter={charter} />
        {one.businessImpact ? (
          <>
            <dt>{say('impact')}</dt>
            <dd class="text">{one.businessImpact}</dd>
          </>
        ) : null}
        <dt>{say('topic')}</dt>
        <dd>{charter.topics.find(({ id }) => id === one.topic)?.name[locale] ?? one.topic}</dd>
        <dt>{say('requester')}</dt>
        <dd>
          {one.requesterName}
          <br />
          {one.contactMethod === 'phone' ? (
            <strong>{spokenPhone(one.contactPhone ?? '')}</strong>
          ) : (
            spokenPhone(one.contactPhone ?? '')
          )}
          <br />
          {one.contactMethod === 'email' ? <strong>{one.contactEmail}</strong> : one.contactEmail}
          <CallerFacts visit={visit} events={events} number={one.number} />
        </dd>
        <dt>{say('assigned')}</dt>
        <dd>{one.assignedName ?? say('nobodyYet')}</dd>
        {one.closedAt ? null : <MergeForm visit={visit} form={form} base={base} />}
        {one.closedAt ? null : (
          <IncidentForm visit={visit} incidents={incidents} linked={incidentIn(events)} base={base} />
        )}
      </dl>
    </aside>
  )
}

/** Who was proven on the phone last, and the way to prove somebody now. */
function CallerFacts({ visit, events, number }: { visit: Visit; events: readonly EventRow[]; number: string }) {
  const { locale, zone } = visit
  const say = words(locale)
  const last = events.findLast(({ kind, payload }) => kind === 'caller.checked' && payload['outcome'] === 'verified')
  return (
    <>
      <br />
      {last ? (
        <small>
          ✓ {last.payload['name']}: {say('callerVerified', { moment: shortMoment(last.recordedAt, locale, zone) })}{' '}
          ·{' '}
        </small>
      ) : null}
      <a href={visit.link(`/agent/callers?told=${number}`)}>{say('checkCaller')}</a>
    </>
  )
}

function SeverityForm({
  visit,
  form,
  one,
  charter,
  base,
}: {
  visit: Visit
  form: Filled
  one: CaseRow
  charter: Charter
  base: string
}) {
  const { locale } = visit
  const say = words(locale)
  const chosen = form.values['severity'] ?? one.severity
  const problem = form.problems['severity'] ?? form.problems['reason']
  return (
    <dd>
      <details open={'severity' in form.values}>
        <summary>{say('changeSeverity')}</summary>
        <form method="post" action={`${base}/severity`} novalidate>
          {problem ? <p class="problem">{fieldText(problem, locale)}</p> : null}
          <div class="field">
            <label for="severity">{say('severity')}</label>
            <select id="severity" name="severity">
              {charter.severities.map(({ id, name }) => (
                <option value={id} selected={id === chosen}>
                  {id} · {name[locale]}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="reason">{say('reason')}</label>
            <select id="reason" name="reason">
              {AGENT_REASONS.map((reason) => (
                <option value={reason} selected={reason === form.values['reason']}>
                  {say(`reason.${reason}`)}
                </option>
              ))}
            </select>
          </div>
          <div class="field">
            <label for="why">{say('severityWhy')}</label>
            <textarea id="why" name="why" rows={3} maxlength={MESSAGE_LIMIT}>
              {form.values['why'] ?? ''}
            </textarea>
          </div>
          <button>{say('saveSeverity')}</button>
        </form>
      </details>
    </dd>
  )
}

function MergeForm({ visit, form, base }: { visit: Visit; form: Filled; base: string }) {
  const say = words(visit.locale)
  return (
    <dd>
      <details open={'into' in form.values}>
        <summary>{say('mergeCase')}</summary>
        <form method="post" action={`${base}/merge`} novalidate>
          <TextField
            locale={visit.locale}
            form={form}
            name="into"
            label={say('mergeInto')}
            hint={say('mergeHint')}
            required
            max={20}
            inputmode="numeric"
          />
          <button>{say('merge')}</button>
        </form>
      </details>
    </dd>
  )
}

function IncidentForm({
  visit,
  incidents,
  linked,
  base,
}: {
  visit: Visit
  incidents: readonly Incident[]
  linked: string | undefined
  base: string
}) {
  const say = words(visit.locale)
  if (incidents.length === 0 && linked === undefined) return null
  return (
    <dd>
      <details open={linked !== undefined}>
        <summary>{say('incidentOfCase')}</summary>
        <form method="post" action={`${base}/incident`} novalidate>
          <div class="field">
            <label for="incident">{say('incidentOpen')}</label>
            <p class="hint">{say('incidentHint')}</p>
            <select id="incident" name="incident">
              <option value="">{say('incidentNone')}</option>
              {incidents.map(({ incidentId, title, sourceLanguage: source }) => (
                <option value={incidentId} selected={incidentId === linked}>
                  {textFor({ texts: title, source }, visit.locale).text}
                </option>
              ))}
            </select>
          </div>
          <button>{say('saveIncident')}</button>
        </form>
      </details>
    </dd>
  )
}
