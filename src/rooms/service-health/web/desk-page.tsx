import type { Locale } from '../../../base/locale.ts'
import { shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { Charter } from '../../entitlements/index.ts'
import { serviceName } from '../index.ts'
import type { OwnIncident } from '../index.ts'
import { words } from '../messages/words.ts'
import { textFor, translationIn } from '../rules/texts.ts'

type Props = {
  visit: Visit
  open: readonly OwnIncident[]
  over: readonly OwnIncident[]
  charter: Charter
  /** Whether he is mailed of proposals; undefined for who is no lead. */
  hears: boolean | undefined
}

/** All incidents of the operator, for those who answer. */
export function DeskPage({ visit, open, over, charter, hears }: Props) {
  const say = words(visit.locale)
  return (
    <Shell visit={visit} title={say('deskTitle')} current="queue">
      <h1>{say('deskTitle')}</h1>
      <p class="actions">
        <a class="button primary" href={visit.link('/agent/incidents/new')}>
          {say('declareTitle')}
        </a>{' '}
        <a href={visit.link('/agent/noticed')}>{say('noticedTitle')}</a>
      </p>
      <h2>{say('deskOpen')}</h2>
      <Table visit={visit} incidents={open} charter={charter} caption={say('deskOpen')} />
      <h2>{say('deskOver')}</h2>
      <Table visit={visit} incidents={over} charter={charter} caption={say('deskOver')} />
      {hears === undefined ? null : <ProposalMail visit={visit} hears={hears} />}
    </Shell>
  )
}

/** Where a lead turns off the mails of proposals, for himself. */
function ProposalMail({ visit, hears }: { visit: Visit; hears: boolean }) {
  const say = words(visit.locale)
  return (
    <>
      <h2>{say('mailTitle')}</h2>
      <form method="post" action={visit.link('/agent/incidents/mail')}>
        <p>{say(hears ? 'mailOn' : 'mailOff')}</p>
        <button class="quiet" name="act" value={hears ? 'stop' : 'start'}>
          {say(hears ? 'mailStop' : 'mailStart')}
        </button>
      </form>
    </>
  )
}

function Table({
  visit,
  incidents,
  charter,
  caption,
}: {
  visit: Visit
  incidents: readonly OwnIncident[]
  charter: Charter
  caption: string
}) {
  const { locale, zone } = visit
  const say = words(locale)
  if (incidents.length === 0) return <p>{say('deskNone')}</p>
  return (
    <div class="scroll" tabindex={0} role="region" aria-label={caption}>
      <table class="roomy">
        <thead>
          <tr>
            <th scope="col">{say('titleField')}</th>
            <th scope="col">{say('service')}</th>
            <th scope="col">{say('stateTitle')}</th>
            <th scope="col">{say('startedTitle')}</th>
            <th scope="col">{say('translations')}</th>
          </tr>
        </thead>
        <tbody>
          {incidents.map((one) => (
            <tr>
              <th scope="row">
                <a href={visit.link(`/agent/incidents/${one.incidentId}`)}>{titleOf(one, visit)}</a>{' '}
                {one.publishedAt ? null : <strong class="hint">{say('waitsForReview')}</strong>}
              </th>
              <td>{serviceName(charter.services, one.service, locale)}</td>
              <td>
                {say(`kind.${one.kind}`)} · {one.mergedInto ? say('merged') : say(`state.${one.state}`)}
              </td>
              <td>{shortMoment(one.startedAt, locale, zone)}</td>
              <td>{translationsText(missingIn(one, charter), locale)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function titleOf({ title, sourceLanguage, outdated }: OwnIncident, { locale }: Pick<Visit, 'locale'>): string {
  return textFor({ texts: title, source: sourceLanguage, outdated }, locale).text
}

function translationsText(missing: readonly string[], locale: Locale): string {
  const say = words(locale)
  return missing.length === 0
    ? say('translationsAll')
    : say('translationsMissing', { languages: new Intl.ListFormat(locale).format(missing) })
}

/** The languages whose readers do not get it in their own words. */
function missingIn(
  { title, sourceLanguage: source, outdated }: OwnIncident,
  { languages }: Charter,
): readonly string[] {
  return languages.filter((one) =>
    ['missing', 'outdated'].includes(translationIn({ texts: title, source, outdated }, one)),
  )
}
