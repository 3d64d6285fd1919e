import type { Locale } from '../../../base/locale.ts'
import { HealthEntry } from '../../../ui/health-line.tsx'
import { shortMoment, tagOf } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { healthItems, serviceName } from '../index.ts'
import type { Incident, Report, ServiceHealth } from '../index.ts'
import { words } from '../messages/words.ts'
import { isOver } from '../rules/states.ts'

type Props = {
  visit: Visit
  health: readonly ServiceHealth[]
  /** Those of the last 30 days, and what is open or planned. */
  incidents: readonly Incident[]
  reports: readonly Omit<Report, 'organization'>[]
  now: Temporal.Instant
}

/** A customer's services now and in the last 30 days. */
export function HealthPage(props: Props & { said: string | undefined }) {
  const { visit, said } = props
  const say = words(visit.locale)
  return (
    <Shell visit={visit} title={say('title')} current="health">
      <h1>{say('title')}</h1>
      {said === 'reported' ? (
        <p class="notice" role="status">
          {say('reported')}
        </p>
      ) : null}
      {visit.person ? (
        <live-queue
          changes={visit.link('/health/changes')}
          src={visit.link('/health?part=now')}
          changed={say('changed')}
          spread="800"
        >
          <HealthNow {...props} />
        </live-queue>
      ) : (
        <HealthNow {...props} />
      )}
    </Shell>
  )
}

/** Everything that changes: fetched anew while the page is open. */
export function HealthNow({ visit, health, incidents, reports, now }: Props) {
  const { locale, zone } = visit
  const say = words(locale)
  const services = health.map(({ service }) => service)
  const open = incidents.filter(({ endedAt, state }) => endedAt === null && state !== 'serviceOperational')
  const planned = incidents.filter(({ state }) => state === 'serviceOperational')
  const past = incidents.filter(({ endedAt }) => endedAt !== null)
  return (
    <>
      <section aria-labelledby="now">
        <h2 id="now">{open.length > 0 ? say('openTitle', { count: open.length }) : say('wellTitle')}</h2>
        <List visit={visit} services={services} incidents={open} />
        <p class="actions">
          {visit.actor.kind === 'agent' ? null : (
            <a class="button" href={visit.link('/health/report')}>
              {say('reportTitle')}
            </a>
          )}{' '}
          {visit.actor.kind === 'member' ? <a href={visit.link('/health/subscriptions')}>{say('subscribe')}</a> : null}{' '}
          <span class="hint">{say('asOf', { moment: shortMoment(now, locale, zone) })}</span>
        </p>
      </section>
      <section aria-labelledby="services">
        <h2 id="services">{say('servicesTitle')}</h2>
        <p class="hint">{say('uptimeHint')}</p>
        <ul class="service-health">
          {health.map((one) => (
            <ServiceItem visit={visit} one={one} />
          ))}
        </ul>
        <Legend locale={locale} />
      </section>
      {planned.length > 0 ? (
        <section aria-labelledby="planned">
          <h2 id="planned">{say('plannedTitle')}</h2>
          <List visit={visit} services={services} incidents={planned} />
        </section>
      ) : null}
      <section aria-labelledby="past">
        <h2 id="past">{say('pastTitle')}</h2>
        {past.length > 0 ? <List visit={visit} services={services} incidents={past} /> : <p>{say('pastNone')}</p>}
      </section>
      {reports.length > 0 ? <Reports visit={visit} services={services} reports={reports} /> : null}
    </>
  )
}

function List({
  visit,
  services,
  incidents,
}: {
  visit: Visit
  services: readonly ServiceHealth['service'][]
  incidents: readonly Incident[]
}) {
  if (incidents.length === 0) return null
  return (
    <ul class="incidents">
      {healthItems(visit, services, incidents).map((item) => (
        <HealthEntry visit={visit} item={item} />
      ))}
    </ul>
  )
}

const DAY = 10
const HEIGHT = 28

/** A bar a day, as high as it was bad, so that no colour is needed; the table beneath has the same figures. */
function ServiceItem({ visit, one }: { visit: Visit; one: ServiceHealth }) {
  const { locale } = visit
  const say = words(locale)
  const { service, state, days, uptime } = one
  const id = `uptime-${service.id}`
  const hit = days.filter(({ worst }) => worst !== 'well')
  return (
    <li>
      <h3>
        {service.name[locale]}{' '}
        <span class={`health-state health-state-${levelOf(state)}`}>{say(`state.${state}`)}</span>
      </h3>
      <svg
        class="uptime"
        viewBox={`0 0 ${days.length * DAY} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-labelledby={`${id}-title`}
      >
        <title id={`${id}-title`}>
          {say('uptimeText', { uptime: shareText(uptime, locale), service: service.name[locale], count: hit.length })}
        </title>
        {days.map(({ worst }, at) => (
          <rect
            class={`day day-${worst}`}
            x={at * DAY + 1}
            width={DAY - 2}
            y={HEIGHT - TALL[worst]}
            height={TALL[worst]}
          />
        ))}
      </svg>
      <p class="hint uptime-scale">
        <span>{dayText(days[0]?.date, locale)}</span>
        <span>{say('uptimeShare', { uptime: shareText(uptime, locale) })}</span>
        <span>{say('today')}</span>
      </p>
      <details>
        <summary>
          {say('dayByDay')} <span class="visually-hidden">{service.name[locale]}</span>
        </summary>
        <div class="scroll" tabindex={0} role="region" aria-label={say('daysTitle', { service: service.name[locale] })}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('day')}</th>
                <th scope="col">{say('worst')}</th>
                <th scope="col">{say('minutesDown')}</th>
                <th scope="col">{say('minutesDegraded')}</th>
              </tr>
            </thead>
            <tbody>
              {days.toReversed().map(({ date, worst, downFor, degradedFor }) => (
                <tr>
                  <th scope="row">{dayText(date, locale)}</th>
                  <td>{say(`level.${worst}`)}</td>
                  <td>{minutesText(downFor, locale)}</td>
                  <td>{minutesText(degradedFor, locale)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </li>
  )
}

const TALL = { well: 8, maintenance: 14, degraded: 20, down: HEIGHT } as const

function levelOf(state: Incident['state']): 'well' | 'down' | 'degraded' {
  if (state === 'serviceInterruption') return 'down'
  return state === 'serviceOperational' || isOver(state) ? 'well' : 'degraded'
}

function Legend({ locale }: { locale: Locale }) {
  const say = words(locale)
  return (
    <p class="hint uptime-legend" aria-hidden="true">
      {(['well', 'maintenance', 'degraded', 'down'] as const).map((level) => (
        <span class={`day-${level}`}>{say(`level.${level}`)}</span>
      ))}
    </p>
  )
}

/** A day of the last month: its year goes without saying. */
function dayText(date: string | undefined, locale: Locale): string {
  if (date === undefined) return ''
  return Temporal.PlainDate.from(date).toLocaleString(tagOf(locale), { day: 'numeric', month: 'short' })
}

/** Never rounded up to 100 %: a minute of outage is one. */
function shareText(share: number, locale: Locale): string {
  const floored = Math.floor(share * 10_000) / 10_000
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 2 }).format(floored)
}

function minutesText(milliseconds: number, locale: Locale): string {
  return new Intl.NumberFormat(locale).format(Math.ceil(milliseconds / 60_000))
}

function Reports({
  visit,
  services,
  reports,
}: {
  visit: Visit
  services: readonly ServiceHealth['service'][]
  reports: Props['reports']
}) {
  const { locale, zone } = visit
  const say = words(locale)
  return (
    <section aria-labelledby="reports">
      <h2 id="reports">{say('reportsTitle')}</h2>
      <ul>
        {reports.map(({ service, symptom, reportedAt, incidentId }) => (
          <li>
            {serviceName(services, service, locale)}: {symptom}{' '}
            <span class="hint">{shortMoment(reportedAt, locale, zone)}</span>{' '}
            {incidentId ? <a href={visit.link(`/health/incidents/${incidentId}`)}>{say('reportBecame')}</a> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
