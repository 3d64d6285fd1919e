import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { read, text } from '../../../api/read.ts'
import { Refused } from '../../../base/refused.ts'
import { Choice, EMPTY, ProblemList, Select, TextArea, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { readForm } from '../../../ui/forms.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Env, Visit } from '../../../ui/visit.ts'
import { noteInquiry } from '../../cases/index.ts'
import { charterInForce } from '../../entitlements/index.ts'
import type { Charter, SupportType } from '../../entitlements/index.ts'
import { words } from '../messages/words.ts'
import { LIMITS, requestSchema } from '../request-schema.ts'
import { formProblems, requestFrom } from './form-request.ts'
import { Hours } from './get-support-parts.tsx'
import { TypeDetails } from './type-details.tsx'

/** Where a visitor comes from, so that one address cannot fill the queue. */
export type PreSalesParts = { readonly addressOf: (context: Context<Env>) => string }

/** Requests of one address within an hour, in one process; a job limits those of one e-mail address besides. */
const AN_HOUR = 6
const HOUR = 3_600_000
const MOST_ADDRESSES = 10_000

/** Questions before buying, for visitors without an account: the form, and the hours of the phone beside it. */
export function preSalesPages({ addressOf }: PreSalesParts): Hono<Env> {
  const allow = hourlyAllowance()
  return new Hono<Env>()
    .get('/pre-sales', (context) => show(context, EMPTY))
    .post('/pre-sales', async (context) => {
      const visit = context.get('visit')
      const { values } = await readForm(context)
      const charter = await charterOf(visit)
      try {
        const { name, company, country, ...rest } = readInquiry(charter, values, visit)
        if (!allow(addressOf(context))) throw new Refused('too-many-attempts')
        await visit.database.work({ kind: 'visitor', operatorId: visit.operatorId }, (work) =>
          noteInquiry(work, visit.operatorId, { ...rest, name, company, country }),
        )
        return context.redirect(visit.link('/pre-sales?said=sent'), 303)
      } catch (error) {
        if (!(error instanceof Refused) || Object.keys(error.fields).length === 0) throw error
        const type = charter.topics.find(({ id }) => id === values['topic'])?.supportType ?? ''
        return show(context, { values, problems: formProblems(error.fields, type) }, 422)
      }
    })
}

/** Whether an address may send one more within the hour. Forgotten all at once, so that it stays small. */
function hourlyAllowance(): (address: string) => boolean {
  const sent = new Map<string, number>()
  let until = 0
  return (address) => {
    const now = performance.now()
    if (now >= until || sent.size >= MOST_ADDRESSES) {
      sent.clear()
      until = now + HOUR
    }
    const count = (sent.get(address) ?? 0) + 1
    sent.set(address, count)
    return count <= AN_HOUR
  }
}

function readInquiry(charter: Charter, values: Filled['values'], visit: Visit) {
  const open = openTypes(charter)
  const who = z.object({
    name: text(120),
    company: text(200),
    country: z.enum(countriesOf(charter) as [string, ...string[]]),
    topic: z.enum(topicsOf(charter, open).map(({ id }) => id) as [string, ...string[]]),
  })
  const { topic: _, ...person } = read(who, values)
  return { ...read(requestSchema(charter), requestFrom(values, charter, visit)), ...person }
}

function openTypes(charter: Charter): readonly SupportType[] {
  return charter.supportTypes.filter(
    ({ requesters, channels, requires }) => requesters === 'everyone' && channels.includes('portal') && !requires,
  )
}

function topicsOf(charter: Charter, types: readonly SupportType[]): Charter['topics'] {
  return charter.topics.filter(({ supportType }) => types.some(({ id }) => id === supportType))
}

/** Where the operator can be called from; wherever else somebody is, the nearest will do. */
function countriesOf({ phones }: Charter): readonly string[] {
  return phones.length > 0 ? phones.map(({ country }) => country) : ['ZZ']
}

async function charterOf(visit: Visit): Promise<Charter> {
  return (await visit.database.work(visit.actor, (work) => charterInForce(work, visit.operatorId))).charter
}

async function show(context: Context<Env>, form: Filled, status: 200 | 422 = 200): Promise<Response> {
  const visit = context.get('visit')
  const { charter, now } = await visit.database.work(visit.actor, async (work) => ({
    ...(await charterInForce(work, visit.operatorId)),
    now: work.now,
  }))
  const types = openTypes(charter)
  if (types.length === 0) throw new Refused('not-found')
  const sent = context.req.query('said') === 'sent'
  return context.html(
    <PreSalesPage visit={visit} form={form} charter={charter} types={types} sent={sent} now={now} />,
    status,
  )
}

type Props = {
  visit: Visit
  form: Filled
  charter: Charter
  types: readonly SupportType[]
  sent: boolean
  now: Temporal.Instant
}

function PreSalesPage({ visit, form, charter, types, sent, now }: Props) {
  const { locale } = visit
  const say = words(locale)
  return (
    <Shell visit={visit} title={say('preSales')} current="support">
      <h1>{say('preSales')}</h1>
      {sent ? (
        <p class="notice" role="status">
          {say('preSalesSent')}
        </p>
      ) : null}
      <div class="beside">
        <PreSalesForm visit={visit} form={form} charter={charter} types={types} />
        <aside>
          <h2>{say('preSalesCall')}</h2>
          {types.map((type) => {
            const calendar = charter.calendars[type.calendar]
            return calendar ? <p>{<Hours visit={visit} calendar={calendar} now={now} />}</p> : null
          })}
          <p>
            <a href={visit.link('/#phone')}>{say('preSalesNumbers')}</a>
          </p>
        </aside>
      </div>
    </Shell>
  )
}

function PreSalesForm({ visit, form, charter, types }: Omit<Props, 'sent' | 'now'>) {
  const { locale } = visit
  const say = words(locale)
  const names = new Intl.DisplayNames([locale], { type: 'region' })
  const field = { locale, form, required: true }
  const labels = {
    name: say('yourName'),
    company: say('company'),
    country: say('countryOf'),
    email: say('email'),
    phone: say('phone'),
    topic: say('topic'),
    title: say('preSalesTitle'),
    description: say('description'),
    method: say('method'),
  }
  const countries = countriesOf(charter)
    .map((value) => ({ value, text: names.of(value) ?? value }))
    .toSorted((one, other) => one.text.localeCompare(other.text, locale))
  return (
    <form method="post" action={visit.link('/pre-sales')} novalidate class="paper">
      <p>{say('preSalesIntro')}</p>
      <ProblemList locale={locale} form={form} labels={labels} />
      <TextField {...field} name="name" label={labels.name} autocomplete="name" max={120} />
      <TextField {...field} name="company" label={labels.company} autocomplete="organization" max={200} />
      <Select
        {...field}
        name="country"
        label={labels.country}
        empty={say('support.chooseCountry')}
        groups={[{ label: labels.country, options: countries }]}
      />
      <TextField {...field} name="email" type="email" label={labels.email} autocomplete="email" max={254} />
      <TextField
        locale={locale}
        form={form}
        name="phone"
        type="tel"
        label={labels.phone}
        hint={say('phoneHint')}
        autocomplete="tel"
        max={40}
      />
      <Choice
        {...field}
        name="method"
        label={labels.method}
        value="email"
        options={[
          { value: 'email', text: say('byEmail') },
          { value: 'phone', text: say('byPhone') },
        ]}
      />
      <Select
        {...field}
        name="topic"
        label={labels.topic}
        empty={say('chooseTopic')}
        groups={types.map((type) => ({
          label: type.name[locale],
          options: topicsOf(charter, [type]).map(({ id, name }) => ({ value: id, text: name[locale] })),
        }))}
      />
      <TypeDetails visit={visit} form={form} charter={charter} types={types} />
      <TextField {...field} name="title" label={labels.title} max={LIMITS.title} />
      <TextArea {...field} name="description" label={labels.description} rows={4} max={LIMITS.description} />
      <button class="primary">{say('contactMe')}</button>
    </form>
  )
}
