import type { HealthItem } from '../../ui/health-line.tsx'
import type { Visit } from '../../ui/visit.ts'
import type { Service } from '../entitlements/index.ts'
import { words } from './messages/words.ts'
import { textFor } from './rules/texts.ts'
import type { Incident } from './store.ts'

/** Incidents in a reader's language, as lines of a page; his own where there is one, else the one they were written in. */
export function healthItems(
  { locale }: Pick<Visit, 'locale'>,
  services: readonly Service[],
  incidents: readonly Incident[],
): readonly HealthItem[] {
  const say = words(locale)
  return incidents.map(({ title, impact, sourceLanguage: source, outdated, ...one }) => {
    const shown = textFor({ texts: title, source, outdated }, locale)
    return {
      incidentId: one.incidentId,
      service: serviceName(services, one.service, locale),
      title: shown.text,
      impact: textFor({ texts: impact, source, outdated }, shown.language).text,
      language: shown.language,
      kind: say(`kind.${one.kind}`),
      state: say(`state.${one.state}`),
      startedAt: one.startedAt,
      until: (one.state === 'serviceOperational' ? one.plannedEndAt : one.endedAt) ?? undefined,
      isPlanned: one.state === 'serviceOperational',
    }
  })
}

export function serviceName(services: readonly Service[], id: string, locale: Visit['locale']): string {
  return services.find((service) => service.id === id)?.name[locale] ?? id
}
