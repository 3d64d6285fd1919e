import { dateText, shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { yearsMissing } from '../../calendars/index.ts'
import { missingYearText } from '../../entitlements/index.ts'
import type { NamedLayer } from '../../entitlements/index.ts'
import type { MovingCase, Standing } from '../decide.ts'
import { words } from '../messages/words.ts'
import type { DayChange } from '../rules/days.ts'
import { dayText } from './day-text.ts'

type Props = {
  visit: Visit
  layers: readonly NamedLayer[]
  proposals: readonly Standing[]
  /** Today in the operator's zone. */
  today: string
}

const CASES_SHOWN = 100

/** The layers in force with the years they know, and what somebody proposes, with what would change and whose due would. */
export function HolidaysPage({ visit, layers, proposals, today }: Props) {
  const say = words(visit.locale)
  return (
    <Shell visit={visit} title={say('title')} current="queue">
      <h1>{say('title')}</h1>
      <p>
        <a href={visit.link('/agent')}>{say('toQueue')}</a>
      </p>
      <p>{say('intro')}</p>
      <Warnings visit={visit} layers={layers} today={today} />
      <h2>{say('layers')}</h2>
      {layers.length === 0 ? <p>{say('none')}</p> : <Layers visit={visit} layers={layers} />}
      <h2>{say('proposals')}</h2>
      {proposals.length === 0 ? <p>{say('noProposals')}</p> : null}
      {proposals.map((proposal) => (
        <Proposal visit={visit} proposal={proposal} name={nameOf(proposal.layer, layers, visit)} />
      ))}
    </Shell>
  )
}

function nameOf(id: string, layers: readonly NamedLayer[], { locale }: Visit): string {
  return layers.find((layer) => layer.id === id)?.name[locale] ?? id
}

function Warnings({ visit, layers, today }: Pick<Props, 'visit' | 'layers' | 'today'>) {
  const say = words(visit.locale)
  const texts = layers.flatMap((layer) =>
    yearsMissing(layer, today).map((year) =>
      say('missing', { name: layer.name[visit.locale], what: missingYearText(year, visit.locale) }),
    ),
  )
  if (texts.length === 0) return null
  return (
    <div class="notice">
      {texts.map((text) => (
        <p>{text}</p>
      ))}
    </div>
  )
}

function Layers({ visit, layers }: Pick<Props, 'visit' | 'layers'>) {
  const { locale } = visit
  const say = words(locale)
  return (
    <div class="scroll" role="group" tabindex={0} aria-label={say('layers')}>
      <table>
        <caption class="visually-hidden">{say('layers')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('layer')}</th>
            <th scope="col">{say('region')}</th>
            <th scope="col">{say('approvedYears')}</th>
            <th scope="col">{say('source')}</th>
          </tr>
        </thead>
        <tbody>
          {layers.map((layer) => (
            <tr>
              <th scope="row">{layer.name[locale]}</th>
              <td>{layer.region}</td>
              <td>
                {layer.approved.length === 0 ? say('noYears') : null}
                {layer.approved.map(({ year, by, on }) => (
                  <div>{say('approvedYear', { year: String(year), by, on: dateText(on, locale) })}</div>
                ))}
              </td>
              <td>{layer.source}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Proposal({ visit, proposal, name }: { visit: Visit; proposal: Standing; name: string }) {
  const { locale, zone } = visit
  const say = words(locale)
  const title = say('proposal', { layer: name, year: String(proposal.year) })
  const heading = `proposal-${proposal.proposalId}`
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading}>{title}</h3>
      <p>
        {say('proposedAt', { moment: shortMoment(proposal.proposedAt, locale, zone), source: proposal.source })}
        {proposal.layerKnown ? null : ` ${say('layerGone', { layer: proposal.layer })}`}
      </p>
      <Decision visit={visit} proposal={proposal} />
      <Difference visit={visit} proposal={proposal} />
      {proposal.decision ? null : <Moving visit={visit} moving={proposal.moving} />}
      {proposal.decision ? null : <Buttons visit={visit} proposal={proposal} name={name} />}
    </section>
  )
}

function Decision({ visit, proposal }: { visit: Visit; proposal: Standing }) {
  const say = words(visit.locale)
  if (!proposal.decision || !proposal.decidedAt) return null
  return (
    <p>
      {say(proposal.decision === 'approved' ? 'decidedApproved' : 'decidedRejected', {
        name: proposal.decidedByName ?? say('somebody'),
        moment: shortMoment(proposal.decidedAt, visit.locale, visit.zone),
      })}
    </p>
  )
}

function Difference({ visit, proposal }: { visit: Visit; proposal: Standing }) {
  const { locale } = visit
  const say = words(locale)
  if (proposal.differenceNow.length === 0) return proposal.decision ? null : <p>{say('noDifference')}</p>
  return (
    <div
      class="scroll"
      role="group"
      tabindex={0}
      aria-label={say(proposal.decision ? 'differenceDecided' : 'difference')}
    >
      <table>
        <caption>{say(proposal.decision ? 'differenceDecided' : 'difference')}</caption>
        <thead>
          <tr>
            <th scope="col">{say('date')}</th>
            <th scope="col">{say('change')}</th>
            <th scope="col">{say('before')}</th>
            <th scope="col">{say('after')}</th>
          </tr>
        </thead>
        <tbody>
          {proposal.differenceNow.map((line) => (
            <ChangedDay visit={visit} line={line} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function ChangedDay({ visit: { locale }, line }: { visit: Visit; line: DayChange }) {
  const say = words(locale)
  return (
    <tr>
      <th scope="row">
        <time datetime={line.date}>{weekdayDate(line.date, locale)}</time>
      </th>
      <td>{say(line.change)}</td>
      <td>{dayText(line.change === 'added' ? undefined : line.before, locale)}</td>
      <td>{dayText(line.change === 'removed' ? undefined : line.after, locale)}</td>
    </tr>
  )
}

function weekdayDate(date: string, locale: Visit['locale']): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    timeZone: 'UTC',
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(Temporal.Instant.from(`${date}T12:00Z`).epochMilliseconds)
}

function Moving({ visit, moving }: { visit: Visit; moving: readonly MovingCase[] }) {
  const { locale, zone } = visit
  const say = words(locale)
  if (moving.length === 0) return <p>{say('noMoving')}</p>
  return (
    <>
      <div class="scroll" role="group" tabindex={0} aria-label={say('moving', { count: moving.length })}>
        <table>
          <caption>{say('moving', { count: moving.length })}</caption>
          <thead>
            <tr>
              <th scope="col">{say('case')}</th>
              <th scope="col">{say('dueNow')}</th>
              <th scope="col">{say('dueThen')}</th>
            </tr>
          </thead>
          <tbody>
            {moving.slice(0, CASES_SHOWN).map((one) => (
              <tr>
                <th scope="row">
                  <a href={visit.link(`/agent/cases/${one.number}`)}>{one.title}</a>
                </th>
                <td>{shortMoment(one.dueAt, locale, zone)}</td>
                <td>{shortMoment(one.wouldBeDueAt, locale, zone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {moving.length > CASES_SHOWN ? <p>{say('more', { count: CASES_SHOWN })}</p> : null}
      <p>{say('keep')}</p>
    </>
  )
}

function Buttons({ visit, proposal, name }: { visit: Visit; proposal: Standing; name: string }) {
  const say = words(visit.locale)
  const what = { layer: name, year: String(proposal.year) }
  return (
    <form class="actions" method="post" action={visit.link(`/agent/holidays/${proposal.proposalId}`)}>
      {proposal.layerKnown ? (
        <button name="decision" value="approve" aria-label={say('approveWhat', what)}>
          {say('approve')}
        </button>
      ) : null}{' '}
      <button class="quiet" name="decision" value="reject" aria-label={say('rejectWhat', what)}>
        {say('reject')}
      </button>
    </form>
  )
}
