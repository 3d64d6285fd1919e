import type { Locale } from '../../../base/locale.ts'
import { isOver } from '../../service-health/rules/states.ts'
import type { Kind, State } from '../../service-health/rules/states.ts'
import { textFor } from '../../service-health/rules/texts.ts'
import { postText } from './graph.ts'
import type { Told, ToldState } from './told.ts'

/** Statuspage API v2, as its clients read it. Moments are ISO 8601 in UTC. */
export type Indicator = 'none' | 'minor' | 'major' | 'critical' | 'maintenance'
export type ComponentStatus =
  | 'operational'
  | 'under_maintenance'
  | 'degraded_performance'
  | 'partial_outage'
  | 'major_outage'
export type IncidentStatus = 'investigating' | 'identified' | 'monitoring' | 'resolved' | 'postmortem'
export type MaintenanceStatus = 'scheduled' | 'in_progress' | 'verifying' | 'completed'

export type Page = {
  readonly id: string
  readonly name: string
  readonly url: string
  readonly time_zone: string
  readonly updated_at: string
}

export type Component = {
  readonly id: string
  readonly name: string
  readonly status: ComponentStatus
  readonly created_at: string
  readonly updated_at: string
  readonly position: number
  readonly description: null
  readonly showcase: boolean
  readonly start_date: null
  readonly group_id: null
  readonly page_id: string
  readonly group: boolean
  readonly only_show_if_degraded: boolean
}

/** From worst to best. */
const WORST: readonly ComponentStatus[] = [
  'major_outage',
  'partial_outage',
  'degraded_performance',
  'under_maintenance',
  'operational',
]

/** What an open incident does to its component. */
export function componentStatusOf(kind: Kind, state: State): ComponentStatus {
  if (isOver(state) || state === 'serviceOperational') return 'operational'
  if (kind === 'maintenance') return 'under_maintenance'
  switch (state) {
    case 'serviceInterruption':
      return 'major_outage'
    case 'extendedRecovery':
      return 'partial_outage'
    default:
      return 'degraded_performance'
  }
}

export function worstOf(statuses: readonly ComponentStatus[]): ComponentStatus {
  return WORST.find((one) => statuses.includes(one)) ?? 'operational'
}

/** How all of it is: what the widget shows. */
export function indicatorOf(components: readonly ComponentStatus[]): Indicator {
  switch (worstOf(components)) {
    case 'major_outage':
      return components.every((one) => one === 'major_outage') ? 'critical' : 'major'
    case 'partial_outage':
      return 'major'
    case 'degraded_performance':
      return 'minor'
    case 'under_maintenance':
      return 'maintenance'
    case 'operational':
      return 'none'
  }
}

export function incidentStatusOf(state: State): IncidentStatus {
  switch (state) {
    case 'investigating':
    case 'investigationSuspended':
    case 'serviceOperational':
      return 'investigating'
    case 'serviceDegradation':
    case 'serviceInterruption':
    case 'restoringService':
    case 'extendedRecovery':
      return 'identified'
    case 'verifyingService':
      return 'monitoring'
    case 'serviceRestored':
    case 'falsePositive':
      return 'resolved'
    case 'postIncidentReviewPublished':
      return 'postmortem'
  }
}

export function maintenanceStatusOf(state: State): MaintenanceStatus {
  if (state === 'serviceOperational') return 'scheduled'
  if (state === 'verifyingService') return 'verifying'
  return isOver(state) ? 'completed' : 'in_progress'
}

/** How bad an incident was at its worst. */
function impactOf(kind: Kind, states: readonly ToldState[]): Indicator {
  if (kind === 'maintenance') return 'maintenance'
  if (states.some(({ state }) => state === 'serviceInterruption')) return 'critical'
  if (kind === 'incident') return 'major'
  return 'minor'
}

type Of = {
  readonly page: Page
  readonly locale: Locale
  readonly states: readonly ToldState[]
  readonly component: Component | undefined
}

/** An incident or a maintenance with its posts; the first update is its impact as it was declared, for a list without posts says nothing. */
export function incidentIn({ incident, posts }: Told, { page, locale, states, component }: Of) {
  const { incidentId: id, kind, state } = incident
  const text = (texts: typeof incident.title) =>
    textFor({ texts, source: incident.sourceLanguage, outdated: incident.outdated }, locale).text
  const stateAt = (at: Temporal.Instant) =>
    states.findLast((one) => Temporal.Instant.compare(one.at, at) <= 0)?.state ?? states[0]?.state ?? state
  const statusOf = (one: State) => (kind === 'maintenance' ? maintenanceStatusOf(one) : incidentStatusOf(one))
  const first = (states.find(({ state: one }) => one === 'verifyingService')?.at ?? null)?.toString() ?? null
  const created = (incident.publishedAt ?? incident.startedAt).toString()
  const update = (updateId: string, body: string, at: Temporal.Instant) => ({
    id: updateId,
    status: statusOf(stateAt(at)),
    body,
    incident_id: id,
    created_at: at.toString(),
    updated_at: at.toString(),
    display_at: at.toString(),
    affected_components: component ? [{ code: component.id, name: component.name }] : [],
  })
  return {
    id,
    name: text(incident.title),
    status: statusOf(state),
    created_at: created,
    updated_at: incident.updatedAt.toString(),
    monitoring_at: kind === 'maintenance' ? null : first,
    resolved_at: incident.endedAt?.toString() ?? null,
    impact: impactOf(kind, states),
    shortlink: `${page.url}/incidents/${id}`,
    started_at: incident.startedAt.toString(),
    page_id: page.id,
    incident_updates: [
      ...posts.flatMap((post) =>
        post.publishedAt ? [update(post.postId, postText(post, locale), post.publishedAt)] : [],
      ),
      update(id, text(incident.impact), incident.publishedAt ?? incident.startedAt),
    ],
    components: component ? [component] : [],
    ...(kind === 'maintenance'
      ? {
          scheduled_for: incident.startedAt.toString(),
          scheduled_until: (incident.plannedEndAt ?? incident.endedAt)?.toString() ?? null,
        }
      : {}),
  }
}

export type StatuspageIncident = ReturnType<typeof incidentIn>

/** One component for each service, as bad as its worst open incident. */
export function componentsOf(
  services: readonly { readonly id: string; readonly name: string }[],
  open: readonly Told[],
  page: Page,
): readonly Component[] {
  return services.map(({ id, name }, position) => ({
    id,
    name,
    status: worstOf(
      open
        .filter(({ incident }) => incident.service === id)
        .map(({ incident }) => componentStatusOf(incident.kind, incident.state)),
    ),
    created_at: page.updated_at,
    updated_at: page.updated_at,
    position: position + 1,
    description: null,
    showcase: true,
    start_date: null,
    group_id: null,
    page_id: page.id,
    group: false,
    only_show_if_degraded: false,
  }))
}
