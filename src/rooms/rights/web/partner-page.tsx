import { dateText, momentText } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { Charter } from '../../entitlements/index.ts'
import type { RelationRow } from '../../partners/index.ts'
import { words } from '../messages/words.ts'
import { listOf, roleName, Ways } from './people-page.tsx'

type Props = {
  visit: Visit
  charter: Charter
  relations: readonly RelationRow[]
  /** Whether the one who looks may give and withdraw consent. */
  manages: boolean
  now: Temporal.Instant
}

/** Which partner may act for the organization, with which roles and until when; and the consent, given and withdrawn here. */
export function PartnerPage({ visit, charter, relations, manages, now }: Props) {
  const say = words(visit.locale)
  return (
    <Shell visit={visit} title={say('partner')}>
      <div class="narrow">
        <h1>{say('partner')}</h1>
        <Ways visit={visit} current="partner" />
        <p>{say(relations.length > 0 ? 'partnerIntro' : 'partnerNone')}</p>
        <ul class="people">
          {relations.map((relation) => (
            <li class="paper">
              <Relation visit={visit} charter={charter} relation={relation} manages={manages} now={now} />
            </li>
          ))}
        </ul>
      </div>
    </Shell>
  )
}

function Relation({ visit, charter, relation, manages, now }: Omit<Props, 'relations'> & { relation: RelationRow }) {
  const { locale, zone } = visit
  const say = words(locale)
  const { name, roles, partnerId, endsAt, consentedAt, withdrawnAt } = relation
  const over = Temporal.Instant.compare(endsAt, now) <= 0
  const live = consentedAt !== null && withdrawnAt === null && !over
  const until = dateText(endsAt.toZonedDateTimeISO(zone).toPlainDate().toString(), locale)
  return (
    <>
      <h2>{name}</h2>
      <p>
        {say('partnerRoles', {
          roles: listOf(
            roles.map((role) => roleName(charter, role, visit)),
            visit,
          ),
        })}
      </p>
      <p>
        {withdrawnAt
          ? say('consentWithdrawn', { at: momentText(withdrawnAt, locale, zone) })
          : over
            ? say('consentOver', { until: momentText(endsAt, locale, zone) })
            : consentedAt
              ? say('consentGiven', { at: momentText(consentedAt, locale, zone) })
              : say('consentAsked', { until })}
      </p>
      {live ? <p>{say(relation.extends ? 'goesOn' : 'endsOn', { until: momentText(endsAt, locale, zone) })}</p> : null}
      {manages ? (
        <form method="post" action={visit.link('/organization/partner')}>
          <input type="hidden" name="partner" value={partnerId} />
          {live ? (
            <>
              <button name="act" value={relation.extends ? 'stop' : 'extend'}>
                {say(relation.extends ? 'letEnd' : 'keepOn')}
              </button>{' '}
              <button name="act" value="withdraw">
                {say('withdraw')}
              </button>
            </>
          ) : (
            <button class="primary" name="act" value="give">
              {say('giveConsent')}
            </button>
          )}
        </form>
      ) : (
        <p class="hint">{say('partnerWho')}</p>
      )}
    </>
  )
}
