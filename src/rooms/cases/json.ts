import type { Locale } from '../../base/locale.ts'
import { becauseText } from '../entitlements/index.ts'
import type { Because, Charter } from '../entitlements/index.ts'
import { writtenTarget } from '../entitlements/index.ts'
import { textFor } from '../service-health/index.ts'
import type { Incident } from '../service-health/index.ts'
import type { ExplainedClock } from './read-case.ts'
import type { OpenedCase } from './open-case.ts'
import type { CaseLine, CaseRow, EventRow, MessageRow } from './tables.ts'

/** What the JSON door shows of this room: moments in UTC, reasons as code and as words in the caller's language. */
export function openedJson({ because, ...opened }: OpenedCase, charter: Charter, locale: Locale) {
  return { ...opened, because: because.map((one) => becauseJson(one, charter, locale)) }
}

function becauseJson(because: Because, charter: Charter, locale: Locale) {
  return { ...because, text: becauseText(because, charter, locale) }
}

export function caseLineJson(line: CaseLine) {
  const {
    number,
    title,
    severity,
    supportType,
    topic,
    waitingFor,
    organizationName: organization,
    assignedName: assigned,
  } = line
  return {
    number,
    title,
    severity,
    supportType,
    topic,
    waitingFor,
    organization,
    assigned,
    openedAt: line.openedAt.toString(),
    closedAt: momentOf(line.closedAt),
    due: momentOf(line.dueAt),
  }
}

export function caseJson(
  one: CaseRow,
  charter: Charter,
  locale: Locale,
  {
    messages,
    events,
    mayBeAbout,
  }: {
    readonly messages: readonly MessageRow[]
    readonly events: readonly EventRow[]
    readonly mayBeAbout: readonly Incident[]
  },
) {
  const {
    number,
    title,
    severity,
    cappedFrom,
    supportType,
    topic,
    businessImpact,
    waitingFor,
    charterVersion,
    language,
  } = one
  return {
    number,
    title,
    severity,
    cappedFrom,
    because: one.because.map((reason) => becauseJson(reason, charter, locale)),
    supportType,
    topic,
    businessImpact,
    language,
    status: one.closedAt ? 'closed' : 'open',
    waitingFor,
    charterVersion,
    organization: one.organizationName,
    requester: one.requesterName,
    assigned: one.assignedName,
    contact: { method: one.contactMethod, phone: one.contactPhone, email: one.contactEmail },
    openedAt: one.openedAt.toString(),
    closedAt: momentOf(one.closedAt),
    initialResponse: clockJson(one, charter),
    mayBeAbout: mayBeAbout.map(({ incidentId: id, title: texts, sourceLanguage: source, outdated }) => ({
      id,
      title: textFor({ texts, source, outdated }, locale).text,
    })),
    messages: messages.map(messageJson),
    events: events.map(({ kind, recordedAt }) => ({ kind, at: recordedAt.toString() })),
  }
}

export function messageJson({
  messageId,
  authorKind,
  authorName,
  visibility,
  body,
  writtenAt,
  attachments,
}: MessageRow) {
  return {
    id: messageId,
    author: { kind: authorKind, name: authorName },
    visibility,
    body,
    writtenAt: writtenAt.toString(),
    attachments,
  }
}

/** Every clock with its segments and its ledger: response-targets rule 20. Moments in UTC. */
export function clocksJson(clocks: readonly ExplainedClock[]) {
  return { clocks: clocks.map(explainedJson) }
}

function explainedJson({ clock, why }: ExplainedClock) {
  const { terms } = clock
  return {
    kind: clock.kind,
    cycle: clock.cycle,
    state: why.state,
    severity: clock.severity,
    startedAt: utc(clock.startedAt),
    countedFrom: momentOf(why.countedFrom ?? null),
    due: momentOf(why.due ?? null),
    pausedSince: utcOrNull(clock.paused?.since),
    metAt: utcOrNull(clock.metAt),
    breachedAt: utcOrNull(clock.breachedAt),
    stoppedAt: utcOrNull(clock.stoppedAt),
    target: terms ? writtenTarget(terms.target) : null,
    calendar: terms?.calendar.id ?? null,
    zone: terms?.calendar.zone ?? null,
    charterVersion: terms?.version ?? null,
    rule: why.rule ?? null,
    segments: why.segments.map(({ kind, from, until, reason }) => ({
      kind,
      from: from.toString(),
      until: until.toString(),
      ...(reason ? { reason } : {}),
    })),
    changes: why.changes.map(({ at, rule, severity, due }) => ({
      at: utc(at),
      rule,
      severity,
      due: due === Infinity ? null : utc(due),
    })),
  }
}

function utc(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at).toString()
}

function utcOrNull(at: number | undefined): string | null {
  return at === undefined ? null : utc(at)
}

function clockJson({ due, charterVersion, closedAt }: CaseRow, charter: Charter) {
  const state = due.metAt ? 'met' : due.breachedAt ? 'breached' : closedAt ? 'stopped' : 'running'
  return {
    kind: 'initial-response',
    state,
    startedAt: due.startedAt.toString(),
    due: due.dueAt.toString(),
    metAt: momentOf(due.metAt),
    breachedAt: momentOf(due.breachedAt),
    target: due.target,
    calendar: due.calendar,
    zone: charter.calendars[due.calendar]?.zone ?? charter.zone,
    charterVersion,
  }
}

function momentOf(at: Temporal.Instant | null): string | null {
  return at === null ? null : at.toString()
}
