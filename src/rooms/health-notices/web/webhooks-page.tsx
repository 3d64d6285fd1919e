import type { Locale } from '../../../base/locale.ts'
import { ProblemList, Select, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { nameOfLanguage, shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import type { OfferedService } from '../subscribe.ts'
import type { OwnWebhook, Telling } from '../webhooks.ts'
import { ServicesFields } from './services-fields.tsx'

type Choices = { services: readonly OfferedService[]; languages: readonly Locale[] }
type Props = Choices & { visit: Visit; form: Filled; said: string | undefined; webhooks: readonly OwnWebhook[] }

const SAID = ['removed', 'changed', 'tested'] as const

/** The addresses of an organization that are told of service health, with what came of the last messages. */
export function WebhooksPage(props: Props) {
  const { visit, form, said, services, languages } = props
  const { locale } = visit
  const say = words(locale)
  const done = SAID.find((one) => one === said)
  return (
    <Shell visit={visit} title={say('hooks.title')} current="health">
      <p class="hint">
        <a href={visit.link('/health/subscriptions')}>{say('title')}</a>
      </p>
      <h1>{say('hooks.title')}</h1>
      {done ? (
        <p class="notice" role="status">
          {say(`hooks.said.${done}`)}
        </p>
      ) : null}
      <ProblemList locale={locale} form={form} labels={labelsOf(visit)} />
      <p>{say('hooks.intro')}</p>
      <live-queue
        changes={visit.link('/health/webhooks/changes')}
        src={visit.link('/health/webhooks?part=list')}
        changed={say('hooks.news')}
      >
        <Webhooks {...props} />
      </live-queue>
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
        <TellingFields
          visit={visit}
          form={form}
          services={services}
          languages={languages}
          telling={{ services: null, language: locale }}
        />
        <button class="primary">{say('hooks.add')}</button>
      </form>
    </Shell>
  )
}

/** What changes while the page is open: each address with what came of its messages. */
export function Webhooks({ visit, webhooks, services }: Pick<Props, 'visit' | 'webhooks' | 'services'>) {
  if (webhooks.length === 0) return <p>{words(visit.locale)('hooks.none')}</p>
  return (
    <>
      {webhooks.map((one) => (
        <One visit={visit} webhook={one} services={services} />
      ))}
    </>
  )
}

/** What one address is told: changed without another secret. */
export function WebhookPage({
  visit,
  form,
  webhook,
  ...choices
}: Choices & { visit: Visit; form: Filled; webhook: OwnWebhook }) {
  const { locale } = visit
  const say = words(locale)
  return (
    <Shell visit={visit} title={say('hooks.changeTitle')} current="health">
      <p class="hint">
        <a href={visit.link('/health/webhooks')}>{say('hooks.title')}</a>
      </p>
      <h1>{say('hooks.changeTitle')}</h1>
      <p class="text">
        <code>{webhook.url}</code>
      </p>
      <p>{say('hooks.changeIntro')}</p>
      <form method="post" action={visit.link(`/health/webhooks/${webhook.webhookId}`)} novalidate class="paper">
        <ProblemList locale={locale} form={form} labels={labelsOf(visit)} />
        <TellingFields visit={visit} form={form} telling={webhook} {...choices} />
        <button class="primary">{say('save')}</button>
      </form>
    </Shell>
  )
}

function labelsOf({ locale }: Visit): Readonly<Record<string, string>> {
  const say = words(locale)
  return {
    url: say('hooks.url'),
    which: say('which'),
    services: say('services'),
    language: say('hooks.language'),
  }
}

function TellingFields({
  visit,
  form,
  services,
  languages,
  telling,
}: Choices & { visit: Visit; form: Filled; telling: Telling }) {
  const { locale } = visit
  const say = words(locale)
  const label = say('hooks.language')
  const filled = { ...form, values: { language: telling.language, ...form.values } }
  return (
    <>
      <ServicesFields visit={visit} form={form} services={services} chosen={telling.services} />
      <Select
        locale={locale}
        form={filled}
        name="language"
        label={label}
        hint={say('hooks.languageHint')}
        required
        groups={[{ label, options: languages.map((value) => ({ value, text: nameOfLanguage(value, locale) })) }]}
      />
    </>
  )
}

function One({ visit, webhook, services }: { visit: Visit; webhook: OwnWebhook; services: readonly OfferedService[] }) {
  const { locale, zone } = visit
  const say = words(locale)
  const { webhookId, url, madeAt, deliveries, language } = webhook
  const named = services.filter(({ id }) => webhook.services?.includes(id)).map(({ name }) => name[locale])
  return (
    <section class="paper" aria-labelledby={`hook-${webhookId}`}>
      <h2 class="text" id={`hook-${webhookId}`}>
        <code>{url}</code>
      </h2>
      <p>
        {webhook.services
          ? say('hooks.tellsChosen', { services: new Intl.ListFormat(locale).format(named) })
          : say('hooks.tellsOwn')}{' '}
        {say('hooks.inLanguage', { language: nameOfLanguage(language, locale) })}{' '}
        <span class="hint">{say('hooks.since', { moment: shortMoment(madeAt, locale, zone) })}</span>
      </p>
      {deliveries.length === 0 ? <p>{say('hooks.noDeliveries')}</p> : <Deliveries visit={visit} webhook={webhook} />}
      <div class="actions">
        <form method="post" action={visit.link('/health/webhooks/test')}>
          <button name="webhook" value={webhookId} aria-label={say('hooks.testOf', { url })}>
            {say('hooks.test')}
          </button>
        </form>
        <a href={visit.link(`/health/webhooks/${webhookId}`)} aria-label={say('hooks.changeOf', { url })}>
          {say('hooks.change')}
        </a>
        <form method="post" action={visit.link('/health/webhooks/remove')}>
          <input type="hidden" name="webhook" value={webhookId} />
          <button class="quiet" aria-label={say('hooks.removeOf', { url })}>
            {say('remove')}
          </button>
        </form>
      </div>
    </section>
  )
}

function Deliveries({ visit, webhook: { url, deliveries } }: { visit: Visit; webhook: OwnWebhook }) {
  const { locale, zone } = visit
  const say = words(locale)
  const label = say('hooks.deliveries', { url })
  return (
    <div class="scroll" role="group" tabindex={0} aria-label={label}>
      <table class="roomy">
        <caption class="visually-hidden">{label}</caption>
        <thead>
          <tr>
            <th scope="col">{say('hooks.written')}</th>
            <th scope="col">{say('hooks.about')}</th>
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
              <th scope="row">{shortMoment(one.writtenAt, locale, zone)}</th>
              <td>
                {one.incidentId ? (
                  <a href={visit.link(`/health/incidents/${one.incidentId}`)}>{say('hooks.incident')}</a>
                ) : (
                  say('hooks.aTest')
                )}
              </td>
              <td>{say(`hooks.state.${one.state}`)}</td>
              <td>
                {outcomeText(one.outcome, visit)}{' '}
                {one.triedAt ? <span class="hint">{shortMoment(one.triedAt, locale, zone)}</span> : null}
              </td>
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

/** A status as it came, with what is likely wrong; or why there was none. */
function outcomeText(outcome: string | null, { locale }: Visit): string {
  const say = words(locale)
  if (outcome === null) return ''
  if (!/^\d+$/.test(outcome)) return say(`hooks.why.${WHY.find((one) => one === outcome) ?? 'bad-address'}`)
  const answered = say('hooks.answered', { status: outcome })
  const meaning = meaningOf(Number(outcome))
  return meaning ? say('hooks.answeredWhy', { answered, why: say(`hooks.meaning.${meaning}`) }) : answered
}

function meaningOf(status: number) {
  if (status >= 200 && status < 300) return undefined
  if (status >= 300 && status < 400) return 'elsewhere'
  if (status === 401 || status === 403) return 'not-allowed'
  if (status === 404 || status === 405) return 'not-there'
  if (status === 410) return 'gone'
  if (status === 429) return 'too-many'
  return status >= 500 ? 'broken' : 'refused'
}

/** What a new address needs, with the secret: shown this once. */
export function MadeWebhookPage({
  visit,
  url,
  webhookId,
  secret,
}: {
  visit: Visit
  url: string
  webhookId: string
  secret: string
}) {
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
        <form method="post" action={visit.link('/health/webhooks/test')} class="actions">
          <button class="primary" name="webhook" value={webhookId}>
            {say('hooks.test')}
          </button>{' '}
          <a href={visit.link('/health/webhooks')}>{say('hooks.toList')}</a>
        </form>
      </div>
    </Shell>
  )
}
