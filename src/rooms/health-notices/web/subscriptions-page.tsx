import { Choice, ProblemList, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { zoneText } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import type { OwnSubscription } from '../subscribe.ts'
import { ServicesFields } from './services-fields.tsx'

type Props = OwnSubscription & { visit: Visit; form: Filled; said: string | undefined }

const SAID = ['saved', 'stopped', 'added', 'removed'] as const
const MORNING = 8 * 60

/** What somebody is told of service health by mail; and for who gives rights, who else is. */
export function SubscriptionsPage(props: Props) {
  const { visit, form, said, own } = props
  const { locale } = visit
  const say = words(locale)
  const done = SAID.find((one) => one === said)
  const labels = {
    which: say('which'),
    services: say('services'),
    pace: say('pace'),
    hour: say('hour'),
    email: say('email'),
  }
  return (
    <Shell visit={visit} title={say('title')} current="health">
      <p class="hint">
        <a href={visit.link('/health')}>{say('toHealth')}</a>
      </p>
      <h1>{say('title')}</h1>
      {done ? (
        <p class="notice" role="status">
          {say(`said.${done}`)}
        </p>
      ) : null}
      <ProblemList locale={locale} form={form} labels={labels} />
      <p>{say(own === undefined ? 'now.none' : own.digestMinute === null ? 'now.atOnce' : 'now.daily')}</p>
      <OwnForm {...props} />
      {own ? (
        <form method="post" action={visit.link('/health/subscriptions')}>
          <button class="quiet" name="act" value="stop">
            {say('stop')}
          </button>
        </form>
      ) : null}
      {props.manages ? <Colleagues {...props} /> : null}
    </Shell>
  )
}

function OwnForm({ visit, form, own, services, now }: Props) {
  const { locale, zone } = visit
  const say = words(locale)
  const minute = own?.digestMinute ?? MORNING
  return (
    <form method="post" action={visit.link('/health/subscriptions')} novalidate class="paper">
      <ServicesFields visit={visit} form={form} services={services} chosen={own?.services ?? null} />
      <Choice
        locale={locale}
        form={form}
        name="pace"
        label={say('pace')}
        required
        value={own && own.digestMinute !== null ? 'daily' : 'at-once'}
        options={[
          { value: 'at-once', text: say('pace.at-once') },
          { value: 'daily', text: say('pace.daily') },
        ]}
      />
      <div class="field">
        <label for="hour">{say('hour')}</label>
        <p class="hint" id="hour-hint">
          {say('hourHint', { zone: zoneText(now, locale, zone) })}
        </p>
        <select id="hour" name="hour" aria-describedby="hour-hint">
          {Array.from({ length: 24 }, (_, hour) => (
            <option value={hour} selected={(form.values['hour'] ?? String(Math.floor(minute / 60))) === String(hour)}>
              {String(hour).padStart(2, '0')}:00
            </option>
          ))}
        </select>
      </div>
      <button class="primary">{say(own ? 'save' : 'start')}</button>
    </form>
  )
}

function Colleagues({ visit, form, subscribers, more }: Props) {
  const { locale } = visit
  const say = words(locale)
  const action = visit.link('/health/subscriptions/colleagues')
  return (
    <section aria-labelledby="colleagues">
      <h2 id="colleagues">{say('colleagues')}</h2>
      <p>{say('colleaguesIntro')}</p>
      {subscribers.length === 0 ? <p>{say('nobody')}</p> : null}
      <ul>
        {subscribers.map(({ personId, name, email, digestMinute }) => (
          <li>
            <form method="post" action={action}>
              <input type="hidden" name="person" value={personId} />
              {name} <span class="hint">{email}</span> {say(digestMinute === null ? 'pace.at-once' : 'pace.daily')}{' '}
              <button class="quiet" aria-label={say('removeOf', { name })}>
                {say('remove')}
              </button>
            </form>
          </li>
        ))}
      </ul>
      {more ? (
        <p>
          <a href={visit.link(`/health/subscriptions?after=${more}`)}>{say('more')}</a>
        </p>
      ) : null}
      <form method="post" action={action} novalidate class="paper">
        <TextField
          locale={locale}
          form={form}
          name="email"
          type="email"
          label={say('email')}
          hint={say('emailHint')}
          required
          max={254}
        />
        <button>{say('add')}</button>
      </form>
      <p>
        <a href={visit.link('/health/webhooks')}>{say('toWebhooks')}</a>
      </p>
      <p>
        <a href={visit.link('/health/feeds')}>{say('toFeeds')}</a>
      </p>
    </section>
  )
}
