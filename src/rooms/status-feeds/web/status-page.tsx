import { createHash } from 'node:crypto'
import { raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Locale } from '../../../base/locale.ts'
import { shortMoment, zonedMoment } from '../../../ui/moments.ts'
import type { Status } from '../status.ts'
import type { StatuspageIncident } from '../rules/statuspage.ts'
import { words } from '../messages/words.ts'
import type { Told } from '../rules/told.ts'
import { impactIn, postIn, titleIn } from '../shown.ts'

const STYLE = `:root{color-scheme:light dark;--ink:#1f1f1f;--quiet:#5c5c5c;--paper:#fff;--ground:#fafafa;--line:#d6d6d6;--well:#0e700e;--off:#bc4b09;--down:#b10e1c;--link:#0f5ca8}
@media (prefers-color-scheme:dark){:root{--ink:#f5f5f5;--quiet:#b8b8b8;--paper:#292929;--ground:#1f1f1f;--line:#525252;--well:#7ec97e;--off:#faa06b;--down:#f1707b;--link:#79b8f3}}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 system-ui,"Open Sans","Noto Sans","Noto Sans SC",sans-serif}
main{max-width:46rem;margin:0 auto;padding:2rem 1rem 4rem}
section,article{background:var(--paper);border:1px solid var(--line);border-radius:.5rem;padding:1rem 1.25rem;margin-block:1rem}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin:0 0 .5rem}h3{font-size:1.05rem;margin:0}
ul{list-style:none;margin:0;padding:0}li{display:flex;justify-content:space-between;gap:1rem;padding-block:.35rem;border-top:1px solid var(--line)}
li:first-child{border-top:0}li strong{white-space:nowrap}p{margin:.35rem 0}small,.quiet{color:var(--quiet);font-size:.875rem}a{color:var(--link)}
.operational{color:var(--well)}.under_maintenance,.degraded_performance,.partial_outage{color:var(--off)}.major_outage{color:var(--down)}
.text{white-space:pre-line}#stale{border-color:var(--down)}[hidden]{display:none}nav a{margin-inline-end:1rem}`

/** Says how old the page is where somebody else serves it and Svar no longer renews it. */
const SCRIPT = `const s=document.getElementById('stale');const look=()=>{const m=Math.floor((Date.now()-Date.parse(s.dataset.at))/6e4);s.hidden=m<15;s.textContent=s.dataset.says.replace('{minutes}',m)};look();setInterval(look,3e4)`

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** What the page may do, wherever it is served: show itself. */
export const STATUS_PAGE_POLICY = `default-src 'none'; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; base-uri 'none'; form-action 'none'`

/** A status as one file that needs nothing else, so that it can be served when Svar is down. */
export function statusPage(status: Status): string {
  const { locale, site, owner, base, now, page, components, incidents, maintenances } = status
  const say = words(locale)
  const open = incidents.filter(({ resolved_at: resolved }) => resolved === null)
  const over = incidents.filter(({ resolved_at: resolved }) => resolved !== null)
  const planned = maintenances.filter(({ resolved_at: resolved }) => resolved === null)
  const title = say('title', { name: page.name })
  const moment = (at: string) => shortMoment(Temporal.Instant.from(at), locale, site.zone)
  const toldOf = ({ id }: StatuspageIncident) => status.told.find(({ incident }) => incident.incidentId === id)
  const stale = { 'data-at': now.toString(), 'data-says': say('stale', { minutes: '{minutes}' }) }
  const document = (
    <html lang={locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="content-security-policy" content={STATUS_PAGE_POLICY} />
        {owner ? (
          <>
            <meta name="robots" content="noindex, nofollow" />
            <meta name="referrer" content="no-referrer" />
          </>
        ) : null}
        <title>{title}</title>
        <link rel="alternate" type="application/atom+xml" href={`${base}/${locale}/feed.atom`} />
        <style>{raw(STYLE)}</style>
      </head>
      <body>
        <main>
          <h1>{title}</h1>
          <p id="stale" hidden role="status" {...stale}></p>
          <section>
            <h2>{say(`indicator.${status.indicator}`)}</h2>
            <ul aria-label={say('services')}>
              {components.map(({ name, status: how }) => (
                <li>
                  <span>{name}</span>
                  <strong class={how}>{say(`component.${how}`)}</strong>
                </li>
              ))}
            </ul>
          </section>
          <h2>{say('now')}</h2>
          {open.length === 0 ? (
            <p>{say('nothing')}</p>
          ) : (
            open.map((one) => <One one={one} told={toldOf(one)} moment={moment} locale={locale} />)
          )}
          {planned.length > 0 ? (
            <>
              <h2>{say('planned')}</h2>
              {planned.map((one) => (
                <One one={one} told={toldOf(one)} moment={moment} locale={locale} />
              ))}
            </>
          ) : null}
          {over.length > 0 ? (
            <>
              <h2>{say('lately')}</h2>
              {over.map((one) => (
                <One one={one} told={toldOf(one)} moment={moment} locale={locale} />
              ))}
            </>
          ) : null}
          <nav>
            <a href={page.url}>{say(owner ? 'ownFull' : 'full')}</a>{' '}
            <a href={`${base}/${locale}/feed.atom`}>{say('atom')}</a>{' '}
            <a href={`${base}/${locale}/feed.rss`}>{say('rss')}</a>{' '}
            <a href={`${base}/${locale}/maintenance.ics`}>{say('calendar')}</a>
          </nav>
          {owner ? <p class="quiet">{say('ownNote', { owner: owner.name })}</p> : null}
          <p class="quiet">{say('updated', { moment: zonedMoment(now, locale, site.zone) })}</p>
        </main>
        <script>{raw(SCRIPT)}</script>
      </body>
    </html>
  )
  return `<!doctype html>${document as HtmlEscapedString}`
}

type OneProps = { one: StatuspageIncident; told: Told | undefined; moment: (at: string) => string; locale: Locale }

/** An incident with what was said about it; a text in another language than the page's says so. */
function One({ one, told, moment, locale }: OneProps) {
  const say = words(locale)
  const { name, components, started_at: started, resolved_at: resolved, incident_updates: updates } = one
  const until = 'scheduled_until' in one ? one.scheduled_until : undefined
  const when = resolved
    ? say('over', { moment: moment(resolved) })
    : until
      ? say('fromUntil', { from: moment(started), until: moment(until) })
      : say('since', { moment: moment(started) })
  const posts = new Map(told?.posts.map((post) => [post.postId, postIn(post, locale)]))
  const impact = told && impactIn(told, locale)
  return (
    <article>
      <h3>
        {components[0] ? `${components[0].name}: ` : ''}
        <span lang={told && titleIn(told, locale).language}>{name}</span>
      </h3>
      <p class="quiet">{when}</p>
      {updates.map(({ id, body, display_at: at }) => {
        const { language, note } = posts.get(id) ?? impact ?? { language: locale, note: '' }
        return (
          <p class="text">
            <span lang={language}>{body}</span> <small>{[moment(at), note].filter(Boolean).join(' · ')}</small>
          </p>
        )
      })}
    </article>
  )
}
