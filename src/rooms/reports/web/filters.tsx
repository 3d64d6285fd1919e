import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import type { AskedReport } from '../read-report.ts'
import { OWED_KINDS } from '../rules/kinds.ts'
import { monthAfter, monthsBetween } from '../rules/months.ts'
import { clockText, monthText } from './texts.ts'

type Props = { visit: Visit; report: AskedReport }
type Option = { readonly value: string; readonly text: string }

const MONTHS_OFFERED = 36

/** What to show, as a plain form whose answer has an address of its own. */
export function Filters({ visit, report: { question, charter } }: Props) {
  const { locale } = visit
  const say = words(locale)
  const months = monthsOffered(question).map((value) => ({ value, text: monthText(value, locale) }))
  const clocks = OWED_KINDS.map((value) => ({ value, text: clockText(value, locale) }))
  const severities = charter.severities.map(({ id, name }) => ({
    value: id,
    text: name[locale] === id ? id : `${id} - ${name[locale]}`,
  }))
  const types = charter.supportTypes.map(({ id, name }) => ({ value: id, text: name[locale] }))
  return (
    <form class="paper filters" method="get" action={visit.link('/agent/reports')} aria-label={say('narrow')}>
      <Choose name="from" label={say('from')} options={months} value={question.months[0]} />
      <Choose name="to" label={say('to')} options={months} value={question.months.at(-1)} />
      <Choose name="clock" label={say('clock')} options={clocks} value={question.clock} all={say('all')} />
      <Choose name="severity" label={say('severity')} options={severities} value={question.severity} all={say('all')} />
      <Choose
        name="supportType"
        label={say('supportType')}
        options={types}
        value={question.supportType}
        all={say('all')}
      />
      <div>
        <label for="asOf">{say('asOf')}</label>
        <input id="asOf" name="asOf" type="date" value={question.asOf} />
      </div>
      <button class="primary">{say('show')}</button>
    </form>
  )
}

function Choose({
  name,
  label,
  options,
  value,
  all,
}: {
  name: string
  label: string
  options: readonly Option[]
  value: string | undefined
  all?: string
}) {
  // What an address asks for stays chosen, also where the charter has it no more.
  const isOffered = value === undefined || options.some((option) => option.value === value)
  const offered = isOffered ? options : [...options, { value, text: value }]
  return (
    <div>
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {all === undefined ? null : <option value="">{all}</option>}
        {offered.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  )
}

/** The last three years, and whatever was asked for, newest first. */
function monthsOffered({ months, asOf }: AskedReport['question']): readonly string[] {
  const current = asOf.slice(0, 7)
  const usual = monthsBetween(monthAfter(current, 1 - MONTHS_OFFERED), current)
  return [...new Set([...usual, ...months])].toSorted().toReversed()
}
