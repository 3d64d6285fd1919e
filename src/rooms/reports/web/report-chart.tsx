import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import { complianceOf } from '../rules/figures.ts'
import type { Figures } from '../rules/figures.ts'
import { countText, monthText, shareText, shortMonth } from './texts.ts'

export type MonthFigures = { readonly month: string; readonly figures: Figures }

const ROW = 30
const BAR = 18
/** Where bars begin and end, in per cent of the width. */
const [LEFT, RIGHT] = [25, 84]

/**
 * A bar a month: what was met, then what was breached, and the share of the first at its end. The table beneath has the
 * same figures; breaches are hatched, so that no colour is needed.
 */
export function ReportChart({ visit, months }: { visit: Visit; months: readonly MonthFigures[] }) {
  const { locale } = visit
  const say = words(locale)
  const most = Math.max(1, ...months.map(({ figures }) => figures.met + figures.breached))
  const height = months.length * ROW
  return (
    <figure class="report-chart">
      <svg width="100%" height={height} role="img" aria-labelledby="chart-title chart-desc">
        <title id="chart-title">{say('chart')}</title>
        <desc id="chart-desc">{months.map((one) => describe(one, visit)).join(' ')}</desc>
        <defs>
          <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect class="hatch-ground" width="6" height="6" />
            <rect class="hatch-line" width="2" height="6" />
          </pattern>
        </defs>
        {months.map((one, at) => (
          <Bar visit={visit} one={one} top={at * ROW} most={most} />
        ))}
      </svg>
      <figcaption aria-hidden="true">
        <Key name="met" text={say('met')} /> <Key name="breached" text={say('breached')} />
      </figcaption>
    </figure>
  )
}

function Bar({ visit, one, top, most }: { visit: Visit; one: MonthFigures; top: number; most: number }) {
  const { locale } = visit
  const { met, breached } = one.figures
  const wide = (count: number) => (count * (RIGHT - LEFT)) / most
  const middle = top + ROW / 2
  const y = middle - BAR / 2
  return (
    <g>
      <text x="0" y={middle} dominant-baseline="central">
        {shortMonth(one.month, locale)}
      </text>
      <line class="base" x1={`${LEFT}%`} x2={`${LEFT}%`} y1={top} y2={top + ROW} />
      <rect class="met" x={`${LEFT}%`} y={y} width={`${wide(met)}%`} height={BAR} />
      {breached > 0 ? (
        <rect
          class="breached"
          fill="url(#hatch)"
          x={`${LEFT + wide(met)}%`}
          y={y}
          width={`${wide(breached)}%`}
          height={BAR}
        />
      ) : null}
      <text class="share" x="100%" y={middle} dominant-baseline="central" text-anchor="end">
        {shareText(complianceOf(one.figures), locale)}
      </text>
    </g>
  )
}

function Key({ name, text }: { name: 'met' | 'breached'; text: string }) {
  return (
    <span>
      <svg width="18" height="12">
        <rect class={name} fill={name === 'breached' ? 'url(#hatch)' : undefined} width="18" height="12" />
      </svg>{' '}
      {text}
    </span>
  )
}

function describe({ month, figures }: MonthFigures, { locale }: Visit): string {
  const share = complianceOf(figures)
  const name = monthText(month, locale)
  if (share === null) return words(locale)('chartEmpty', { month: name })
  return words(locale)('chartMonth', {
    month: name,
    rate: shareText(share, locale),
    met: countText(figures.met, locale),
    breached: countText(figures.breached, locale),
  })
}
