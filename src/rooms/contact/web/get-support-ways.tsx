import type { Locale } from '../../../base/locale.ts'
import { supportTypeOf } from '../../entitlements/index.ts'
import type { Charter } from '../../entitlements/index.ts'
import { words } from '../messages/words.ts'
import { Hours, listText } from './get-support-parts.tsx'
import type { Offer } from './get-support-parts.tsx'
import { SearchForm } from './search-form.tsx'

type Phone = Charter['phones'][number]

/** The ways to get help, the one that helps soonest first: the answer itself, a request, a call. */
export function Ways({ visit, charter, now, country }: Offer & { country: string | undefined }) {
  const say = words(visit.locale)
  return (
    <section aria-labelledby="ways">
      <h2 id="ways" class="visually-hidden">
        {say('support.ways')}
      </h2>
      <div class="beside">
        <div class="paper">
          <h3>{say('support.askTitle')}</h3>
          <SearchForm visit={visit} />
          <h3>{say('contactTitle')}</h3>
          <p>{say('support.contactIntro')}</p>
          <p class="actions">
            <a class="button primary" href={visit.link('/contact')}>
              {say('contactTitle')}
            </a>{' '}
            <a href="#types">{say('support.contactWho')}</a>
          </p>
        </div>
        {charter.phones.length ? <Phones visit={visit} charter={charter} now={now} country={country} /> : null}
      </div>
    </section>
  )
}

function Phones({ visit, charter, now, country }: Offer & { country: string | undefined }) {
  const say = words(visit.locale)
  const { phones } = charter
  const chosen = phones.length === 1 ? phones[0] : phones.find((phone) => phone.country === country)
  return (
    <aside id="phone" aria-labelledby="phone-title">
      <h3 id="phone-title">{say('support.phoneTitle')}</h3>
      {phones.length > 1 ? <CountryForm visit={visit} phones={phones} chosen={chosen} /> : null}
      {chosen ? (
        <Numbers visit={visit} charter={charter} now={now} phone={chosen} />
      ) : (
        <p class="hint">{say('support.noNumbers')}</p>
      )}
    </aside>
  )
}

function CountryForm({
  visit,
  phones,
  chosen,
}: {
  visit: Offer['visit']
  phones: readonly Phone[]
  chosen: Phone | undefined
}) {
  const { locale } = visit
  const say = words(locale)
  const countries = countriesOf(phones, locale)
  return (
    <form method="get" action={visit.link('/#phone')} class="search">
      <div class="field">
        <label for="country">{say('support.country')}</label>
        <select id="country" name="country" required>
          {chosen ? null : <option value="">{say('support.chooseCountry')}</option>}
          {countries.map(({ country, name }) => (
            <option value={country} selected={country === chosen?.country}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <button>{say('support.showNumbers')}</button>
    </form>
  )
}

function Numbers({ visit, charter, now, phone }: Offer & { phone: Phone }) {
  const { locale } = visit
  const say = words(locale)
  return (
    <>
      <ul class="phones">
        {phone.numbers.map(({ e164, display, label }) => (
          <li>
            <a class="phone" href={`tel:${e164}`}>
              {display}
            </a>
            {label ? <span class="hint"> {label[locale]}</span> : null}
          </li>
        ))}
      </ul>
      {phone.hours.length ? null : <p class="hint">{say('support.noHours')}</p>}
      <dl>
        {linesOf(phone, charter, locale).map(({ title, calendar }) => (
          <>
            <dt>{title}</dt>
            <dd>{calendar ? <Hours visit={visit} calendar={calendar} now={now} /> : null}</dd>
          </>
        ))}
      </dl>
      <p class="hint">
        {say('support.source')} <span lang="en">{phone.source}</span>
      </p>
    </>
  )
}

type Line = { readonly title: string; readonly calendar: Charter['calendars'][string] | undefined }

/** The hours of a country: support types with the same calendar and languages share a line. */
function linesOf({ hours }: Phone, charter: Charter, locale: Locale): readonly Line[] {
  const named = hours.map(({ supportType, calendar, languages }) => ({
    type: supportTypeOf(charter, supportType)?.name[locale] ?? supportType,
    languages: listText(
      languages.map((one) => languageText(one, locale)),
      locale,
    ),
    calendar,
  }))
  const lines = Map.groupBy(named, ({ calendar, languages }) => `${calendar} ${languages}`)
  return [...lines.values()].flatMap((same) => {
    const [one] = same
    if (!one) return []
    const calendar = charter.calendars[one.calendar]
    // Two lines that would read the same go by the names of their calendars.
    const alike = named.some(
      (other) => other.type === one.type && other.languages === one.languages && other.calendar !== one.calendar,
    )
    const types =
      alike && calendar
        ? calendar.name[locale]
        : listText(
            same.map(({ type }) => type),
            locale,
          )
    return [{ title: words(locale)('support.phoneLine', { types, languages: one.languages }), calendar }]
  })
}

type Country = { readonly country: string; readonly name: string }

/** Naming and sorting two hundred countries takes longer than the rest of the page; a charter's list never changes. */
const sorted = new WeakMap<Charter['phones'], Map<Locale, readonly Country[]>>()

function countriesOf(phones: Charter['phones'], locale: Locale): readonly Country[] {
  const known = sorted.get(phones) ?? new Map<Locale, readonly Country[]>()
  sorted.set(phones, known)
  const found = known.get(locale)
  if (found) return found
  const order = new Intl.Collator(locale)
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  const countries = phones
    .map(({ country }) => ({ country, name: names.of(country) ?? country }))
    .toSorted((a, b) => order.compare(a.name, b.name))
  known.set(locale, countries)
  return countries
}

const languageNames = new Map<Locale, Intl.DisplayNames>()

function languageText(language: string, locale: Locale): string {
  const names = languageNames.get(locale) ?? new Intl.DisplayNames([locale], { type: 'language' })
  languageNames.set(locale, names)
  return names.of(language) ?? language
}
