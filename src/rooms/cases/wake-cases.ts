import { newId } from '../../base/ids.ts'
import { chooseLocale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { nextOpening } from '../calendars/index.ts'
import { momentsOf } from '../response-targets/index.ts'
import type { Clock, Moment } from '../response-targets/index.ts'
import { momentText, shortMoment } from '../../ui/moments.ts'
import { historyOf } from './history.ts'
import type { History } from './history.ts'
import { words } from './messages/words.ts'
import { changeOf } from './record.ts'
import type { Happening } from './record.ts'
import { momentOf } from '../response-targets/index.ts'
import { wakingCases, writeChanges } from './store.ts'
import type { CaseChange, NewEscalation, NewMessage, WakingCase } from './store.ts'

/**
 * Records what has happened by itself to cases of these operators: warnings, breaches, escalations, and the stages of a customer's
 * silence. Takes up to `limit` cases that no other process has, longest ago first, and answers how many there were. None comes
 * early, because the database's clock says what is due; none is lost, because the case itself keeps when to be looked at.
 * Source: response-targets rule 18.
 */
export async function wakeCases(work: Work<Job>, limit: number): Promise<number> {
  const waking = await wakingCases(work, work.actor.operatorIds, limit)
  const changes: CaseChange[] = []
  for (const one of waking) changes.push(await woken(work, one))
  await writeChanges(work, changes)
  return waking.length
}

async function woken(work: Work<Job>, one: WakingCase): Promise<CaseChange> {
  const history = await historyOf(work, one.operatorId, one.events, work.now)
  const now = work.now.epochMilliseconds
  const moments = momentsOf(history.state, history.vigilance, history.done)
  const due = moments.filter(({ at }) => at <= now)
  // A step that changes what is still to come is the last of its turn: the case wakes again at once.
  const last = due.findIndex(({ what }) => what === 'lowering' || what === 'closing' || what === 'pause-ends')
  const told = (last < 0 ? due : due.slice(0, last + 1)).map((moment) =>
    happeningOf(moment, { one, history, moments, now }),
  )
  const messages = told.flatMap(({ message }) => message ?? [])
  const happened = told.map(({ happening }) => happening)
  const escalations = told.flatMap(({ escalation }) => escalation ?? [])
  const opened = { found: one, lastEvent: one.lastEvent, history }
  return changeOf(opened, happened, { messages, escalations }, work.now)
}

type Woken = {
  readonly happening: Happening
  readonly message?: NewMessage
  readonly escalation?: Omit<NewEscalation, 'eventId'>
}
type Waking = {
  readonly one: WakingCase
  readonly history: History
  readonly moments: readonly Moment[]
  readonly now: number
}

function happeningOf(moment: Moment, waking: Waking): Woken {
  const { key } = moment
  switch (moment.what) {
    case 'warning':
      return { happening: { kind: 'clock.warned', payload: ofClock(moment) } }
    case 'breach':
      return {
        happening: { kind: 'clock.breached', payload: { ...ofClock(moment), ...lateness(waking.now - moment.at) } },
      }
    case 'escalation':
      return {
        happening: { kind: 'clock.escalated', payload: { ...ofClock(moment), step: String(moment.step) } },
        escalation: escalationOf(moment, waking),
      }
    case 'pause-ends':
      return { happening: { kind: 'clock.resumed', payload: { moment: key, reason: 'longest-pause' } } }
    case 'reminder':
    case 'notice': {
      const message = letterTo(moment.what, waking)
      const payload = { moment: key, messageId: message.messageId }
      return {
        happening: { kind: moment.what === 'notice' ? 'customer.noticed' : 'customer.reminded', payload },
        message,
      }
    }
    case 'lowering': {
      const { severity: from } = waking.history.state
      const to = milder(waking.history, from)
      return {
        happening: { kind: 'severity.changed', payload: { moment: key, from, to, reason: 'no-answer', text: '' } },
      }
    }
    case 'closing':
      return { happening: { kind: 'case.closed', payload: { moment: key, reason: 'no-answer' } } }
  }
}

function ofClock({ key, clock }: Moment & { readonly clock: Clock }) {
  return { moment: key, clock: clock.kind, cycle: String(clock.cycle), due: momentOf(clock.due) }
}

/** Detection is exact; the mail waits until those who are told are on duty. Source: response-targets rule 18. */
function escalationOf(
  { clock, step }: Moment & { readonly clock: Clock; readonly step: number },
  { history: { charter }, now }: Waking,
): Omit<NewEscalation, 'eventId'> {
  const rule = charter.escalations[step]
  const duty = rule?.calendar === undefined ? undefined : charter.calendars[rule.calendar]
  const at = Temporal.Instant.fromEpochMilliseconds(now)
  const notifyAt = duty ? (nextOpening(duty, at) ?? at) : at
  return { clock: clock.kind, dueAt: momentOf(clock.due), tell: rule?.tell ?? [], notifyAt: notifyAt.toString() }
}

/** Timers look every second; what is told later than this was not looked at in time, and says so. */
const LATE_MILLISECONDS = 5000

function lateness(milliseconds: number): { readonly late?: string } {
  return milliseconds > LATE_MILLISECONDS ? { late: String(Math.round(milliseconds / 1000)) } : {}
}

function milder({ charter }: History, severity: string): string {
  const at = charter.severities.findIndex(({ id }) => id === severity)
  return charter.severities[at + 1]?.id ?? severity
}

/** What a silent customer reads in his case, and by mail: what we wait for, and in the notice what happens when. */
function letterTo(what: 'reminder' | 'notice', { one, history, moments }: Waking): NewMessage {
  const locale = chooseLocale([one.language], history.charter.languages)
  const say = words(locale)
  const zone = history.vigilance.silence?.calendar.zone ?? history.charter.zone
  const when = (stage: Moment['what']) => {
    const at = moments.find((moment) => moment.what === stage)?.at
    return at === undefined || at === Infinity
      ? ''
      : momentText(Temporal.Instant.fromEpochMilliseconds(at), locale, zone)
  }
  const asked = shortMoment(Temporal.Instant.fromEpochMilliseconds(history.state.pause?.since ?? 0), locale, zone)
  const lowering = when('lowering')
  const body =
    what === 'reminder'
      ? say('reminderText', { asked })
      : lowering
        ? say('noticeText', { asked, lowering, closing: when('closing') })
        : say('noticeClosingText', { asked, closing: when('closing') })
  return {
    messageId: newId(),
    authorKind: 'system',
    authorId: null,
    authorName: history.charter.brand.shortName,
    visibility: 'public',
    body,
  }
}
