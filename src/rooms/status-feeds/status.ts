import type { Locale } from '../../base/locale.ts'
import type { Reader, Visitor } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { incidentsFor, incidentStates, postsFor, servicesOf } from '../service-health/index.ts'
import type { FeedSite } from './feed-site.ts'
import { words } from './messages/words.ts'
import { componentsOf, incidentIn, indicatorOf } from './rules/statuspage.ts'
import type { Component, Indicator, Page, StatuspageIncident } from './rules/statuspage.ts'
import type { Told } from './rules/told.ts'
import { toldOf } from './told.ts'

/** Whose health it is, where it is not told to everybody. */
export type Owner = { readonly organizationId: string; readonly name: string }

/** What the readers of one page may know of services now and lately, in one language: of all of an operator's, or of an organization's own. */
export type Status = {
  readonly site: FeedSite
  /** Undefined for what anybody may know. */
  readonly owner: Owner | undefined
  /** The address below which its documents stand, in a folder for each language; without a slash at its end. */
  readonly base: string
  readonly locale: Locale
  readonly now: Temporal.Instant
  readonly page: Page
  readonly indicator: Indicator
  readonly components: readonly Component[]
  readonly incidents: readonly StatuspageIncident[]
  readonly maintenances: readonly StatuspageIncident[]
  readonly told: readonly Told[]
}

/** As many of the newest as feeds hold; Statuspage's own has fifty too. */
const NEWEST = 50

/**
 * Reads once, for each of the languages asked for, what the actor may know: a visitor what everybody may, a reader what concerns his
 * organization and no other.
 */
export async function statusIn(
  work: Work<Visitor | Reader>,
  { site, owner, base, locales }: Pick<Status, 'site' | 'owner' | 'base'> & { readonly locales: readonly Locale[] },
): Promise<readonly Status[]> {
  const { operatorId } = site
  const incidents = await incidentsFor(work, operatorId, { limit: NEWEST })
  const ids = incidents.map(({ incidentId }) => incidentId)
  const [posts, states, own] = [
    await postsFor(work, operatorId, ids),
    await incidentStates(work, operatorId, ids),
    await servicesOf(work, operatorId),
  ]
  const byIncident = Map.groupBy(states, ({ incidentId }) => incidentId)
  return locales.map((locale) => {
    const told = toldOf(site, { incidents, posts }, locale)
    const page: Page = {
      id: owner?.organizationId ?? site.slug,
      name: owner ? words(locale)('ownName', { owner: owner.name, operator: site.name[locale] }) : site.name[locale],
      url: `${site.url}/health`,
      time_zone: site.zone,
      updated_at: latest(
        incidents.map(({ updatedAt }) => updatedAt),
        work.now,
      ).toString(),
    }
    const services = own.map(({ id, name }) => ({ id, name: name[locale] }))
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
      owner,
      base,
      locale,
      now: work.now,
      page,
      indicator: indicatorOf(components.map(({ status }) => status)),
      components,
      incidents: all.filter((one, at) => !isMaintenance(one, at)),
      maintenances: all.filter(isMaintenance),
      told,
    }
  })
}

/** The last of these moments; of none the day that has begun, so that what is the same is written the same. */
function latest(moments: readonly Temporal.Instant[], now: Temporal.Instant): Temporal.Instant {
  const [first, ...rest] = moments
  if (!first) return now.round({ smallestUnit: 'hour', roundingIncrement: 24, roundingMode: 'floor' })
  return rest.reduce((most, one) => (Temporal.Instant.compare(most, one) >= 0 ? most : one), first)
}
