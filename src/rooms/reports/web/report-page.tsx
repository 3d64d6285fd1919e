import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { queryOf } from '../asked.ts'
import { words } from '../messages/words.ts'
import type { Report } from '../read-report.ts'
import { complianceOf, excludedOf, sumOf } from '../rules/figures.ts'
import type { FigureRow, Figures } from '../rules/figures.ts'
import type { Asked } from '../rules/months.ts'
import { EXCLUDED } from '../rules/outcome.ts'
import type { Behind } from '../rules/promises.ts'
import { Filters } from './filters.tsx'
import { ReportChart } from './report-chart.tsx'
import { clockText, countText, monthText, periodText, shareText } from './texts.ts'

type Props = { visit: Visit; report: Report }

/** How the operator's promises were kept: one sentence, a chart and a table by month and clock, each figure with its cases. */
export function ReportPage({ visit, report }: Props) {
  const { locale } = visit
  const say = words(locale)
  const { question, rows } = report
  const total = sumOf(rows)
  const months = question.months.map((month) => ({ month, figures: sumOf(rows.filter((row) => row.month === month)) }))
  return (
    <Shell visit={visit} title={say('title')} current="queue">
      <h1>{say('title')}</h1>
      <p>
        <a href={visit.link('/agent')}>{say('toQueue')}</a>
      </p>
      <p class="lead">{keptText(total, visit)}</p>
      <p class="hint">
        {periodText(question, locale)} {besideText(total, visit)}
      </p>
      <Filters visit={visit} report={report} />
      <h2 id="by-month">{say('byMonth')}</h2>
      {complianceOf(total) === null ? null : <ReportChart visit={visit} months={months} />}
      <FiguresTable visit={visit} report={report} />
      <p>
        <a href={visit.link(`/agent/reports.csv?${queryOf(askedOf(report))}`)}>{say('csv')}</a>
      </p>
      <details>
        <summary>{say('how')}</summary>
        <ul>
          <li>{say('howMet')}</li>
          <li>{say('howExcluded')}</li>
          <li>{say('howMonth', { zone: report.charter.zone })}</li>
          <li>{say('howAsOf')}</li>
        </ul>
      </details>
    </Shell>
  )
}

function keptText(total: Figures, { locale }: Visit): string {
  const share = complianceOf(total)
  if (share === null) return words(locale)('nothingDue')
  return words(locale)('kept', {
    rate: shareText(share, locale),
    met: countText(total.met, locale),
    due: countText(total.met + total.breached, locale),
  })
}

/** What is left out of the sentence, and why. */
function besideText(total: Figures, visit: Visit): string {
  const count = excludedOf(total)
  if (count === 0) return ''
  const figure = countText(count, visit.locale)
  return words(visit.locale)('beside', { count: figure, why: reasonsText(total, visit) })
}

/** The question as an address asks it, with its date, so that a link gives the same figures later. */
function askedOf({ question }: Report): Asked {
  const { months, asOf, clock, severity, supportType } = question
  return { from: months[0], to: months.at(-1), asOf, clock, severity, supportType }
}

function FiguresTable({ visit, report }: Props) {
  const { locale } = visit
  const say = words(locale)
  const { question, rows } = report
  const undated = rows.filter(({ month }) => month === null)
  return (
    <div class="scroll" role="group" tabindex={0} aria-labelledby="by-month">
      <table class="report">
        <caption class="visually-hidden">{say('byMonth')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('monthAndClock')}</th>
            <th scope="col" class="figure">
              {say('met')}
            </th>
            <th scope="col" class="figure">
              {say('breached')}
            </th>
            <th scope="col" class="figure">
              {say('compliance')}
            </th>
            <th scope="col">{say('excluded')}</th>
          </tr>
        </thead>
        {question.months.map((month) => (
          <Group
            visit={visit}
            name={monthText(month, locale)}
            rows={rows.filter((row) => row.month === month)}
            asked={{ ...askedOf(report), from: month, to: month, due: 'dated' }}
          />
        ))}
        {undated.length === 0 ? null : (
          <Group visit={visit} name={say('withoutDue')} rows={undated} asked={{ ...askedOf(report), due: 'none' }} />
        )}
        <tbody class="total">
          <Line visit={visit} scope="row" name={say('total')} figures={sumOf(rows)} asked={askedOf(report)} />
        </tbody>
      </table>
    </div>
  )
}

/** A month: its sum, and a line for each clock that has a figure. */
function Group({
  visit,
  name,
  rows,
  asked,
}: {
  visit: Visit
  name: string
  rows: readonly FigureRow[]
  asked: Asked & Behind
}) {
  const clocks = [...new Set(rows.map(({ clock }) => clock))]
  return (
    <tbody>
      <Line visit={visit} scope="rowgroup" name={name} figures={sumOf(rows)} asked={asked} />
      {clocks.map((clock) => (
        <Line
          visit={visit}
          scope="row"
          name={clockText(clock, visit.locale)}
          within={name}
          figures={sumOf(rows.filter((row) => row.clock === clock))}
          asked={{ ...asked, clock }}
        />
      ))}
    </tbody>
  )
}

type LineProps = {
  visit: Visit
  scope: 'row' | 'rowgroup'
  name: string
  within?: string
  figures: Figures
  asked: Asked & Behind
}

function Line({ visit, scope, name, within, figures, asked }: LineProps) {
  const { locale } = visit
  const where = within === undefined ? name : `${name}, ${within}`
  return (
    <tr>
      <th scope={scope}>{name}</th>
      <td class="figure">
        <Figure visit={visit} count={figures.met} asked={{ ...asked, outcome: 'met' }} where={where} />
      </td>
      <td class="figure">
        <Figure visit={visit} count={figures.breached} asked={{ ...asked, outcome: 'breached' }} where={where} />
      </td>
      <td class="figure">{shareText(complianceOf(figures), locale)}</td>
      <td class={excludedOf(figures) === 0 ? 'excluded none' : 'excluded'} data-column={words(locale)('excluded')}>
        <Figure visit={visit} count={excludedOf(figures)} asked={{ ...asked, outcome: 'excluded' }} where={where} />{' '}
        <small>{reasonsText(figures, visit)}</small>
      </td>
    </tr>
  )
}

/** Why some are not counted: one reason by its name, several with their figures. */
function reasonsText(figures: Figures, { locale }: Visit): string {
  const say = words(locale)
  const [first, ...others] = EXCLUDED.filter((why) => figures[why] > 0)
  if (first === undefined) return ''
  if (others.length === 0) return say(`outcome.${first}`)
  return [first, ...others].map((why) => say(`count.${why}`, { count: figures[why] })).join(', ')
}

/** A figure that leads to its cases; nought leads nowhere. */
function Figure({
  visit,
  count,
  asked,
  where,
}: {
  visit: Visit
  count: number
  asked: Asked & Behind & { readonly outcome: 'met' | 'breached' | 'excluded' }
  where: string
}) {
  const say = words(visit.locale)
  const figure = countText(count, visit.locale)
  if (count === 0) return <>{figure}</>
  return (
    <a
      href={visit.link(`/agent/reports/cases?${queryOf(asked)}`)}
      aria-label={say('figureOf', { figure, what: say(`outcome.${asked.outcome}`), where })}
    >
      {figure}
    </a>
  )
}
