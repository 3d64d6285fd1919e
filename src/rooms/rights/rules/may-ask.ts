import type { Charter, SupportType } from '../../entitlements/rules/charter.ts'
import { supportTypeOf } from '../../entitlements/rules/severity.ts'
import { absenceOf } from '../../people/rules/presence.ts'
import type { PresenceFacts } from '../../people/rules/presence.ts'

/** A role for a part of what there is, or for a time; half-open. */
export type Grant = {
  readonly grantId: string
  readonly role: string
  /** Null: whatever the role may ask. */
  readonly supportTypes: readonly string[] | null
  /** Null: for all subscriptions. */
  readonly subscriptionId: string | null
  readonly startsAt: Temporal.Instant
  readonly endsAt: Temporal.Instant
  readonly endedAt: Temporal.Instant | null
}

/** Support an organization bought on top, and how its seats are taken. */
export type AddOn = {
  readonly addOn: string
  readonly seats: number
  readonly taken: number
  /** Whether one of them is this person's. */
  readonly own: boolean
  readonly startsAt: Temporal.Instant
  /** Null: without an end. */
  readonly endsAt: Temporal.Instant | null
}

/** Somebody with all that could entitle him: roles for everything, grants, and what his organization has bought. */
export type Asker = PresenceFacts & {
  readonly roles: readonly string[]
  readonly grants: readonly Grant[]
  readonly addOns: readonly AddOn[]
}

/** What is to be asked: a support type, and the subscription it is about; null where none is named. */
export type Asked = { readonly supportType: string; readonly subscriptionId: string | null }

/** What entitles somebody. A seat that is not his yet is to be taken. */
export type Right = { readonly takesSeat: string | undefined } & (
  | { readonly kind: 'role' | 'partner'; readonly role: string }
  | { readonly kind: 'grant'; readonly role: string; readonly grantId: string; readonly endsAt: Temporal.Instant }
  | { readonly kind: 'add-on'; readonly addOn: string }
  | { readonly kind: 'everyone' }
)

/** Why not, from what is nearest to a yes to what is furthest. */
export const REASONS = [
  'consent-withdrawn',
  'consent-missing',
  'not-offered',
  'add-on-missing',
  'add-on-too-large',
  'no-seat-left',
  'right-ended',
  'delegation-over',
  'delegation-not-begun',
  'other-subscription',
  'role-not-for-type',
  'not-an-administrator',
] as const
export type Reason = (typeof REASONS)[number]

export type Answer =
  | { readonly ok: true; readonly by: Right }
  | { readonly ok: false; readonly why: readonly [Reason, ...Reason[]] }

/**
 * Whether a person may ask for a type of support at a moment, by what, or why not. Delegations count from their first moment
 * up to but not including their last. Source: model page, "Administrator roles and responsibilities", and Business Assist.
 */
export function mayAsk(charter: Charter, asker: Asker, asked: Asked, now: Temporal.Instant): Answer {
  const absence = absenceOf(asker, now)
  if (absence) return no(absence)
  const type = supportTypeOf(charter, asked.supportType)
  if (!type?.channels.includes('portal')) return no('not-offered')
  const bought = type.requires ? boughtOf(type.requires, asker.addOns, now) : undefined
  if (typeof bought === 'string') return no(bought)
  const takesSeat = bought && !bought.own && asker.partnerId === null ? bought.addOn : undefined

  const byRole = roleFor(charter, asker, asked, now)
  if (byRole.ok) return { ok: true, by: { ...byRole.by, takesSeat } }
  if (type.requesters === 'everyone') return { ok: true, by: { kind: 'everyone', takesSeat } }
  if (type.requesters === 'employees' && asker.partnerId === null)
    return {
      ok: true,
      by: bought ? { kind: 'add-on', addOn: bought.addOn, takesSeat } : { kind: 'everyone', takesSeat },
    }
  return byRole
}

function no(...why: [Reason, ...Reason[]]): Answer {
  return { ok: false, why }
}

/** Whether an organization has what a support type requires, whoever of it asks and whatever seats are left. */
export function hasWhatItTakes(
  { requires }: Pick<SupportType, 'requires'>,
  addOns: readonly AddOn[],
  now: Temporal.Instant,
): boolean {
  if (!requires) return true
  const bought = boughtOf(requires, addOns, now)
  return typeof bought !== 'string' || bought === 'no-seat-left'
}

/** The add-on a type requires, if it is bought, small enough, and has a seat; otherwise why not. */
function boughtOf(
  requires: { readonly addOn: string; readonly seats?: number | undefined },
  addOns: readonly AddOn[],
  now: Temporal.Instant,
): AddOn | 'add-on-missing' | 'add-on-too-large' | 'no-seat-left' {
  const found = addOns.find(
    ({ addOn, startsAt, endsAt }) =>
      addOn === requires.addOn && !isAfter(startsAt, now) && (endsAt === null || isAfter(endsAt, now)),
  )
  if (!found) return 'add-on-missing'
  if (requires.seats !== undefined && found.seats > requires.seats) return 'add-on-too-large'
  return found.own || found.taken < found.seats ? found : 'no-seat-left'
}

type ByRole =
  | {
      readonly ok: true
      readonly by:
        | { readonly kind: 'role' | 'partner'; readonly role: string }
        | { readonly kind: 'grant'; readonly role: string; readonly grantId: string; readonly endsAt: Temporal.Instant }
    }
  | Extract<Answer, { ok: false }>

function roleFor(charter: Charter, asker: Asker, asked: Asked, now: Temporal.Instant): ByRole {
  const standing = asker.roles.find((role) => asks(charter, role, asked.supportType))
  if (standing) return { ok: true, by: { kind: asker.partnerId === null ? 'role' : 'partner', role: standing } }
  const looked = asker.grants.map((grant) => ({ grant, why: whyNot(charter, grant, asked, now) }))
  const live = looked.find(({ why }) => why === undefined)?.grant
  if (live) return { ok: true, by: { kind: 'grant', role: live.role, grantId: live.grantId, endsAt: live.endsAt } }
  const reasons = new Set<Reason>(looked.flatMap(({ why }) => why ?? []))
  if (asker.roles.length > 0) reasons.add('role-not-for-type')
  const [first = 'not-an-administrator', ...rest] = REASONS.filter((reason) => reasons.has(reason))
  return { ok: false, why: [first, ...rest] }
}

/** What keeps a grant from counting: above all that it is over, where it would fit otherwise. */
function whyNot(charter: Charter, grant: Grant, asked: Asked, now: Temporal.Instant): Reason | undefined {
  if (!asks(charter, grant.role, asked.supportType)) return 'role-not-for-type'
  if (grant.supportTypes && !grant.supportTypes.includes(asked.supportType)) return 'role-not-for-type'
  if (grant.subscriptionId !== null && grant.subscriptionId !== asked.subscriptionId) return 'other-subscription'
  if (grant.endedAt !== null && !isAfter(grant.endedAt, now)) return 'right-ended'
  if (!isAfter(grant.endsAt, now)) return 'delegation-over'
  return isAfter(grant.startsAt, now) ? 'delegation-not-begun' : undefined
}

function asks({ roles }: Charter, id: string, supportType: string): boolean {
  const role = roles.find((one) => one.id === id)
  return role !== undefined && (role.asks === undefined || role.asks.includes(supportType))
}

function isAfter(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) > 0
}

/**
 * By what somebody has a support type and what comes with it besides the asking: a role of his, or that everybody has it; undefined
 * where he has it not. It takes no seat, and none need be left.
 */
export function holds(
  charter: Charter,
  asker: Asker,
  { supportType, subscriptionIds }: { readonly supportType: string; readonly subscriptionIds: readonly string[] },
  now: Temporal.Instant,
): 'by-role' | 'with-everybody' | undefined {
  const seated = { ...asker, addOns: asker.addOns.map((addOn) => ({ ...addOn, own: true })) }
  const rights = [null, ...subscriptionIds].flatMap((subscriptionId) => {
    const answer = mayAsk(charter, seated, { supportType, subscriptionId }, now)
    return answer.ok ? [answer.by.kind] : []
  })
  if (rights.length === 0) return undefined
  return rights.some((kind) => kind !== 'add-on' && kind !== 'everyone') ? 'by-role' : 'with-everybody'
}

/** The support types that can be asked for online, and for which of them this person may ask now. */
export function typesToAsk(
  charter: Charter,
  asker: Asker,
  subscriptionIds: readonly string[],
  now: Temporal.Instant,
): readonly string[] {
  return charter.supportTypes
    .map(({ id }) => id)
    .filter((supportType) =>
      [null, ...subscriptionIds].some(
        (subscriptionId) => mayAsk(charter, asker, { supportType, subscriptionId }, now).ok,
      ),
    )
}
