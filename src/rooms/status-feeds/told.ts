import type { Locale } from '../../base/locale.ts'
import type { Incident, Post } from '../service-health/index.ts'
import type { FeedSite } from './feed-site.ts'
import type { Told } from './rules/told.ts'

/** Incidents with their posts and the names of their services; one of a service that the charter no longer has keeps its id. */
export function toldOf(
  { services }: Pick<FeedSite, 'services'>,
  { incidents, posts }: { readonly incidents: readonly Incident[]; readonly posts: readonly Post[] },
  locale: Locale,
): readonly Told[] {
  const names = new Map(services.map(({ id, name }) => [id, name[locale]]))
  const byIncident = Map.groupBy(posts, ({ incidentId }) => incidentId)
  return incidents.map((incident) => ({
    incident,
    posts: byIncident.get(incident.incidentId) ?? [],
    serviceName: names.get(incident.service) ?? incident.service,
  }))
}
