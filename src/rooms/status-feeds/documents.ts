import ICAL from 'ical.js'
import { Feed } from 'feed'
import { words } from './messages/words.ts'
import type { StatuspageIncident } from './rules/statuspage.ts'
import type { Status } from './status.ts'
import { impactIn, postIn, titleIn } from './shown.ts'
import type { ShownText } from './shown.ts'
import { statusPage } from './web/status-page.tsx'

/** A file of a status: what it is, and its bytes as text. */
export type Document = { readonly contentType: string; readonly text: string }

const JSON_TYPE = 'application/json; charset=utf-8'
const isOpen = ({ resolved_at: resolved }: StatuspageIncident) => resolved === null
const hasBegun = ({ status }: StatuspageIncident) => status !== 'scheduled'

/** Every file of a status by its path: Statuspage v2 JSON, Atom, RSS, ICS and a page. The same from the app and as static files. */
export const DOCUMENTS: Readonly<Record<string, (status: Status) => Document>> = {
  'api/v2/summary.json': (status) =>
    json(status, {
      components: status.components,
      incidents: status.incidents.filter(isOpen),
      scheduled_maintenances: status.maintenances.filter(isOpen),
      status: overall(status),
    }),
  'api/v2/status.json': (status) => json(status, { status: overall(status) }),
  'api/v2/components.json': (status) => json(status, { components: status.components }),
  'api/v2/incidents.json': (status) => json(status, { incidents: status.incidents }),
  'api/v2/incidents/unresolved.json': (status) => json(status, { incidents: status.incidents.filter(isOpen) }),
  'api/v2/scheduled-maintenances.json': (status) => json(status, { scheduled_maintenances: status.maintenances }),
  'api/v2/scheduled-maintenances/upcoming.json': (status) =>
    json(status, { scheduled_maintenances: status.maintenances.filter((one) => isOpen(one) && !hasBegun(one)) }),
  'api/v2/scheduled-maintenances/active.json': (status) =>
    json(status, { scheduled_maintenances: status.maintenances.filter((one) => isOpen(one) && hasBegun(one)) }),
  'feed.atom': (status) => ({ contentType: 'application/atom+xml; charset=utf-8', text: feedOf(status).atom1() }),
  'feed.rss': (status) => ({ contentType: 'application/rss+xml; charset=utf-8', text: feedOf(status).rss2() }),
  'maintenance.ics': (status) => ({ contentType: 'text/calendar; charset=utf-8', text: calendarOf(status) }),
  'index.html': (status) => ({ contentType: 'text/html; charset=utf-8', text: statusPage(status) }),
}

/** Of an organization's own the one that says when it was written, and all of them: as few as will do, for there may be thousands. */
export const OWN_PAGE = documentsAt('index.html')
export const OWN_DOCUMENTS = documentsAt(
  'index.html',
  'feed.atom',
  'feed.rss',
  'maintenance.ics',
  'api/v2/summary.json',
  'api/v2/incidents.json',
)

function documentsAt(...paths: readonly string[]): typeof DOCUMENTS {
  return Object.fromEntries(Object.entries(DOCUMENTS).filter(([path]) => paths.includes(path)))
}

function json({ page }: Status, members: object): Document {
  return { contentType: JSON_TYPE, text: JSON.stringify({ page, ...members }) }
}

function overall({ indicator, locale }: Status) {
  return { indicator, description: words(locale)(`indicator.${indicator}`) }
}

/** One entry for each post, and one for the declaration; ids stay what they are. */
function feedOf({ told, page, site, owner, base, locale }: Status): Feed {
  const here = `${base}/${locale}`
  const whose = owner ? `${site.slug}:${owner.organizationId}` : site.slug
  const feed = new Feed({
    id: `urn:svar:${whose}:status:${locale}`,
    title: words(locale)('feedTitle', { name: page.name }),
    link: page.url,
    language: locale,
    updated: dateOf(Temporal.Instant.from(page.updated_at)),
    generator: 'Svar',
    feedLinks: { atom: `${here}/feed.atom`, rss: `${here}/feed.rss` },
    copyright: page.name,
    author: { name: page.name },
  })
  const entries = told.flatMap((one) => {
    const { incident, posts, serviceName } = one
    const link = `${page.url}/incidents/${incident.incidentId}`
    const heading = `${serviceName}: ${titleIn(one, locale).text}`
    const declaredAt = incident.publishedAt ?? incident.startedAt
    return [
      { id: incident.incidentId, at: declaredAt, shown: impactIn(one, locale), heading, link },
      ...posts.flatMap((post) => {
        const { postId: id, publishedAt: at } = post
        return at ? [{ id, at, shown: postIn(post, locale), heading, link: `${link}#${id}` }] : []
      }),
    ]
  })
  for (const { id, at, shown, heading, link } of entries
    .toSorted((a, b) => Temporal.Instant.compare(b.at, a.at))
    .slice(0, MOST_ENTRIES))
    feed.addItem({
      id: `urn:uuid:${id}`,
      guid: `urn:uuid:${id}`,
      title: escaped(heading),
      link,
      description: content(shown),
      content: content(shown),
      date: dateOf(at),
    })
  return feed
}

const MOST_ENTRIES = 100

function dateOf(at: Temporal.Instant): Date {
  return new Date(at.epochMilliseconds)
}

/** What somebody wrote, and whether it is in another language than asked for. */
function content({ text, note }: ShownText): string {
  return paragraphs(note === '' ? text : `${text}\n\n${note}`)
}

/** Plain text as the HTML that feed readers take every text for. */
function paragraphs(text: string): string {
  return escaped(text)
    .split(/\n{2,}/)
    .map((part) => `<p>${part.replaceAll('\n', '<br>')}</p>`)
    .join('')
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Planned maintenance as a calendar to subscribe to; what was called off is said so. */
function calendarOf({ told, page, site, locale }: Status): string {
  const calendar = new ICAL.Component('vcalendar')
  calendar.updatePropertyWithValue('version', '2.0')
  calendar.updatePropertyWithValue('prodid', `-//Svar//${site.slug}//EN`)
  calendar.updatePropertyWithValue('x-wr-calname', words(locale)('calendarTitle', { name: page.name }))
  for (const one of told) {
    const { incident, serviceName } = one
    if (incident.kind !== 'maintenance') continue
    const { text, note } = impactIn(one, locale)
    const event = new ICAL.Component('vevent')
    event.updatePropertyWithValue('uid', `${incident.incidentId}@${site.slug}.svar`)
    event.updatePropertyWithValue('dtstamp', utc(incident.updatedAt))
    event.updatePropertyWithValue('dtstart', utc(incident.startedAt))
    event.updatePropertyWithValue('dtend', utc(incident.endedAt ?? incident.plannedEndAt ?? incident.startedAt))
    event.updatePropertyWithValue('summary', `${serviceName}: ${titleIn(one, locale).text}`)
    event.updatePropertyWithValue('description', note === '' ? text : `${text}\n\n${note}`)
    event.updatePropertyWithValue('url', `${page.url}/incidents/${incident.incidentId}`)
    event.updatePropertyWithValue('status', incident.state === 'falsePositive' ? 'CANCELLED' : 'CONFIRMED')
    calendar.addSubcomponent(event)
  }
  return `${calendar.toString()}\r\n`
}

function utc(at: Temporal.Instant): ICAL.Time {
  return ICAL.Time.fromJSDate(new Date(at.epochMilliseconds), true)
}
