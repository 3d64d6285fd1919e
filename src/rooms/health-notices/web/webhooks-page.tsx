import { ProblemList, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import type { OwnWebhook } from '../webhooks.ts'

type Props = { visit: Visit; form: Filled; done: boolean; webhooks: readonly OwnWebhook[] }

/** The addresses of an organization that are told of service health, with what came of the last messages. */
export function WebhooksPage({ visit, form, done, webhooks }: Props) {
  const { locale } = visit
  const say = words(locale)
  return (
    <Shell visit={visit} title={say('hooks.title')} current="health">
      <p class="hint">
        <a href={visit.link('/health/subscriptions')}>{say('title')}</a>
      </p>
      <h1>{say('hooks.title')}</h1>
      {done ? (
        <p class="notice" role="status">
          {say('hooks.removed')}
        </p>
      ) : null}
      <ProblemList locale={locale} form={form} labels={{ url: say('hooks.url') }} />
      <p>{say('hooks.intro')}</p>
      {webhooks.length === 0 ? <p>{say('hooks.none')}</p> : null}
      {webhooks.map((one) => (
        <One visit={visit} webhook={one} />
      ))}
      <form method="post" action={visit.link('/health/webhooks')} novalidate class="paper">
        <h2>{say('hooks.newTitle')}</h2>
        <TextField
          locale={locale}
          form={form}
          name="url"
          label={say('hooks.url')}
          hint={say('hooks.urlHint')}
          required
          max={2000}
        />
        <button class="primary">{say('hooks.add')}</button>
      </form>
    </Shell>
  )
}

function One({ visit, webhook }: { visit: Visit; webhook: OwnWebhook }) {
  const { locale, zone } = visit
  const say = words(locale)
  const { webhookId, url, madeAt, deliveries } = webhook
  return (
    <section class="paper" aria-labelledby={`hook-${webhookId}`}>
      <h2 class="text" id={`hook-${webhookId}`}>
        <code>{url}</code>
      </h2>
      <p class="hint">{say('hooks.since', { moment: shortMoment(madeAt, locale, zone) })}</p>
      {deliveries.length === 0 ? <p>{say('hooks.noDeliveries')}</p> : <Deliveries visit={visit} webhook={webhook} />}
      <form method="post" action={visit.link('/health/webhooks/remove')}>
        <input type="hidden" name="webhook" value={webhookId} />
        <button class="quiet" aria-label={say('hooks.removeOf', { url })}>
          {say('remove')}
        </button>
      </form>
    </section>
  )
}

function Deliveries({ visit, webhook: { url, deliveries } }: { visit: Visit; webhook: OwnWebhook }) {
  const { locale, zone } = visit
  const say = words(locale)
  const label = say('hooks.deliveries', { url })
  return (
    <div class="scroll" role="group" tabindex={0} aria-label={label}>
      <table>
        <caption class="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{say('hooks.written')}</th>
            <th scope="col">{say('hooks.state')}</th>
            <th scope="col">{say('hooks.outcome')}</th>
            <th scope="col">{say('hooks.tries')}</th>
            <th scope="col">{say('hooks.next')}</th>
            <th scope="col">webhook-id</th>
          </tr>
        </thead>
        <tbody>
          {deliveries.map((one) => (
            <tr>
              <th scope="row">
                <a href={visit.link(`/health/incidents/${one.incidentId}`)}>
                  {shortMoment(one.writtenAt, locale, zone)}
                </a>
              </th>
              <td>{say(`hooks.state.${one.state}`)}</td>
              <td>{outcomeText(one.outcome, visit)}</td>
              <td>{one.tries}</td>
              <td>{one.nextAt && one.tries > 0 ? shortMoment(one.nextAt, locale, zone) : ''}</td>
              <td>
                <code>{one.deliveryId}</code>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

const WHY = ['timeout', 'tls', 'unreachable', 'unknown-host', 'resting', 'inner-address'] as const

/** A status as it came, or why there was none. */
function outcomeText(outcome: string | null, { locale }: Visit): string {
  const say = words(locale)
  if (outcome === null) return ''
  if (/^\d+$/.test(outcome)) return say('hooks.answered', { status: outcome })
  return say(`hooks.why.${WHY.find((one) => one === outcome) ?? 'bad-address'}`)
}

/** What a new address needs, with the secret: shown this once. */
export function MadeWebhookPage({ visit, url, secret }: { visit: Visit; url: string; secret: string }) {
  const say = words(visit.locale)
  return (
    <Shell visit={visit} title={say('hooks.made')} current="health">
      <div class="narrow">
        <h1>{say('hooks.made')}</h1>
        <p class="notice" role="status">
          {say('hooks.secretOnce')}
        </p>
        <dl>
          <dt>{say('hooks.url')}</dt>
          <dd>
            <code>{url}</code>
          </dd>
          <dt>{say('hooks.secret')}</dt>
          <dd>
            <code>{secret}</code>
          </dd>
        </dl>
        <p>{say('hooks.how')}</p>
        <p>
          <a href={visit.link('/health/webhooks')}>{say('hooks.toList')}</a>
        </p>
      </div>
    </Shell>
  )
}
