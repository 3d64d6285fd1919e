import type { Member } from '../../../database/actor.ts'
import type { Work } from '../../../database/work.ts'
import { spokenPhone } from '../../../ui/phone.ts'
import type { Visit } from '../../../ui/visit.ts'
import type { CaseRow } from '../../cases/index.ts'
import { words } from '../messages/words.ts'
import { callChoice } from '../promise-call.ts'
import type { CallChoice } from '../promise-call.ts'
import { isHis } from '../rules/moves.ts'
import { promisedText, waitText } from './wait-text.ts'

/** The call of a case on the case's own page: where it stands, live, and what the customer can do. Nothing where calls are not offered. */
export async function callPanel(work: Work<Member>, visit: Visit, found: CaseRow) {
  const choice = await callChoice(work, found.number)
  if (!choice.call && !choice.offered) return null
  const path = `/cases/${found.number}/call`
  return (
    <live-queue
      changes={visit.link(`${path}/changes`)}
      src={visit.link(`${path}?part=panel`)}
      changed={words(visit.locale)('panel.changed')}
    >
      <CallPanel visit={visit} choice={choice} />
    </live-queue>
  )
}

export function CallPanel({ visit, choice }: { visit: Visit; choice: CallChoice }) {
  const say = words(visit.locale)
  const { found, call, offered } = choice
  const path = visit.link(`/cases/${found.number}/call`)
  const lives = call && call.state !== 'done' && call.state !== 'cancelled'
  return (
    <section class="paper" aria-labelledby="call-title">
      <h2 id="call-title">{say('panel.title')}</h2>
      <p>
        <strong>{stateText(visit, choice)}</strong>
        {call && (call.state === 'scheduled' || call.state === 'waiting' || call.state === 'offered') ? (
          <> {say('panel.number', { phone: spokenPhone(call.phone) })}</>
        ) : null}
      </p>
      <div class="actions">
        {offered && (!call || isHis(call) || !lives) ? (
          <a class="button" href={path}>
            {say(!lives ? 'panel.choose' : call.state === 'new-time' ? 'panel.newTimeButton' : 'panel.reschedule')}
          </a>
        ) : null}
        {lives && isHis(call) ? (
          <form method="post" action={`${path}/cancel`}>
            <button class="quiet">{say(call.state === 'new-time' ? 'panel.noNeed' : 'panel.cancel')}</button>
          </form>
        ) : null}
      </div>
    </section>
  )
}

/** Where a call stands, in a sentence. */
function stateText({ locale, zone }: Visit, { call, forecast }: CallChoice): string {
  const say = words(locale)
  const wait = waitText(forecast?.said ?? { kind: 'unknown' }, locale, zone)
  if (!call) return `${say('panel.none')} ${say('panel.nowIs', { wait })}`
  switch (call.state) {
    case 'scheduled': {
      const moment = promisedText(call.slotAt ?? call.wakeAt ?? 0, locale, zone)
      return say(call.slotAt === null ? 'panel.retry' : 'panel.slot', { moment })
    }
    case 'waiting':
      return call.place && call.told
        ? say('panel.place', { place: call.place, wait: waitText(call.told, locale, zone) })
        : say('panel.joining')
    case 'offered':
      return say('panel.offered')
    case 'calling':
      return say('panel.calling', { phone: spokenPhone(call.phone) })
    case 'talking':
      return say('panel.talking')
    case 'new-time':
      return say('panel.newTime')
    case 'done':
      return say('panel.done', { moment: promisedText(call.calledAt ?? call.askedAt, locale, zone) })
    case 'cancelled':
      return say('panel.cancelled')
  }
}
