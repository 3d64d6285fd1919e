import type { Service } from '../../entitlements/rules/charter.ts'
import { servicesWith } from '../../service-health/rules/services.ts'

/** Whom an incident is told to. */
export type Reach = {
  readonly service: string
  /** Null: everybody. */
  readonly organizations: readonly string[] | null
  /** ISO 3166-1 alpha-2; null: everywhere. */
  readonly regions: readonly string[] | null
}

/** Somebody who may be told: where he is, what his organization has, and what he asked for. */
export type Listener = {
  readonly organizationId: string
  readonly country: string
  /** Names of what his organization has bought. */
  readonly subscriptions: readonly string[]
  /** Services he chose; null: those his organization has. */
  readonly services: readonly string[] | null
  /** Whether he follows this very incident, whatever its service. */
  readonly follows: boolean
}

/** Whether somebody is told of an incident: it concerns his organization, and he follows it or listens to its service. */
export function isTold(reach: Reach, listener: Listener, services: readonly Service[]): boolean {
  return concerns(reach, listener) && (listener.follows || listensTo(reach.service, listener, services))
}

function concerns({ organizations, regions }: Reach, { organizationId, country }: Listener): boolean {
  return (organizations?.includes(organizationId) ?? true) && (regions?.includes(country) ?? true)
}

function listensTo(service: string, listener: Listener, services: readonly Service[]): boolean {
  if (listener.services) return listener.services.includes(service)
  return servicesWith(services, listener.subscriptions).some(({ id }) => id === service)
}
