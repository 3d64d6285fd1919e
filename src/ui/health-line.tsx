import type { Words } from '../base/locale.ts'
import { words } from './messages/words.ts'
import { shortMoment } from './moments.ts'
import type { Visit } from './visit.ts'

type Line = {
  readonly service: string
  readonly kind: 'incident' | 'advisory'
  readonly title: Words
  readonly impact: Words
  readonly startedAt: Temporal.Instant
}

/** What is not well now, before anybody types a word; or that nothing is known to be wrong. */
export function HealthLine({
  visit,
  incidents,
  services,
}: {
  visit: Visit
  incidents: readonly Line[]
  services: readonly { id: string; name: Words }[]
}) {
  const { locale, zone } = visit
  const say = words(locale)
  if (incidents.length === 0) {
    return (
      <p class="health health-well">
        <span aria-hidden="true">✓</span> {say('healthWell')}
      </p>
    )
  }
  return (
    <section class="health health-ill" aria-labelledby="health-title">
      <h2 id="health-title">{say('healthIll', { count: incidents.length })}</h2>
      <ul>
        {incidents.map(({ service, kind, title, impact, startedAt }) => (
          <li>
            <strong>
              {services.find(({ id }) => id === service)?.name[locale] ?? service}: {title[locale]}
            </strong>{' '}
            <span class="hint">
              {say(kind)} · {say('healthSince', { moment: shortMoment(startedAt, locale, zone) })}
            </span>
            <br />
            {impact[locale]}
          </li>
        ))}
      </ul>
    </section>
  )
}
