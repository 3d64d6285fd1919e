import { newId } from '../../../base/ids.ts'
import { Choice, ProblemList, Select, TextArea, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { FILES_LIMIT } from '../../../ui/forms.ts'
import { fieldText } from '../../../ui/refusals.ts'
import { Shell } from '../../../ui/shell.tsx'
import { spokenPhone } from '../../../ui/phone.ts'
import type { Visit } from '../../../ui/visit.ts'
import { HealthLine, KnownProblems } from '../../../ui/health-line.tsx'
import type { Charter, SupportType } from '../../entitlements/index.ts'
import type { PersonRow } from '../../people/index.ts'
import type { Subscription } from '../../rights/index.ts'
import { healthItems } from '../../service-health/index.ts'
import type { Incident } from '../../service-health/index.ts'
import { words } from '../messages/words.ts'
import { LIMITS } from '../request-schema.ts'
import type { CallOffer } from '../../callbacks/index.ts'
import { CallConfirm } from './call-confirm.tsx'
import { SubscriptionField, TypeDetails } from './type-details.tsx'
import { When } from './when.tsx'
import type { Promises } from './when.tsx'

type Props = {
  visit: Visit
  form: Filled
  charter: Charter
  person: PersonRow
  contract: string | null
  incidents: readonly Incident[]
  /** Of these, what the request may be about. */
  known: readonly Incident[]
  promises: Promises
  calls: readonly CallOffer[]
  /** The support types he may ask for. */
  types: readonly SupportType[]
  subscriptions: readonly Subscription[]
}

/** The "Contact support" form: what is asked, why, and how soon it is answered. */
export function ContactForm(props: Props) {
  const { visit, form, charter, person, contract, incidents, known, promises, calls, types, subscriptions } = props
  const { locale } = visit
  const say = words(locale)
  const labels = labelsOf(charter, visit)
  const before = form.values['known']?.split(' ') ?? []
  const seen = [...new Set([...known.map(({ incidentId }) => incidentId), ...before])]
  return (
    <Shell visit={visit} title={say('contactTitle')} current="contact">
      <h1>{say('contactTitle')}</h1>
      <HealthLine
        visit={visit}
        items={healthItems(visit, charter.services, incidents)}
        told={healthItems(visit, charter.services, known)}
      />
      <KnownProblems
        visit={visit}
        items={healthItems(visit, charter.services, known)}
        goOn={<span>{say('knownThenGoOn')}</span>}
      />
      <div class="beside">
        <form method="post" action={visit.link('/contact')} enctype="multipart/form-data" novalidate class="paper">
          <ProblemList locale={locale} form={form} labels={labels} />
          <input type="hidden" name="key" value={form.values['key'] ?? newId()} />
          {known.length > 0 ? <input type="hidden" name="known" value={seen.join(' ')} /> : null}
          {form.values['draft'] ? <input type="hidden" name="draft" value={form.values['draft']} /> : null}
          {form.values['asked'] ? <input type="hidden" name="asked" value={form.values['asked']} /> : null}
          <TextField
            locale={locale}
            form={form}
            name="title"
            label={say('title')}
            hint={say('titleHint')}
            required
            max={LIMITS.title}
          />
          <TextArea
            locale={locale}
            form={form}
            name="description"
            label={say('description')}
            hint={say('descriptionHint')}
            required
            max={LIMITS.description}
            value={articleNote(visit, form)}
          />
          <Select
            locale={locale}
            form={form}
            name="topic"
            label={say('topic')}
            required
            empty={say('chooseTopic')}
            groups={topicGroups(charter, types, visit)}
          />
          <SubscriptionField visit={visit} form={form} subscriptions={subscriptions} />
          <TypeDetails visit={visit} form={form} charter={charter} types={types} />
          <h2>{say('impactTitle')}</h2>
          <p>{say('impactIntro')}</p>
          {charter.impactQuestions.map(({ id, question, options }) => (
            <Choice
              locale={locale}
              form={form}
              name={`impact-${id}`}
              label={question[locale]}
              options={options.map((option) => ({ value: option.id, text: option.name[locale] }))}
            />
          ))}
          <TextArea
            locale={locale}
            form={form}
            name="businessImpact"
            label={say('businessImpact')}
            hint={say('businessImpactHint')}
            rows={3}
            max={LIMITS.businessImpact}
          />
          <h2>{say('reachTitle')}</h2>
          <Choice
            locale={locale}
            form={form}
            name="method"
            label={say('method')}
            required
            value="email"
            options={[
              { value: 'email', text: say('byEmail') },
              ...(calls.length > 0
                ? [
                    { value: 'now', text: say('call.now') },
                    { value: 'at', text: say('call.at') },
                  ]
                : [{ value: 'phone', text: say('byPhone') }]),
            ]}
          />
          <TextField
            locale={locale}
            form={form}
            name="phone"
            label={say('phone')}
            hint={say('phoneHint')}
            type="tel"
            autocomplete="tel"
            value={spokenPhone(person.phone ?? '')}
            max={40}
          />
          {calls.length > 0 ? <CallConfirm visit={visit} form={form} /> : null}
          <TextField
            locale={locale}
            form={form}
            name="email"
            label={say('email')}
            type="email"
            autocomplete="email"
            value={person.email}
            required
            max={254}
          />
          <Files visit={visit} form={form} />
          <button class="primary">{say('contactMe')}</button>
        </form>
        <aside>
          <h2>{say('whenTitle')}</h2>
          <p>{say('whenIntro')}</p>
          {promises.map((one) => (
            <When visit={visit} charter={charter} promise={one} call={calls.find(({ type }) => type === one.type)} />
          ))}
          {contract === null ? <ContractNote visit={visit} charter={charter} /> : null}
        </aside>
      </div>
    </Shell>
  )
}

function labelsOf(charter: Charter, { locale }: Visit): Record<string, string> {
  const say = words(locale)
  const questions = charter.impactQuestions.map(({ id, question }) => [`impact-${id}`, question[locale]])
  const own = {
    title: say('title'),
    description: say('description'),
    topic: say('topic'),
    businessImpact: say('businessImpact'),
    method: say('method'),
    phone: say('phone'),
    email: say('email'),
    files: say('files'),
    callConfirmed: say('call.confirm'),
    subscription: say('subscription'),
  }
  const ofTypes = charter.supportTypes.flatMap((type) => [
    [`scope-${type.id}`, say('scopeQuestion')],
    ...type.questions.map(({ id, name }) => [`answer-${type.id}-${id}`, name[locale]]),
  ])
  return { ...own, ...(Object.fromEntries([...questions, ...ofTypes]) as Record<string, string>) }
}

function topicGroups(charter: Charter, types: readonly SupportType[], { locale }: Visit) {
  return types.map((type) => ({
    label: type.name[locale],
    options: charter.topics
      .filter(({ supportType }) => supportType === type.id)
      .map(({ id, name }) => ({ value: id, text: name[locale] })),
  }))
}

/** The article that did not help travels along, so that nobody is sent it again. */
function articleNote({ locale }: Visit, form: Filled): string {
  const article = form.values['article']
  return article ? words(locale)('articleNote', { article }) : ''
}

function Files({ visit, form }: { visit: Visit; form: Filled }) {
  const say = words(visit.locale)
  const problem = form.problems['files']
  return (
    <div class="field">
      <label for="files">{say('files')}</label>
      <p class="hint" id="files-hint">
        {say('filesHint', { count: FILES_LIMIT })}
      </p>
      {problem ? (
        <p class="problem" id="files-problem">
          {fieldText(problem, visit.locale)}
        </p>
      ) : null}
      <input
        type="file"
        id="files"
        name="files"
        multiple
        aria-describedby={problem ? 'files-hint files-problem' : 'files-hint'}
      />
    </div>
  )
}

function ContractNote({ visit, charter }: { visit: Visit; charter: Charter }) {
  const bound = charter.severities.filter(({ requires }) => requires?.contract)
  const say = words(visit.locale)
  return (
    <>
      {bound.map(({ id }) => (
        <p class="hint">{say('needsContract', { severity: id })}</p>
      ))}
    </>
  )
}
