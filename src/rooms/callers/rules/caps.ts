/**
 * How often codes may be sent, so that guessing stays hopeless: with five tries a code the odds of a guess are 1.5e-5 a case and
 * 1.0e-4 a person and month.
 */
const CAPS = [
  { of: 'case', most: 3, days: undefined },
  { of: 'person', most: 5, days: 1 },
  { of: 'person', most: 20, days: 30 },
] as const

const DAY = 86_400_000

/** Wrong codes until one is worth nothing any more. */
export const TRIES = 5

/** When codes were sent, in UTC milliseconds: in this case, and to this person in any. */
export type Sent = { readonly inCase: readonly number[]; readonly toPerson: readonly number[] }

/** Whether another code may be sent at `now`; if not, from when on (`undefined`: in this case, never). */
export function mayCode(
  { inCase, toPerson }: Sent,
  now: number,
): { readonly ok: true } | { readonly ok: false; readonly from: number | undefined } {
  const from = CAPS.flatMap(({ of, most, days }) => {
    const since = days === undefined ? -Infinity : now - days * DAY
    const within = (of === 'case' ? inCase : toPerson).filter((at) => at > since).toSorted((a, b) => b - a)
    const oldest = within[most - 1]
    return oldest === undefined ? [] : [days === undefined ? Infinity : oldest + days * DAY]
  })
  if (from.length === 0) return { ok: true }
  const latest = Math.max(...from)
  return { ok: false, from: latest === Infinity ? undefined : latest }
}

/** An address counts as somebody's own once it has been registered so long: who broke in yesterday has not. */
const SETTLED = 3 * DAY

export function isSettled(registeredAt: number, now: number): boolean {
  return now - registeredAt >= SETTLED
}

/** An address as an agent may see it before its owner is known: `a…@havn.example`. */
export function masked(email: string): string {
  const [name = '', host = ''] = email.split('@')
  return `${/^./u.exec(name)?.[0] ?? ''}…@${host}`
}
