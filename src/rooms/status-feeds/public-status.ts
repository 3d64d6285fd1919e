import type { Locale } from '../../base/locale.ts'
import type { Work } from '../../database/work.ts'
import { healthOf, incidentsFor, incidentStates, postsFor } from '../service-health/index.ts'
import type { ServiceHealth } from '../service-health/index.ts'
import type { FeedSite } from './feed-site.ts'
import { componentsOf, incidentIn, indicatorOf } from './rules/statuspage.ts'
import type { Component, Indicator, Page, StatuspageIncident } from './rules/statuspage.ts'
import type { Told } from './rules/told.ts'
import { toldOf } from './told.ts'

/** What anybody may know of an operator's services now and lately, in one language. */
export type PublicStatus = {
  readonly site: FeedSite
  readonly locale: Locale
  readonly now: Temporal.Instant
  readonly page: Page
  readonly indicator: Indicator
  readonly components: readonly Component[]
  readonly incidents: readonly StatuspageIncident[]
  readonly maintenances: readonly StatuspageIncident[]
  readonly told: readonly Told[]
  readonly health: readonly ServiceHealth[]
}

/** As many of the newest as feeds hold; Statuspage's own has fifty too. */
const NEWEST = 50

/** Reads an operator's public status once, for each of the languages asked for. The actor is a visitor: what concerns some is left out. */
export async function publicStatus(
  work: Work,
  site: FeedSite,
  locales: readonly Locale[],
): Promise<readonly PublicStatus[]> {
  const { operatorId } = site
  const incidents = await incidentsFor(work, operatorId, { limit: NEWEST })
  const ids = incidents.map(({ incidentId }) => incidentId)
  const [posts, states, health] = [
    await postsFor(work, operatorId, ids),
    await incidentStates(work, operatorId, ids),
    await healthOf(work, operatorId, site.zone),
  ]
  const byIncident = Map.groupBy(states, ({ incidentId }) => incidentId)
  return locales.map((locale) => {
    const told = toldOf(site, { incidents, posts }, locale)
    const page: Page = {
      id: site.slug,
      name: site.name[locale],
      url: `${site.url}/health`,
      time_zone: site.zone,
      updated_at: latest(
        incidents.map(({ updatedAt }) => updatedAt),
        work.now,
      ).toString(),
    }
    const services = site.services.map(({ id, name }) => ({ id, name: name[locale] }))
    const components = componentsOf(
      services,
      told.filter(({ incident }) => incident.endedAt === null),
      page,
    )
    const all = told.map((one) =>
      incidentIn(one, {
        page,
        locale,
        states: byIncident.get(one.incident.incidentId) ?? [],
        component: components.find(({ id }) => id === one.incident.service),
      }),
    )
    const isMaintenance = (_: unknown, at: number) => told[at]?.incident.kind === 'maintenance'
    return {
      site,
      locale,
      now: work.now,
      page,
      indicator: indicatorOf(components.map(({ status }) => status)),
      components,
      incidents: all.filter((one, at) => !isMaintenance(one, at)),
      maintenances: all.filter(isMaintenance),
      told,
      health,
    }
  })
}

function latest(moments: readonly Temporal.Instant[], now: Temporal.Instant): Temporal.Instant {
  return (
    moments.reduce<Temporal.Instant | undefined>(
      (most, one) => (most && Temporal.Instant.compare(most, one) >= 0 ? most : one),
      undefined,
    ) ?? now
  )
}
