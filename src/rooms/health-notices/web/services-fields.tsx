import { Choice } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { fieldText } from '../../../ui/refusals.ts'
import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import type { OfferedService } from '../subscribe.ts'

/** Which services somebody is told of: those the organization has, or chosen ones. What was typed stays, whatever is stored. */
export function ServicesFields({
  visit: { locale },
  form,
  services,
  chosen,
}: {
  visit: Visit
  form: Filled
  services: readonly OfferedService[]
  /** Those chosen so far; null: those the organization has. */
  chosen: readonly string[] | null
}) {
  const say = words(locale)
  const problem = form.problems['services']
  const typed = form.values['which'] !== undefined
  return (
    <>
      <Choice
        locale={locale}
        form={form}
        name="which"
        label={say('which')}
        required
        value={chosen ? 'chosen' : 'own'}
        options={[
          { value: 'own', text: say('which.own') },
          { value: 'chosen', text: say('which.chosen') },
        ]}
      />
      <fieldset
        class="field"
        id="services"
        tabindex={-1}
        {...(problem ? { 'aria-describedby': 'services-problem' } : {})}
      >
        <legend>{say('services')}</legend>
        <p class="hint">{say('servicesHint')}</p>
        {problem ? (
          <p class="problem" id="services-problem">
            {fieldText(problem, locale)}
          </p>
        ) : null}
        {services.map(({ id, name, had }) => (
          <label class="choice">
            <input
              type="checkbox"
              name={`service-${id}`}
              checked={typed ? form.values[`service-${id}`] !== undefined : (chosen?.includes(id) ?? false)}
            />{' '}
            <span>
              {name[locale]} {had ? <span class="hint">({say('had')})</span> : null}
            </span>
          </label>
        ))}
      </fieldset>
    </>
  )
}

/** The services a form of these fields names; null: those the organization has. */
export function servicesIn(values: Filled['values'], which: 'own' | 'chosen'): readonly string[] | null {
  if (which === 'own') return null
  return Object.keys(values).flatMap((name) => /^service-([\w-]{1,40})$/.exec(name)?.[1] ?? [])
}
