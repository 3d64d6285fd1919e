import type { Service } from '../../entitlements/rules/charter.ts'

/**
 * The services an organization has, by the names of its subscriptions. Where nothing is known of them, it has them all: to hide an
 * outage from somebody it hits is worse than to tell him of one that does not.
 */
export function servicesWith(services: readonly Service[], subscriptions: readonly string[]): readonly Service[] {
  if (subscriptions.length === 0) return services
  const own = new Set(subscriptions.map((name) => name.toLowerCase()))
  return services.filter(
    ({ subscriptions: comesWith }) => comesWith === undefined || comesWith.some((name) => own.has(name.toLowerCase())),
  )
}
