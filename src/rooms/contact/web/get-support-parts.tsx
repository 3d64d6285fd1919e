import type { Child } from 'hono/jsx'
import type { Locale, Words } from '../../../base/locale.ts'
import type { Visit } from '../../../ui/visit.ts'
import { isOpen } from '../../calendars/index.ts'
import type { BusinessCalendar } from '../../calendars/index.ts'
import type { Charter, Severity } from '../../entitlements/index.ts'
import { exceptionsText, hoursText, openText } from './get-support-hours.ts'

/** What every section of the page is made from: of the visit only what many have in common. */
export type Offer = { visit: Pick<Visit, 'locale' | 'zone' | 'link'>; charter: Charter; now: Temporal.Instant }

/** A calendar's hours with what is not as usual soon, and whether somebody is there now. */
export function Hours({ visit, calendar, now }: Omit<Offer, 'charter'> & { calendar: BusinessCalendar }) {
  return (
    <>
      {asSentence(hoursText(calendar, visit.locale, now))}{' '}
      <span class={isOpen(calendar, now) ? 'open' : 'shut'}>{openText(calendar, visit, now)}</span>
      {exceptionsText(calendar, visit.locale, now).map((text) => (
        <span class="hint exception">{text}</span>
      ))}
    </>
  )
}

export function SeverityMark({ id }: { id: Severity }) {
  return <span class={`severity severity-${id}`}>{id}</span>
}

export function List({ items, locale, label }: { items: readonly Words[]; locale: Locale; label?: string }) {
  if (items.length === 0) return null
  return (
    <>
      {label ? <p class="list-label">{label}</p> : null}
      <ul>
        {items.map((item) => (
          <li>{item[locale]}</li>
        ))}
      </ul>
    </>
  )
}

/**
 * A table whose rows become paragraphs on a small screen (`stacks`), each cell under the name of its column; where it is still wider
 * than the screen it scrolls by itself, also by keyboard.
 */
export function Table({
  id,
  caption,
  columns,
  children,
}: {
  id: string
  caption: string
  columns: readonly string[]
  children: Child
}) {
  return (
    <div class="scroll" role="region" aria-labelledby={id} tabindex={0}>
      <table class="stacks">
        <caption id={id} class="visually-hidden">
          {caption}
        </caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col">{column}</th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  )
}

/** A cell of such a table; `column` is said above it where rows are stacked. */
export function Cell({ column, children }: { column: string; children: Child }) {
  return <td data-column={column}>{children}</td>
}

/** "a, b and c" in the reader's language. */
export function listText(items: readonly string[], locale: Locale): string {
  return new Intl.ListFormat(locale).format(items)
}

export function asSentence(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1)
}
