import { Choice, Select, TextArea, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { ANSWER_LIMIT, CONTEST_LIMIT } from '../../cases/index.ts'
import type { Charter, ScopeLimit, SupportType, TypeQuestion } from '../../entitlements/index.ts'
import type { Subscription } from '../../rights/index.ts'
import { words } from '../messages/words.ts'

/** Which subscription it is about, where there is a choice. */
export function SubscriptionField({
  visit,
  form,
  subscriptions,
}: {
  visit: Visit
  form: Filled
  subscriptions: readonly Subscription[]
}) {
  const say = words(visit.locale)
  if (subscriptions.length === 0) return null
  return (
    <Select
      locale={visit.locale}
      form={form}
      name="subscription"
      label={say('subscription')}
      empty={say('subscriptionNone')}
      groups={[
        {
          label: say('subscriptions'),
          options: subscriptions.map(({ subscriptionId: value, name: text }) => ({ value, text })),
        },
      ]}
    />
  )
}

/**
 * What each support type asks besides, and what it does not help with. Without JavaScript all types stand there under their
 * names; with it, that of the topic alone.
 */
export function TypeDetails({
  visit,
  form,
  charter,
  types,
}: {
  visit: Visit
  form: Filled
  charter: Charter
  types: readonly SupportType[]
}) {
  const { locale } = visit
  const say = words(locale)
  return (
    <>
      {types
        .filter(({ questions, scope }) => questions.length + scope.length > 0)
        .map((type) => (
          <only-for
            field="topic"
            values={charter.topics
              .filter(({ supportType }) => supportType === type.id)
              .map(({ id }) => id)
              .join(' ')}
          >
            <fieldset class="details">
              <legend>{say('onlyFor', { type: type.name[locale] })}</legend>
              {type.questions.map((question) => (
                <Question visit={visit} form={form} name={`answer-${type.id}-${question.id}`} question={question} />
              ))}
              {type.scope.length > 0 ? <Scope visit={visit} form={form} type={type} /> : null}
            </fieldset>
          </only-for>
        ))}
    </>
  )
}

/** A question of a support type: a text, or one of its options. */
function Question({
  visit: { locale },
  form,
  name,
  question: { name: label, options, required },
}: {
  visit: Visit
  form: Filled
  name: string
  question: TypeQuestion
}) {
  const field = { locale, form, name, label: label[locale], required }
  if (options.length === 0) return <TextField {...field} max={ANSWER_LIMIT} />
  return <Choice {...field} options={options.map((option) => ({ value: option.id, text: option.name[locale] }))} />
}

function Scope({ visit, form, type }: { visit: Visit; form: Filled; type: SupportType }) {
  const { locale } = visit
  const say = words(locale)
  const name = `scope-${type.id}`
  const chosen = type.scope.find(({ id }) => id === form.values[name])
  return (
    <>
      <Choice
        locale={locale}
        form={form}
        name={name}
        label={say('scopeQuestion')}
        value=""
        options={[
          { value: '', text: say('scopeNone') },
          ...type.scope.map(({ id, applies }) => ({ value: id, text: applies[locale] })),
        ]}
      />
      {chosen ? <OutOfScope visit={visit} form={form} limit={chosen} type={type} /> : null}
    </>
  )
}

/** Why it is not for us, where to go instead, and how to say that it is nevertheless. */
function OutOfScope({
  visit,
  form,
  limit,
  type,
}: {
  visit: Visit
  form: Filled
  limit: ScopeLimit
  type: SupportType
}) {
  const { locale } = visit
  const say = words(locale)
  const { reason, instead, link } = limit
  return (
    <div class="notice">
      <p>
        <strong>{say('scopeTitle')}</strong> {reason[locale]}
      </p>
      <p>
        {instead[locale]} {link ? <a href={link.href}>{link.name[locale]}</a> : null}
      </p>
      <TextArea
        locale={locale}
        form={form}
        name={`contest-${type.id}`}
        label={say('contest')}
        hint={say('contestHint')}
        rows={3}
        max={CONTEST_LIMIT}
      />
    </div>
  )
}
