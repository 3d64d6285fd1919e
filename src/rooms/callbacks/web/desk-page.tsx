import { durationText } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { nameOfLanguage, timeText } from '../../../ui/moments.ts'
import { isLocale } from '../../../base/locale.ts'
import { spokenNumber } from '../../cases/index.ts'
import type { CallLine, Desktop } from '../make-call.ts'
import { words } from '../messages/words.ts'
import { spokenPhone } from '../../../ui/phone.ts'
import { briefText, waitText } from './wait-text.ts'

type Props = { visit: Visit; desktop: Desktop }

/** Without a script the page comes again after so many seconds; with one it renews itself, which is the sign that somebody is there. */
const RENEW_SECONDS = 15

/** The agents' calls: what is mine now, who waits, what is to come, and who else is there. */
export function DeskPage({ visit, desktop }: Props) {
  const say = words(visit.locale)
  return (
    <Shell visit={visit} title={say('desk.title')} current="calls" renewSeconds={RENEW_SECONDS}>
      <h1>{say('desk.title')}</h1>
      <live-queue
        changes={visit.link('/agent/calls/changes')}
        src={visit.link('/agent/calls?part=desk')}
        changed={say('desk.changed')}
        every={RENEW_SECONDS}
      >
        <Desk visit={visit} desktop={desktop} />
      </live-queue>
      <p class="actions">
        <a href={visit.link('/agent/callers')}>{say('desk.callers')}</a>{' '}
        {desktop.me.lead ? <a href={visit.link('/agent/staffing')}>{say('desk.staffing')}</a> : null}
      </p>
    </Shell>
  )
}

/** The part that renews itself. */
export function Desk({ visit, desktop }: Props) {
  const { mine } = desktop
  return (
    <>
      {mine ? <Mine visit={visit} call={mine} desktop={desktop} /> : null}
      <Me visit={visit} desktop={desktop} />
      <Line visit={visit} desktop={desktop} />
      <ToCome visit={visit} calls={desktop.toCome} />
      <Colleagues visit={visit} desktop={desktop} />
      <Kept visit={visit} desktop={desktop} />
    </>
  )
}

function Me({ visit, desktop: { presence, skilled } }: Props) {
  const say = words(visit.locale)
  return (
    <section class="paper" aria-labelledby="me">
      <h2 id="me">{say('desk.me')}</h2>
      <p>{say(`desk.${presence}`)}</p>
      {skilled ? null : <p class="notice">{say('desk.unskilled')}</p>}
      <form method="post" action={visit.link('/agent/calls/presence')} class="actions">
        {presence === 'ready' ? null : (
          <button class="primary" name="presence" value="ready">
            {say('desk.beReady')}
          </button>
        )}
        {presence === 'ready' ? (
          <button name="presence" value="paused">
            {say('desk.pause')}
          </button>
        ) : null}
      </form>
    </section>
  )
}

function Mine({ visit, call, desktop }: { visit: Visit; call: CallLine; desktop: Desktop }) {
  const { locale, zone } = visit
  const say = words(locale)
  const isOffer = call.state === 'offered'
  const deadline = call.wakeAt ?? 0
  const left = Math.max(0, Math.round((deadline - desktop.now.epochMilliseconds) / 1000))
  const title = isOffer ? 'desk.offer' : call.state === 'talking' ? 'desk.talking' : 'desk.inHand'
  return (
    <section class="paper" aria-labelledby="mine">
      <h2 id="mine">{say(title)}</h2>
      {isOffer ? (
        <p>
          {say('desk.offerUntil', { time: timeText(Temporal.Instant.fromEpochMilliseconds(deadline), locale, zone) })}{' '}
          <count-down seconds={left} says={say('desk.secondsLeft')}></count-down>
        </p>
      ) : (
        <p class="lead">
          <a href={`tel:${call.phone}`}>{spokenPhone(call.phone)}</a>
        </p>
      )}
      <dl>
        <dt>{say('desk.case')}</dt>
        <dd>
          <span class={`severity severity-${call.severity}`}>{call.severity}</span>{' '}
          <a href={visit.link(`/agent/cases/${call.number}`)}>{call.title}</a> · {spokenNumber(call.number)}
        </dd>
        <dt>{say('desk.customer')}</dt>
        <dd>{call.organizationName}</dd>
        <dt>{say('desk.language')}</dt>
        <dd>{languageText(visit, call)}</dd>
      </dl>
      {call.misses > 0 ? <p class="hint">{say('desk.misses', { count: call.misses })}</p> : null}
      <Moves visit={visit} call={call} desktop={desktop} />
    </section>
  )
}

function Moves({ visit, call, desktop }: { visit: Visit; call: CallLine; desktop: Desktop }) {
  const say = words(visit.locale)
  const action = visit.link(`/agent/calls/${call.callId}`)
  const free = desktop.colleagues.filter(
    ({ agentId, presence }) =>
      agentId !== desktop.me.agentId && presence === 'ready' && !desktop.inHand.some((one) => one.agentId === agentId),
  )
  if (call.state === 'offered')
    return (
      <form method="post" action={action} class="actions">
        <button class="primary" name="move" value="accept">
          {say('desk.accept')}
        </button>
        <button name="move" value="decline">
          {say('desk.decline')}
        </button>
      </form>
    )
  return (
    <>
      <form method="post" action={action} class="actions">
        {call.state === 'calling' ? (
          <>
            <button class="primary" name="move" value="reached">
              {say('desk.reached')}
            </button>
            <button name="move" value="not-reached">
              {say('desk.notReached')}
            </button>
          </>
        ) : null}
        <button class={call.state === 'talking' ? 'primary' : undefined} name="move" value="done">
          {say('desk.done')}
        </button>
      </form>
      {free.length > 0 ? (
        <form method="post" action={action} class="actions">
          <label for="to">{say('desk.handOverTo')}</label>
          <select id="to" name="to">
            {free.map(({ agentId, name }) => (
              <option value={agentId}>{name}</option>
            ))}
          </select>
          <button name="move" value="hand-over">
            {say('desk.handOver')}
          </button>
        </form>
      ) : null}
    </>
  )
}

function Line({ visit, desktop: { line, colleagues } }: Props) {
  const { locale, zone } = visit
  const say = words(locale)
  const isUnstaffed = line.length > 0 && !colleagues.some(({ presence }) => presence === 'ready')
  return (
    <section aria-labelledby="line">
      <h2 id="line">{say('desk.line')}</h2>
      {isUnstaffed ? (
        <p class="notice">
          <strong>{say('desk.unstaffed')}</strong>
        </p>
      ) : null}
      {line.length === 0 ? (
        <p>{say('desk.nobody')}</p>
      ) : (
        <Calls visit={visit} calls={line} label={say('desk.line')} columns={[say('desk.since'), say('desk.told')]}>
          {(call) => [
            briefText(call.since ?? call.askedAt, locale, zone),
            call.told ? waitText(call.told, locale, zone) : '',
          ]}
        </Calls>
      )}
    </section>
  )
}

function ToCome({ visit, calls }: { visit: Visit; calls: readonly CallLine[] }) {
  const { locale, zone } = visit
  const say = words(locale)
  if (calls.length === 0) return null
  return (
    <section aria-labelledby="to-come">
      <h2 id="to-come">{say('desk.toCome')}</h2>
      <Calls visit={visit} calls={calls} label={say('desk.toCome')} columns={[say('desk.when'), say('desk.state')]}>
        {(call) => [
          briefText(call.wakeAt ?? call.askedAt, locale, zone),
          say(call.slotAt === null ? 'desk.state.retry' : 'desk.state.promised'),
        ]}
      </Calls>
    </section>
  )
}

function Calls({
  visit,
  calls,
  label,
  columns,
  children,
}: {
  visit: Visit
  calls: readonly CallLine[]
  label: string
  columns: readonly string[]
  children: (call: CallLine) => readonly string[]
}) {
  const say = words(visit.locale)
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={label}>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('desk.severity')}</th>
            <th scope="col">{say('desk.case')}</th>
            <th scope="col">{say('desk.language')}</th>
            {columns.map((column) => (
              <th scope="col">{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {calls.map((call) => (
            <tr>
              <td>
                <span class={`severity severity-${call.severity}`}>{call.severity}</span>
              </td>
              <th scope="row">
                <a href={visit.link(`/agent/cases/${call.number}`)}>{call.title}</a>
                <br />
                <small>{call.organizationName}</small>
              </th>
              <td>{languageText(visit, call)}</td>
              {children(call).map((text) => (
                <td>{text}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Colleagues({ visit, desktop: { colleagues, inHand, me, now } }: Props) {
  const say = words(visit.locale)
  const others = colleagues.filter(({ agentId }) => agentId !== me.agentId)
  if (others.length === 0) return null
  const state = ({ agentId, presence }: (typeof others)[number]) =>
    inHand.some((call) => call.agentId === agentId) ? say('desk.busy') : say(`desk.presence.${presence}`)
  return (
    <section aria-labelledby="colleagues">
      <h2 id="colleagues">{say('desk.colleagues')}</h2>
      <ul>
        {others.map((one) => (
          <li>
            {one.name}: {state(one)}{' '}
            <small class="hint">{durationText((now.epochMilliseconds - one.idleSince) / 60_000, visit.locale)}</small>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Kept({ visit, desktop: { kept, keptDays } }: Props) {
  const { promised, kept: held, unpromised } = kept
  if (promised + unpromised === 0) return null
  const rate = new Intl.NumberFormat(visit.locale, { style: 'percent' }).format(promised === 0 ? 0 : held / promised)
  return (
    <p class="hint apart">
      {words(visit.locale)('desk.kept', { days: keptDays, kept: held, promised, unpromised, rate })}
    </p>
  )
}

function languageText({ locale }: Visit, { language }: CallLine): string {
  return isLocale(language) ? nameOfLanguage(language, locale) : language
}
