import type { Refused } from '../../../base/refused.ts'
import { ProblemList, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { momentText, shortMoment, zoneText } from '../../../ui/moments.ts'
import { fieldText, refusalText } from '../../../ui/refusals.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { Charter } from '../../entitlements/index.ts'
import type { PersonRow } from '../../people/index.ts'
import type { GrantRow, PeopleAndRights, RightEventRow } from '../manage.ts'
import { words } from '../messages/words.ts'

type Props = PeopleAndRights & {
  visit: Visit
  form: Filled
  said: string | undefined
  refused: Refused | undefined
}

const SAID = ['roles', 'lent', 'ended', 'freed', 'invited'] as const

/** Who is in the organization, who may ask what and until when, and what happened to rights. */
export function PeoplePage(props: Props) {
  const { visit, form, said, refused, people, now } = props
  const { locale, zone } = visit
  const say = words(locale)
  const done = SAID.find((one) => one === said)
  const own = people.filter(({ partnerId }) => partnerId === null)
  return (
    <Shell visit={visit} title={say('people')}>
      <h1>{say('people')}</h1>
      <Ways visit={visit} current="people" />
      {done ? (
        <p class="notice" role="status">
          {say(`said.${done}`)}
        </p>
      ) : null}
      {refused ? (
        <p class="notice" role="alert">
          {refusalText(refused.code, locale)}
        </p>
      ) : null}
      <ProblemList
        locale={locale}
        form={form}
        labels={{ name: say('name'), email: say('email'), until: say('until'), from: say('from'), role: say('role') }}
      />
      <ToChecklists visit={visit} checklists={props.checklists} />
      <p>{props.manages ? say('peopleIntro') : say('peopleLook')}</p>
      <p class="hint">{say('timesIn', { zone: zoneText(now, locale, zone) })}</p>
      <ul class="people">
        {own.map((person) => (
          <li class="paper">
            <Person {...props} person={person} />
          </li>
        ))}
      </ul>
      {props.manages ? <Invite visit={visit} form={form} /> : null}
      <History visit={visit} charter={props.charter} events={props.events} />
    </Shell>
  )
}

/** The way to what an organization goes through with what it has bought. */
export function ToChecklists({ visit, checklists }: { visit: Visit; checklists: boolean }) {
  const say = words(visit.locale)
  return checklists ? (
    <p>
      {say('checklists')} <a href={visit.link('/onboarding')}>{say('checklistsLink')}</a>
    </p>
  ) : null
}

/** The way between the pages of an organization. */
export function Ways({
  visit,
  current,
}: {
  visit: Visit
  current: 'people' | 'questions' | 'partner' | 'organizations'
}) {
  const say = words(visit.locale)
  const ways = [
    ['people', '/organization', say('people')],
    ['questions', '/organization/questions', say('questions')],
    ['partner', '/organization/partner', say('partner')],
    ['programs', '/organization/programs', say('programs')],
    ['notices', '/health/subscriptions', say('notices')],
    ['organizations', '/organizations', say('organizations')],
  ] as const
  const shown = ways.filter(([name]) => visit.person?.administrator || name === 'questions' || name === 'organizations')
  return (
    <nav aria-label={say('organization')}>
      <ul class="tabs">
        {shown.map(([name, path, text]) => (
          <li>
            <a href={visit.link(path)} aria-current={name === current ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Person(props: Props & { person: PersonRow }) {
  const { visit, person, charter, grants, seats, manages, now, me } = props
  const { locale } = visit
  const say = words(locale)
  const lent = grants.filter(({ personId, endedAt }) => personId === person.personId && endedAt === null)
  const current = lent.filter(({ endsAt }) => Temporal.Instant.compare(endsAt, now) > 0)
  const own = seats.filter(({ personId }) => personId === person.personId)
  return (
    <>
      <h2>
        {person.name} {person.personId === me.personId ? <small>({say('you')})</small> : null}
      </h2>
      <p>
        <a href={`mailto:${person.email}`}>{person.email}</a>
      </p>
      <p>
        {person.roles.length > 0
          ? say('hasRoles', {
              roles: listOf(
                person.roles.map((role) => roleName(charter, role, visit)),
                visit,
              ),
            })
          : say('noRoles')}
      </p>
      {current.length > 0 ? (
        <ul>
          {current.map((grant) => (
            <li>
              <Lent {...props} grant={grant} />
            </li>
          ))}
        </ul>
      ) : null}
      {own.map(({ addOn }) => (
        <form method="post" action={visit.link('/organization/seats/free')}>
          {say('hasSeat', { addOn: addOnName(charter, addOn, visit) })}{' '}
          {manages ? (
            <>
              <input type="hidden" name="addOn" value={addOn} />
              <input type="hidden" name="person" value={person.personId} />
              <button class="quiet" aria-label={say('freeSeatOf', { name: person.name })}>
                {say('freeSeat')}
              </button>
            </>
          ) : null}
        </form>
      ))}
      {manages ? (
        <>
          <Roles visit={visit} charter={charter} person={person} />
          <Lending {...props} />
        </>
      ) : null}
    </>
  )
}

function Lent({ visit, charter, grant, manages, now, subscriptions }: Props & { grant: GrantRow }) {
  const { locale, zone } = visit
  const say = words(locale)
  const types = (grant.supportTypes ?? []).map((id) => typeName(charter, id, visit))
  const subscription = subscriptions.find(({ subscriptionId }) => subscriptionId === grant.subscriptionId)
  const begun = Temporal.Instant.compare(grant.startsAt, now) <= 0
  return (
    <form method="post" action={visit.link('/organization/delegations/end')}>
      {say(begun ? 'lentUntil' : 'lentFrom', {
        role: roleName(charter, grant.role, visit),
        from: momentText(grant.startsAt, locale, zone),
        until: momentText(grant.endsAt, locale, zone),
      })}
      {types.length > 0 ? ` ${say('onlyTypes', { types: listOf(types, visit) })}` : ''}
      {subscription ? ` ${say('onlySubscription', { name: subscription.name })}` : ''}{' '}
      {manages ? (
        <>
          <input type="hidden" name="grant" value={grant.grantId} />
          <button class="quiet">{say('endNow')}</button>
        </>
      ) : null}
    </form>
  )
}

function Roles({ visit, charter, person }: { visit: Visit; charter: Charter; person: PersonRow }) {
  const { locale } = visit
  const say = words(locale)
  return (
    <details>
      <summary>{say('changeRoles', { name: person.name })}</summary>
      <form method="post" action={visit.link('/organization/roles')}>
        <input type="hidden" name="person" value={person.personId} />
        <fieldset>
          <legend>{say('roles')}</legend>
          {charter.roles.map((role) => (
            <label class="choice">
              <input type="checkbox" name={`role-${role.id}`} checked={person.roles.includes(role.id)} />{' '}
              {role.name[locale]} <span class="hint">{asksText(charter, role, visit)}</span>
            </label>
          ))}
        </fieldset>
        <button>{say('saveRoles')}</button>
      </form>
    </details>
  )
}

/** What a role may ask, in words. */
function asksText(charter: Charter, { asks, manages }: Charter['roles'][number], visit: Visit): string {
  const say = words(visit.locale)
  const what =
    asks === undefined
      ? say('asksAll')
      : asks.length === 0
        ? say('asksNothing')
        : say('asks', {
            types: listOf(
              asks.map((id) => typeName(charter, id, visit)),
              visit,
            ),
          })
  return manages ? `${what} ${say('givesRights')}` : what
}

function Lending({ visit, form, charter, subscriptions, person }: Props & { person: PersonRow }) {
  const { locale } = visit
  const say = words(locale)
  const mine: Filled = form.values['person'] === person.personId ? form : { values: {}, problems: {} }
  const short = person.personId
  const requestable = charter.supportTypes.filter(
    ({ channels, requesters }) => channels.includes('portal') && requesters === 'administrators',
  )
  return (
    <details open={Object.keys(mine.problems).length > 0}>
      <summary>{say('lend', { name: person.name })}</summary>
      <form method="post" action={visit.link('/organization/delegations')} novalidate>
        <input type="hidden" name="person" value={person.personId} />
        <div class="field">
          <label for={`role-of-${short}`}>{say('role')}</label>
          <select id={`role-of-${short}`} name="role">
            {charter.roles.map((role) => (
              <option value={role.id} selected={role.id === mine.values['role']}>
                {role.name[locale]}
              </option>
            ))}
          </select>
        </div>
        <fieldset>
          <legend>{say('onlyTheseTypes')}</legend>
          {requestable.map((type) => (
            <label class="choice">
              <input type="checkbox" name={`type-${type.id}`} checked={mine.values[`type-${type.id}`] !== undefined} />{' '}
              {type.name[locale]}
            </label>
          ))}
        </fieldset>
        {subscriptions.length > 0 ? (
          <div class="field">
            <label for={`subscription-of-${short}`}>{say('onlyThisSubscription')}</label>
            <select id={`subscription-of-${short}`} name="subscription">
              <option value="">{say('allSubscriptions')}</option>
              {subscriptions.map(({ subscriptionId, name }) => (
                <option value={subscriptionId} selected={subscriptionId === mine.values['subscription']}>
                  {name}
                </option>
              ))}
            </select>
          </div>
        ) : null}
        <Moment
          visit={visit}
          form={mine}
          name="from"
          id={`from-of-${short}`}
          label={say('from')}
          hint={say('fromHint')}
        />
        <Moment visit={visit} form={mine} name="until" id={`until-of-${short}`} label={say('until')} />
        <button>{say('lendRole')}</button>
      </form>
    </details>
  )
}

function Moment({
  visit,
  form,
  name,
  id,
  label,
  hint,
}: {
  visit: Visit
  form: Filled
  name: 'from' | 'until'
  id: string
  label: string
  hint?: string
}) {
  const problem = form.problems[name]
  const told = [...(hint ? [`${id}-hint`] : []), ...(problem ? [`${id}-problem`] : [])].join(' ')
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint ? (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {problem ? (
        <p class="problem" id={`${id}-problem`}>
          {fieldText(problem, visit.locale)}
        </p>
      ) : null}
      <input
        type="datetime-local"
        id={id}
        name={name}
        value={form.values[name]}
        {...(told ? { 'aria-describedby': told } : {})}
        aria-invalid={problem ? 'true' : undefined}
      />
    </div>
  )
}

function Invite({ visit, form }: { visit: Visit; form: Filled }) {
  const { locale } = visit
  const say = words(locale)
  return (
    <form method="post" action={visit.link('/organization/invite')} novalidate class="paper">
      <h2>{say('inviteTitle')}</h2>
      <p>{say('inviteIntro')}</p>
      <TextField locale={locale} form={form} name="name" label={say('name')} required max={120} />
      <TextField locale={locale} form={form} name="email" type="email" label={say('email')} required max={254} />
      <button class="primary">{say('invite')}</button>
    </form>
  )
}

function History({ visit, charter, events }: { visit: Visit; charter: Charter; events: readonly RightEventRow[] }) {
  const { locale, zone } = visit
  const say = words(locale)
  if (events.length === 0) return null
  return (
    <section aria-labelledby="history">
      <h2 id="history">{say('history')}</h2>
      <ul>
        {events.flatMap((event) => {
          const told = eventText(event, charter, visit)
          return told === undefined
            ? []
            : [
                <li>
                  <time datetime={event.recordedAt.toString()}>{shortMoment(event.recordedAt, locale, zone)}</time> ·{' '}
                  {told}
                </li>,
              ]
        })}
      </ul>
    </section>
  )
}

const TOLD = [
  'roles.changed',
  'right.given',
  'right.ended',
  'colleague.invited',
  'seat.taken',
  'seat.freed',
  'request.refused',
  'question.asked',
  'question.sent',
  'question.declined',
  'consent.given',
  'consent.withdrawn',
  'relation.kept-on',
  'relation.let-end',
  'relation.extended',
  'relation.ended',
] as const

function eventText({ kind, payload, actorName }: RightEventRow, charter: Charter, visit: Visit): string | undefined {
  const told = TOLD.find((one) => one === kind)
  if (!told) return undefined
  const { locale, zone } = visit
  const say = words(locale)
  const names = (ids: string | undefined) =>
    listOf(
      (ids ?? '')
        .split(' ')
        .filter(Boolean)
        .map((role) => roleName(charter, role, visit)),
      visit,
    ) || say('none')
  const until = payload['until'] ? momentText(Temporal.Instant.from(payload['until']), locale, zone) : ''
  return say(`event.${told}`, {
    by: actorName ?? '',
    person: payload['person'] ?? '',
    partner: payload['partner'] ?? '',
    title: payload['title'] ?? '',
    number: payload['number'] ?? '',
    addOn: addOnName(charter, payload['addOn'] ?? '', visit),
    role: names(payload['role']),
    before: names(payload['from']),
    after: names(payload['to']),
    until,
  })
}

export function roleName({ roles }: Charter, id: string, { locale }: Visit): string {
  return roles.find((role) => role.id === id)?.name[locale] ?? id
}

function typeName({ supportTypes }: Charter, id: string, { locale }: Visit): string {
  return supportTypes.find((type) => type.id === id)?.name[locale] ?? id
}

function addOnName({ supportTypes }: Charter, id: string, { locale }: Visit): string {
  return supportTypes.find(({ requires }) => requires?.addOn === id)?.name[locale] ?? id
}

export function listOf(parts: readonly string[], { locale }: Visit): string {
  return new Intl.ListFormat(locale).format(parts)
}
