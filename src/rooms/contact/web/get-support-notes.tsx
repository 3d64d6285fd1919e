import { words } from '../messages/words.ts'
import { List } from './get-support-parts.tsx'
import type { Offer } from './get-support-parts.tsx'

/** Who does what: administrators, everybody else, the operator. */
export function Responsibilities({ visit, charter }: Offer) {
  const { locale } = visit
  if (charter.responsibilities.length === 0) return null
  const intros = charter.responsibilities.flatMap(({ intro }) => (intro ? [intro[locale]] : []))
  return (
    <section aria-labelledby="responsibilities">
      <h2 id="responsibilities">{words(locale)('support.responsibilitiesTitle')}</h2>
      {intros.map((intro) => (
        <p class="narrow">{intro}</p>
      ))}
      <ul class="cards">
        {charter.responsibilities.map(({ title, items }) => (
          <li>
            <h3>{title[locale]}</h3>
            <List items={items} locale={locale} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** What else is good to know, each with the one place to go on. */
export function Notes({ visit, charter }: Offer) {
  const { locale } = visit
  if (charter.notes.length === 0) return null
  return (
    <section aria-labelledby="notes">
      <h2 id="notes">{words(locale)('support.notesTitle')}</h2>
      <ul class="cards">
        {charter.notes.map(({ id, title, text, link }) => (
          <li id={`note-${id}`}>
            <h3>{title[locale]}</h3>
            <p>{text[locale]}</p>
            {link ? (
              <p>
                <a href={link.href}>{link.name[locale]}</a>
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
