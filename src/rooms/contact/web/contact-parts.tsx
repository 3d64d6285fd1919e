import type { Child } from 'hono/jsx'
import type { Filled } from '../../../ui/fields.tsx'
import { momentText, zoneText } from '../../../ui/moments.ts'
import { spokenPhone } from '../../../ui/phone.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { spokenNumber } from '../../cases/index.ts'
import type { CaseRow } from '../../cases/index.ts'
import { becauseText } from '../../entitlements/index.ts'
import type { Charter } from '../../entitlements/index.ts'
import type { Partner } from '../../partners/index.ts'
import { words } from '../messages/words.ts'

/** Who sold the subscription is asked first; the operator stays one step away. */
export function PartnerFirst({ visit, partner, form }: { visit: Visit; partner: Partner; form: Filled }) {
  const say = words(visit.locale)
  const { title: question = '', article = '', asked = '' } = form.values
  const onward = new URLSearchParams({ to: 'operator', question, article, asked })
  return (
    <Shell visit={visit} title={say('partnerTitle')} current="contact">
      <div class="narrow">
        <h1>{say('partnerTitle')}</h1>
        <p>{say('partnerIntro', { partner: partner.name })}</p>
        <dl>
          <dt>{say('partner')}</dt>
          <dd>{partner.name}</dd>
          {partner.phone ? (
            <>
              <dt>{say('phone')}</dt>
              <dd>
                <a href={`tel:${partner.phone}`}>{partner.phone}</a>
              </dd>
            </>
          ) : null}
          {partner.email ? (
            <>
              <dt>{say('email')}</dt>
              <dd>
                <a href={`mailto:${partner.email}`}>{partner.email}</a>
              </dd>
            </>
          ) : null}
          {partner.website ? (
            <>
              <dt>{say('website')}</dt>
              <dd>
                <a href={partner.website}>{partner.website}</a>
              </dd>
            </>
          ) : null}
        </dl>
        <p>
          <a class="button" href={visit.link(`/contact?${onward}`)}>
            {say('toOperator', { operator: visit.brand.shortName })}
          </a>
        </p>
      </div>
    </Shell>
  )
}

/** The confirmation: number, severity and why, when the answer is due, and what happens next. */
export function SentPage({
  visit,
  found,
  charter,
  about,
  call,
}: {
  visit: Visit
  found: CaseRow
  charter: Charter
  /** The known problems it may be about, to be answered. */
  about: Child
  call: Child
}) {
  const { locale, zone } = visit
  const say = words(locale)
  const due = found.due.dueAt
  const calendar = charter.calendars[found.due.calendar]
  return (
    <Shell visit={visit} title={say('sentTitle')} current="contact">
      <div class="narrow">
        <h1>{say('sentTitle')}</h1>
        <p class="lead">
          {say('sentDue')} <strong>{momentText(due, locale, zone)}</strong>
          {calendar && calendar.zone !== zone ? (
            <>
              {' '}
              (
              {say('theirTime', {
                moment: momentText(due, locale, calendar.zone),
                zone: zoneText(due, locale, calendar.zone),
              })}
              )
            </>
          ) : null}
        </p>
        <dl>
          <dt>{say('caseNumber')}</dt>
          <dd>
            <strong>{spokenNumber(found.number)}</strong>
          </dd>
          <dt>{say('severity')}</dt>
          <dd>
            <span class={`severity severity-${found.severity}`}>{found.severity}</span>
            <ul class="because">
              {found.because.map((reason) => (
                <li>{becauseText(reason, charter, locale)}</li>
              ))}
            </ul>
          </dd>
          <dt>{say('hours')}</dt>
          <dd>{calendar?.name[locale]}</dd>
        </dl>
        {about}
        {call}
        <h2>{say('nextTitle')}</h2>
        <ol>
          <li>{say('nextMail', { email: found.contactEmail })}</li>
          <li>
            {found.contactMethod === 'phone'
              ? say('nextPhone', { phone: spokenPhone(found.contactPhone ?? '') })
              : say('nextEmail', { email: found.contactEmail })}
          </li>
          <li>{say('nextAdd')}</li>
        </ol>
        <p>
          <a class="button primary" href={visit.link(`/cases/${found.number}`)}>
            {say('toCase')}
          </a>
        </p>
      </div>
    </Shell>
  )
}
