import type { Charter } from '../../entitlements/rules/charter.ts'

/** A person as far as it matters who gives rights: partners' people never do. */
export type Managed = {
  readonly personId: string
  readonly roles: readonly string[]
  readonly partnerId: string | null
}

/** Whether somebody gives and ends rights: one of the organization's own people with a role that the charter says does. */
export function manages({ roles }: Charter, person: Pick<Managed, 'roles' | 'partnerId'>): boolean {
  return (
    person.partnerId === null &&
    person.roles.some((held) => roles.some(({ id, manages: gives }) => gives && id === held))
  )
}

/**
 * Whether a person may have exactly these roles: not when that would leave the organization without anybody who gives rights.
 * Unknown roles and a partner's people are refused, too.
 */
export function decideRoles(
  charter: Charter,
  people: readonly Managed[],
  wish: { readonly personId: string; readonly roles: readonly string[] },
): 'ok' | 'not-found' | 'unknown-role' | 'last-administrator' {
  const person = people.find(({ personId }) => personId === wish.personId)
  if (!person || person.partnerId !== null) return 'not-found'
  if (!wish.roles.every((role) => charter.roles.some(({ id }) => id === role))) return 'unknown-role'
  const after = people.map((one) => (one === person ? { ...one, roles: wish.roles } : one))
  const loses = manages(charter, person) && !after.some((one) => manages(charter, one))
  return loses ? 'last-administrator' : 'ok'
}
