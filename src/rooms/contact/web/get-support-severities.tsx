import type { Locale } from '../../../base/locale.ts'
import { publicPromise, rankOf, supportTypeOf } from '../../entitlements/index.ts'
import type { Charter, SupportType, TargetTerms } from '../../entitlements/index.ts'
import { words } from '../messages/words.ts'
import { hoursText } from './get-support-hours.ts'
import { asSentence, Cell, List, listText, SeverityMark, Table } from './get-support-parts.tsx'
import type { Offer } from './get-support-parts.tsx'

type Terms = Charter['severities'][number]

/** What each severity means, with examples. */
export function Severities({ visit, charter }: Offer) {
  const { locale } = visit
  const say = words(locale)
  return (
    <section aria-labelledby="severities">
      <h2 id="severities">{say('support.severitiesTitle')}</h2>
      <p>{say('support.severitiesIntro')}</p>
      <Table
        id="severities-table"
        caption={say('support.severitiesTitle')}
        columns={[say('support.severity'), say('support.meaning'), say('support.examplesColumn')]}
      >
        {charter.severities.map((terms) => (
          <tr>
            <SeverityCell terms={terms} locale={locale} />
            <Cell column={say('support.meaning')}>{terms.description[locale]}</Cell>
            <Cell column={say('support.examplesColumn')}>
              <List items={terms.examples} locale={locale} />
            </Cell>
          </tr>
        ))}
      </Table>
    </section>
  )
}

/** How soon a request is answered, in which hours, what follows, and what both sides do. */
export function InitialResponse({ visit, charter, now }: Offer) {
  const { locale } = visit
  const say = words(locale)
  const columns = [
    say('support.severity'),
    say('support.response'),
    say('support.counted'),
    say('support.duties'),
    say('support.mayHave'),
  ]
  return (
    <section aria-labelledby="response">
      <h2 id="response">{say('support.responseTitle')}</h2>
      <p>
        {say('support.responseIntro')} {workingDayText(charter, locale)}
      </p>
      <Table id="response-table" caption={say('support.responseTitle')} columns={columns}>
        {charter.severities.map((terms) => (
          <tr>
            <SeverityCell terms={terms} locale={locale} />
            <Cell column={say('support.response')}>
              {responses(charter, terms, locale).map((line) => (
                <p>
                  <strong>{line}</strong>
                </p>
              ))}
              {terms.followUp ? <p>{say('support.followUp', { what: terms.followUp[locale] })}</p> : null}
            </Cell>
            <Cell column={say('support.counted')}>
              {countedIn(charter, terms, locale, now).map((line) => (
                <p>{line}</p>
              ))}
            </Cell>
            <Cell column={say('support.duties')}>
              <List items={terms.customerDuties} locale={locale} />
            </Cell>
            <Cell column={say('support.mayHave')}>
              {mayHave(charter, terms, locale).map((line) => (
                <p>{line}</p>
              ))}
            </Cell>
          </tr>
        ))}
      </Table>
    </section>
  )
}

function SeverityCell({ terms: { id, name }, locale }: { terms: Terms; locale: Locale }) {
  return (
    <th scope="row">
      <SeverityMark id={id} /> {name[locale]}
    </th>
  )
}

/** How soon, for each group of support types that has the same time. */
function responses(charter: Charter, terms: Terms, locale: Locale): readonly string[] {
  const types = offeredIn(charter, terms)
  const texts = new Map<string, SupportType[]>()
  for (const type of types) {
    const agreed = publicPromise(charter, terms.id, type.id)
    if (!agreed) continue
    const text = targetText(agreed.target, locale)
    texts.set(text, [...(texts.get(text) ?? []), type])
  }
  if (texts.size === 1) return [...texts.keys()].map(asSentence)
  return [...texts].map(([hours, some]) =>
    words(locale)('support.typeHours', {
      types: listText(
        some.map(({ name }) => name[locale]),
        locale,
      ),
      hours,
    }),
  )
}

function targetText({ amount: count, unit }: TargetTerms, locale: Locale): string {
  const say = words(locale)
  switch (unit) {
    case 'minute':
      return say('support.minutes', { count })
    case 'hour':
      return say('support.hoursTarget', { count })
    case 'working day':
      return say('support.workingDays', { count })
  }
}

function workingDayText({ targets, workingDay }: Charter, locale: Locale): string {
  if (targets.every(({ target }) => target.unit !== 'working day')) return ''
  return words(locale)(workingDay === 'same-time' ? 'support.workingDaySame' : 'support.workingDayClosing')
}

/** The hours a severity's time runs in; support types whose time runs in others are named with theirs. */
function countedIn(charter: Charter, terms: Terms, locale: Locale, now: Temporal.Instant): readonly string[] {
  const types = offeredIn(charter, terms)
  const calendarOf = (type: SupportType) => publicPromise(charter, terms.id, type.id)?.calendar
  const calendars = [...new Set(types.flatMap((type) => calendarOf(type) ?? []))]
  return calendars.map((calendar) => {
    const hours = hoursText(calendar, locale, now)
    if (calendars.length === 1) return asSentence(hours)
    const names = types.filter((type) => calendarOf(type) === calendar).map(({ name }) => name[locale])
    return words(locale)('support.typeHours', { types: listText(names, locale), hours })
  })
}

/** The support types whose requests may have a severity. */
function offeredIn(charter: Charter, { id, requires }: Terms): readonly SupportType[] {
  return charter.supportTypes
    .filter(({ channels }) => channels.includes('portal'))
    .filter(({ highest }) => rankOf(charter, highest) <= rankOf(charter, id))
    .filter((type) => requires?.supportTypes?.includes(type.id) ?? true)
}

function mayHave(charter: Charter, { requires }: Terms, locale: Locale): readonly string[] {
  const say = words(locale)
  const types = requires?.supportTypes?.map((id) => supportTypeOf(charter, id)?.name[locale] ?? id) ?? []
  return [
    requires?.contract ? say('support.withAgreement') : say('support.all'),
    ...(types.length ? [say('support.forTypes', { types: listText(types, locale) })] : []),
  ]
}
