import type { CallChoice } from './promise-call.ts'

/** The call of a case as the JSON door shows it: moments in UTC, waits in minutes. */
export function callJson({ call, offered, slots, forecast }: CallChoice) {
  return {
    call: call
      ? {
          id: call.callId,
          state: call.state,
          phone: call.phone,
          phoneWritten: call.phoneWritten,
          language: call.language,
          zone: call.zone,
          askedAt: utc(call.askedAt),
          at: utcOrNull(call.slotAt ?? (call.state === 'scheduled' ? call.wakeAt : null)),
          place: call.place,
          wait: call.told,
          promisedUntil: utcOrNull(call.promisedUntil),
          calledAt: utcOrNull(call.calledAt),
          misses: call.misses,
        }
      : null,
    offered,
    now: offered ? (forecast?.said ?? { kind: 'unknown' }) : null,
    times: slots.map(({ at }) => utc(at)),
  }
}

function utc(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(Math.round(at)).toString()
}

function utcOrNull(at: number | null): string | null {
  return at === null ? null : utc(at)
}
