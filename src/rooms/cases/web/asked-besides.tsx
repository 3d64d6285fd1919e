import type { Visit } from '../../../ui/visit.ts'
import type { Charter } from '../../entitlements/index.ts'
import type { CaseRow } from '../index.ts'
import { words } from '../messages/words.ts'

/** What was asked besides for this kind of support, which subscription it is about, who asked for whom, and what is contested. */
export function AskedBesides({ visit, one, charter }: { visit: Visit; one: CaseRow; charter: Charter }) {
  const { locale } = visit
  const say = words(locale)
  const type = charter.supportTypes.find(({ id }) => id === one.supportType)
  const limit = type?.scope.find(({ id }) => id === one.contested?.scope)
  const asked = (type?.questions ?? []).filter(({ id }) => one.answers[id] !== undefined)
  return (
    <>
      {one.requesterPartner ? (
        <>
          <dt>{say('onBehalf')}</dt>
          <dd>
            <strong>{say('onBehalfOf', { partner: one.requesterPartner, organization: one.organizationName })}</strong>
          </dd>
        </>
      ) : null}
      {one.subscriptionName ? (
        <>
          <dt>{say('subscription')}</dt>
          <dd>{one.subscriptionName}</dd>
        </>
      ) : null}
      {asked.map(({ id, name, options }) => (
        <>
          <dt>{name[locale]}</dt>
          <dd>{options.find((option) => option.id === one.answers[id])?.name[locale] ?? one.answers[id]}</dd>
        </>
      ))}
      {one.contested ? (
        <>
          <dt>{say('contested')}</dt>
          <dd>
            {limit ? <p>{limit.applies[locale]}</p> : null}
            <p class="text">{one.contested.because}</p>
          </dd>
        </>
      ) : null}
    </>
  )
}
