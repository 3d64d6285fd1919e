import type { Child } from 'hono/jsx'
import type { Locale } from '../base/locale.ts'
import type { FieldProblems } from '../base/refused.ts'
import { words } from './messages/words.ts'
import { fieldText } from './refusals.ts'

/** What a form shows again after a refusal: what was typed, and what is wrong with it. */
export type Filled = { readonly values: Readonly<Record<string, string>>; readonly problems: FieldProblems }

export const EMPTY: Filled = { values: {}, problems: {} }

type FieldProps = {
  locale: Locale
  form: Filled
  name: string
  label: string
  hint?: string | undefined
  required?: boolean
  max?: number
}

/** A one-line field with its label, hint and problem; `value` fills it where nothing was typed yet. */
export function TextField(
  props: FieldProps & {
    type?: 'text' | 'email' | 'tel' | 'search' | 'number' | 'datetime-local'
    value?: string
    autocomplete?: string
    inputmode?: string
  },
) {
  const { form, name, type = 'text', value = '', max, autocomplete, inputmode } = props
  return (
    <Field {...props}>
      <input
        id={name}
        name={name}
        type={type}
        value={form.values[name] ?? value}
        maxlength={max}
        autocomplete={autocomplete}
        inputmode={inputmode as 'numeric' | undefined}
        {...described(props)}
      />
    </Field>
  )
}

export function TextArea(props: FieldProps & { rows?: number; value?: string }) {
  const { form, name, rows = 6, value = '', max } = props
  return (
    <Field {...props}>
      <textarea id={name} name={name} rows={rows} maxlength={max} {...described(props)}>
        {form.values[name] ?? value}
      </textarea>
    </Field>
  )
}

export type Option = { readonly value: string; readonly text: string }

export function Select(
  props: FieldProps & {
    groups: readonly { readonly label: string; readonly options: readonly Option[] }[]
    empty?: string
  },
) {
  const { form, name, groups, empty } = props
  const chosen = form.values[name] ?? ''
  return (
    <Field {...props}>
      <select id={name} name={name} {...described(props)}>
        {empty === undefined ? null : <option value="">{empty}</option>}
        {groups.map(({ label, options }) => (
          <optgroup label={label}>
            {options.map(({ value, text }) => (
              <option value={value} selected={value === chosen}>
                {text}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </Field>
  )
}

/** Radio buttons under one question. */
export function Choice(props: FieldProps & { options: readonly Option[]; value?: string }) {
  const { locale, form, name, label, options, value = '', hint } = props
  const chosen = form.values[name] ?? value
  return (
    <fieldset
      class="field"
      id={name}
      tabindex={-1}
      {...(form.problems[name] ? { 'aria-describedby': `${name}-problem` } : {})}
    >
      <legend>
        {label} <Need {...props} />
      </legend>
      {hint ? <p class="hint">{hint}</p> : null}
      <Problem locale={locale} form={form} name={name} />
      {options.map((option) => (
        <label class="choice">
          <input type="radio" name={name} value={option.value} checked={option.value === chosen} /> {option.text}
        </label>
      ))}
    </fieldset>
  )
}

function Field(props: FieldProps & { children: Child }) {
  const { locale, form, name, label, hint, children } = props
  return (
    <div class="field">
      <label for={name}>
        {label} <Need {...props} />
      </label>
      {hint ? (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      ) : null}
      <Problem locale={locale} form={form} name={name} />
      {children}
    </div>
  )
}

function Need({ locale, required }: FieldProps) {
  const say = words(locale)
  return <small class="need">({required ? say('required') : say('optional')})</small>
}

function Problem({ locale, form, name }: { locale: Locale; form: Filled; name: string }) {
  const problem = form.problems[name]
  return problem ? (
    <p class="problem" id={`${name}-problem`}>
      <span class="visually-hidden">{words(locale)('error')}: </span>
      {fieldText(problem, locale)}
    </p>
  ) : null
}

function described({ form, name, hint, required }: FieldProps) {
  const ids = [...(hint ? [`${name}-hint`] : []), ...(form.problems[name] ? [`${name}-problem`] : [])]
  return {
    required: required ?? false,
    'aria-invalid': form.problems[name] ? ('true' as const) : undefined,
    'aria-describedby': ids.length ? ids.join(' ') : undefined,
  }
}

/** The list on top of a form that came back: where the eye and the focus should go first. */
export function ProblemList({
  locale,
  form,
  labels,
}: {
  locale: Locale
  form: Filled
  labels: Readonly<Record<string, string>>
}) {
  const say = words(locale)
  const problems = Object.entries(form.problems)
  if (problems.length === 0) return null
  return (
    <div class="problems" role="alert" tabindex={-1} autofocus>
      <h2>{say('problems', { count: problems.length })}</h2>
      <p>{say('nothingLost')}</p>
      <ul>
        {problems.map(([name, problem]) => (
          <li>
            <a href={`#${name}`}>
              {labels[name] ?? name}: {fieldText(problem, locale)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
