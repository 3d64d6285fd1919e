import type { Locale } from '../../../base/locale.ts'
import { publicPromise, rankOf, supportTypeOf } from '../../entitlements/index.ts'
import type { Charter, NamedCalendar, Severity, SupportType } from '../../entitlements/index.ts'
import { words } from '../messages/words.ts'
import { isAroundTheClock } from './get-support-hours.ts'
import { asSentence, Hours, List, listText, SeverityMark } from './get-support-parts.tsx'
import type { Offer } from './get-support-parts.tsx'

/** What help there is: a card for each support type. */
export function SupportTypes({ visit, charter, now }: Offer) {
  const { locale } = visit
  const say = words(locale)
  return (
    <section aria-labelledby="types">
      <h2 id="types">{say('support.typesTitle')}</h2>
      <p>
        {say('support.roles', {
          roles: listText(
            charter.roles.map(({ name }) => name[locale]),
            locale,
          ),
        })}
      </p>
      <ul class="cards">
        {charter.supportTypes.map((type) => (
          <li id={`type-${type.id}`}>
            <SupportTypeCard visit={visit} charter={charter} now={now} type={type} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function SupportTypeCard({ visit, charter, now, type }: Offer & { type: SupportType }) {
  const { locale } = visit
  const say = words(locale)
  const calendar = charter.calendars[type.calendar]
  const channels = type.channels.map((channel) => say(`support.channel.${channel}`))
  return (
    <>
      <h3>{type.name[locale]}</h3>
      <p>{type.summary[locale]}</p>
      <dl>
        <dt>{say('support.who')}</dt>
        <dd>{asSentence(whoText(type, charter, locale))}</dd>
        <dt>{say('support.hours')}</dt>
        <dd>{calendar ? <Hours visit={visit} calendar={calendar} now={now} /> : null}</dd>
        {beyond(charter, type).map(({ severity, hours }) => (
          <>
            <dt>{say('support.severityOf', { severity })}</dt>
            <dd>
              <Hours visit={visit} calendar={hours} now={now} />
            </dd>
          </>
        ))}
        <dt>{say('support.channels')}</dt>
        <dd>{asSentence(listText(channels, locale))}</dd>
        {type.requesters === 'everyone' && type.channels.includes('portal') && !type.requires ? (
          <>
            <dt>{say('support.withoutAccount')}</dt>
            <dd>
              <a href={visit.link('/pre-sales')}>{say('preSales')}</a>
            </dd>
          </>
        ) : null}
        {type.channels.includes('portal') ? (
          <>
            <dt>{say('support.highest')}</dt>
            <dd>
              <SeverityMark id={type.highest} />
            </dd>
          </>
        ) : null}
      </dl>
      <List items={type.examples} locale={locale} label={say('support.examples')} />
      <List items={type.boundaries} locale={locale} label={say('support.boundaries')} />
    </>
  )
}

/** The severities somebody is there for around the clock, though the type itself keeps shorter hours. */
function beyond(
  charter: Charter,
  type: SupportType,
): readonly { readonly severity: Severity; readonly hours: NamedCalendar }[] {
  const own = charter.calendars[type.calendar]
  if (!own || isAroundTheClock(own)) return []
  return charter.severities.slice(Math.max(0, rankOf(charter, type.highest))).flatMap(({ id }) => {
    const hours = publicPromise(charter, id, type.id)?.calendar
    return hours && isAroundTheClock(hours) ? [{ severity: id, hours }] : []
  })
}

/** Who may ask for a support type, in the middle of a sentence: "administrators", "every employee, with Business Assist". */
function whoText({ requesters, requires }: SupportType, charter: Charter, locale: Locale): string {
  const say = words(locale)
  const who = say(`support.${requesters}`)
  if (!requires) return who
  const addOn = supportTypeOf(charter, requires.addOn)?.name[locale] ?? requires.addOn
  const { seats } = requires
  return seats === undefined ? say('support.addOn', { who, addOn }) : say('support.addOnSeats', { who, addOn, seats })
}
