import type { Child } from 'hono/jsx'
import type { Refused } from '../../../base/refused.ts'
import { ProblemList, TextArea } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { shortMoment } from '../../../ui/moments.ts'
import { fieldText, refusalText } from '../../../ui/refusals.ts'
import { spokenPhone } from '../../../ui/phone.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { becauseText } from '../../entitlements/index.ts'
import type { Charter } from '../../entitlements/index.ts'
import { words } from '../messages/words.ts'
import { decideReopening } from '../rules/lifecycle.ts'
import { spokenNumber } from '../rules/number.ts'
import { WithPartner } from './with-partner.tsx'
import type { CaseRow, EventRow, ExplainedClock, MessageRow } from '../index.ts'
import { MESSAGE_LIMIT } from '../rules/limits.ts'
import { stateText } from './case-state.ts'
import { AskedBesides } from './asked-besides.tsx'
import { Clocks } from './clocks.tsx'
import { Timeline } from './timeline.tsx'

type Props = {
  visit: Visit
  form: Filled
  refused: Refused | undefined
  one: CaseRow
  now: Temporal.Instant
  messages: readonly MessageRow[]
  events: readonly EventRow[]
  charter: Charter
  clocks: readonly ExplainedClock[]
  /** Severities the customer may ask to be raised to. */
  higher: readonly Higher[]
  /** The known problem it hangs or hung on. */
  hangsOn: { readonly incidentId: string; readonly asked: boolean; readonly hangs: boolean } | undefined
  /** The known problems it may be about, to be answered. */
  about: Child
  /** What a higher room shows of the case: its call. */
  panel: Child
}

type Higher = { readonly id: string; readonly name: string }

/** One case as its customer sees it: what is owed by whom, everything said, and what he can do. */
export function CasePage({
  visit,
  form,
  refused,
  one,
  now,
  messages,
  events,
  charter,
  clocks,
  higher,
  hangsOn,
  about,
  panel,
}: Props) {
  const { locale } = visit
  const say = words(locale)
  return (
    <Shell visit={visit} title={one.title} current="cases">
      <p class="hint">
        <a href={visit.link('/cases')}>{say('myCases')}</a> · {spokenNumber(one.number)}
      </p>
      <h1>{one.title}</h1>
      {refused ? (
        <p class="notice" role="alert">
          {refusalText(refused.code, locale)}
        </p>
      ) : null}
      {hangsOn?.hangs && !one.closedAt ? (
        <p class="notice">
          {say('hangsOn')} <a href={visit.link(`/health/incidents/${hangsOn.incidentId}`)}>{say('hangsOnLink')}</a>
        </p>
      ) : null}
      {about}
      <div class="beside">
        <div>
          {panel}
          <Timeline
            visit={visit}
            messages={messages}
            events={events}
            fileLink={(file) => visit.link(`/cases/${one.number}/files/${file}`)}
          />
          {hangsOn?.asked && !one.closedAt ? <WorksAgain visit={visit} one={one} /> : null}
          {one.closedAt ? (
            <Reopen visit={visit} form={form} one={one} charter={charter} now={now} />
          ) : (
            <Reply visit={visit} form={form} one={one} higher={higher} />
          )}
        </div>
        <Facts visit={visit} one={one} charter={charter} clocks={clocks} events={events} now={now} />
      </div>
    </Shell>
  )
}

/** After the end of the problem it hung on. */
function WorksAgain({ visit, one }: { visit: Visit; one: CaseRow }) {
  const say = words(visit.locale)
  return (
    <form method="post" action={visit.link(`/cases/${one.number}/works`)} class="paper">
      <h2>{say('worksQuestion')}</h2>
      <div class="field">
        <label for="works-body">{say('worksBody')}</label>
        <textarea id="works-body" name="body" rows={2} maxlength={MESSAGE_LIMIT}></textarea>
      </div>
      <button class="primary" name="works" value="yes">
        {say('worksYes')}
      </button>{' '}
      <button name="works" value="no">
        {say('worksNo')}
      </button>
    </form>
  )
}

function Reply({ visit, form, one, higher }: { visit: Visit; form: Filled; one: CaseRow; higher: readonly Higher[] }) {
  const say = words(visit.locale)
  const problem = form.problems['files']
  return (
    <>
      <form
        method="post"
        action={visit.link(`/cases/${one.number}/reply`)}
        enctype="multipart/form-data"
        novalidate
        class="paper"
      >
        <ProblemList locale={visit.locale} form={form} labels={{ body: say('reply'), files: say('files') }} />
        <TextArea
          locale={visit.locale}
          form={form}
          name="body"
          label={say('reply')}
          required
          rows={5}
          max={MESSAGE_LIMIT}
        />
        <div class="field">
          <label for="files">{say('files')}</label>
          {problem ? <p class="problem">{fieldText(problem, visit.locale)}</p> : null}
          <input type="file" id="files" name="files" multiple />
        </div>
        <button class="primary">{say('send')}</button>
      </form>
      <AskHigher visit={visit} form={form} one={one} higher={higher} />
      <form method="post" action={visit.link(`/cases/${one.number}/close`)}>
        <button class="quiet">{say('close')}</button> <span class="hint">{say('closeHint')}</span>
      </form>
    </>
  )
}

function AskHigher({
  visit,
  form,
  one,
  higher,
}: {
  visit: Visit
  form: Filled
  one: CaseRow
  higher: readonly Higher[]
}) {
  const say = words(visit.locale)
  const problem = form.problems['severity']
  if (higher.length === 0) return null
  return (
    <details class="paper" open={'severity' in form.values}>
      <summary>{say('askHigher')}</summary>
      <form method="post" action={visit.link(`/cases/${one.number}/severity`)} novalidate>
        <p class="hint">{say('askHigherHint')}</p>
        {problem ? <p class="problem">{fieldText(problem, visit.locale)}</p> : null}
        <div class="field">
          <label for="severity">{say('severity')}</label>
          <select id="severity" name="severity">
            {higher.map(({ id, name }) => (
              <option value={id} selected={id === form.values['severity']}>
                {id} · {name}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="impact">{say('impactNow')}</label>
          <textarea id="impact" name="body" rows={3} maxlength={MESSAGE_LIMIT} required>
            {'severity' in form.values ? form.values['body'] : ''}
          </textarea>
        </div>
        <button>{say('ask')}</button>
      </form>
    </details>
  )
}

function Reopen({
  visit,
  form,
  one,
  charter,
  now,
}: {
  visit: Visit
  form: Filled
  one: CaseRow
  charter: Charter
  now: Temporal.Instant
}) {
  const { locale } = visit
  const say = words(locale)
  if (decideReopening(one.closedAt, charter.reopenDays, now) === 'reopen-too-late') {
    return (
      <p class="notice">
        {refusalText('reopen-too-late', locale)} <a href={visit.link('/contact')}>{say('newRequest')}</a>
      </p>
    )
  }
  return (
    <form method="post" action={visit.link(`/cases/${one.number}/reopen`)} novalidate class="paper">
      <ProblemList locale={locale} form={form} labels={{ body: say('reopenReason') }} />
      <p>{say('reopenIntro', { days: charter.reopenDays })}</p>
      <TextArea
        locale={locale}
        form={form}
        name="body"
        label={say('reopenReason')}
        required
        rows={4}
        max={MESSAGE_LIMIT}
      />
      <button>{say('reopen')}</button>
    </form>
  )
}

function Facts({
  visit,
  one,
  charter,
  clocks,
  events,
  now,
}: {
  visit: Visit
  one: CaseRow
  charter: Charter
  clocks: readonly ExplainedClock[]
  events: readonly EventRow[]
  now: Temporal.Instant
}) {
  const { locale, zone } = visit
  const say = words(locale)
  const topic = charter.topics.find(({ id }) => id === one.topic)
  return (
    <aside>
      <Clocks visit={visit} clocks={clocks} charter={charter} />
      <h2>{say('facts')}</h2>
      <dl>
        <dt>{say('state')}</dt>
        <dd>
          <strong>{stateText(one, locale, zone, now)}</strong>
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
        <dt>{say('topic')}</dt>
        <dd>{topic?.name[locale] ?? one.topic}</dd>
        <AskedBesides visit={visit} one={one} charter={charter} />
        <dt>{say('contactBy')}</dt>
        <dd>{one.contactMethod === 'phone' ? spokenPhone(one.contactPhone ?? '') : one.contactEmail}</dd>
        <dt>{say('opened')}</dt>
        <dd>{say('openedBy', { moment: shortMoment(one.openedAt, locale, zone), name: one.requesterName })}</dd>
        <dt>{say('assigned')}</dt>
        <dd>{one.assignedName ?? say('nobodyYet')}</dd>
      </dl>
    </aside>
  )
}
