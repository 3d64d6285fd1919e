import { Choice, ProblemList, Select, TextArea, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { nameOfLanguage } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { Charter } from '../../entitlements/index.ts'
import { ORIGINS } from '../index.ts'
import { LIMITS } from '../limits.ts'
import { words } from '../messages/words.ts'
import { writtenMoment } from '../read-moment.ts'
import { BEGINNINGS, KINDS } from '../rules/states.ts'
import { Preview } from './preview.tsx'

type Props = {
  visit: Visit
  form: Filled
  preview: boolean
  charter: Charter
  reviewed: boolean
  now: Temporal.Instant
}

/** What is not well, for whom, since when, in every language. */
export function DeclarePage({ visit, form, preview, charter, reviewed, now }: Props) {
  const { locale, zone } = visit
  const say = words(locale)
  const labels = declareLabels(visit, charter)
  // The language it is thought in comes first; the others are its translations.
  const source = form.values['language'] ?? locale
  const languages = charter.languages.toSorted((one, other) => Number(other === source) - Number(one === source))
  const states = [...new Set(KINDS.flatMap((kind) => BEGINNINGS[kind]))]
  return (
    <Shell visit={visit} title={say('declareTitle')} current="queue">
      <p class="hint">
        <a href={visit.link('/agent/incidents')}>{say('deskTitle')}</a>
      </p>
      <h1>{say('declareTitle')}</h1>
      {reviewed ? <p class="notice">{say('reviewNote')}</p> : null}
      <form method="post" action={visit.link('/agent/incidents/new')} novalidate class="paper">
        <ProblemList locale={locale} form={form} labels={labels} />
        {preview ? (
          <Preview
            visit={visit}
            languages={charter.languages}
            source={form.values['language'] ?? locale}
            parts={['title', 'impact'].map((name) => (one) => form.values[`${name}-${one}`] ?? '')}
          />
        ) : null}
        <Choice
          locale={locale}
          form={form}
          name="kind"
          label={say('kindTitle')}
          required
          value="incident"
          options={KINDS.map((value) => ({ value, text: say(`kind.${value}`) }))}
        />
        <Select
          locale={locale}
          form={form}
          name="service"
          label={say('service')}
          required
          empty={say('choose')}
          groups={charter.services.map(({ id, name, features }) => ({
            label: name[locale],
            options: [
              { value: id, text: name[locale] },
              ...features.map((feature) => ({ value: `${id}/${feature.id}`, text: feature.name[locale] })),
            ],
          }))}
        />
        <Choice
          locale={locale}
          form={form}
          name="state"
          label={say('stateTitle')}
          hint={say('beginHint')}
          required
          value="investigating"
          options={states.map((value) => ({ value, text: say(`state.${value}`) }))}
        />
        <TextField
          locale={locale}
          form={form}
          name="startedAt"
          label={say('startedTitle')}
          type="datetime-local"
          value={writtenMoment(now, zone)}
          required
        />
        <TextField
          locale={locale}
          form={form}
          name="plannedEndAt"
          label={say('plannedEndTitle')}
          hint={say('plannedEndHint')}
          type="datetime-local"
        />
        <Languages visit={visit} form={form} charter={charter} />
        {languages.map((one) => (
          <fieldset>
            <legend>{nameOfLanguage(one, locale)}</legend>
            <TextField
              locale={locale}
              form={form}
              name={`title-${one}`}
              label={labels[`title-${one}`] ?? ''}
              required={one === source}
              max={LIMITS.title}
            />
            <TextArea
              locale={locale}
              form={form}
              name={`impact-${one}`}
              label={labels[`impact-${one}`] ?? ''}
              required={one === source}
              rows={3}
              max={LIMITS.impact}
            />
          </fieldset>
        ))}
        <Choice
          locale={locale}
          form={form}
          name="origin"
          label={say('originTitle')}
          value="operator"
          options={ORIGINS.map((value) => ({ value, text: say(`origin.${value}`) }))}
        />
        <h2>{say('concernsTitle')}</h2>
        <p>{say('concernsHint')}</p>
        <TextArea
          locale={locale}
          form={form}
          name="organizations"
          label={say('organizations')}
          hint={say('organizationsHint')}
          rows={3}
          max={20_000}
        />
        <TextField
          locale={locale}
          form={form}
          name="regions"
          label={say('regions')}
          hint={say('regionsHint')}
          max={1000}
        />
        <button class="primary">{say(reviewed ? 'declareForReview' : 'declare')}</button>{' '}
        <button name="preview" value="yes">
          {say('preview')}
        </button>
      </form>
    </Shell>
  )
}

/** The language something is written in; the others are its translations. */
export function Languages({ visit, form, charter }: { visit: Visit; form: Filled; charter: Charter }) {
  const { locale } = visit
  const say = words(locale)
  return (
    <Choice
      locale={locale}
      form={form}
      name="language"
      label={say('writtenIn')}
      hint={say('writtenInHint')}
      required
      value={charter.languages.includes(locale) ? locale : (charter.languages[0] ?? locale)}
      options={charter.languages.map((value) => ({ value, text: nameOfLanguage(value, locale) }))}
    />
  )
}

export function declareLabels({ locale }: Visit, { languages }: Charter): Readonly<Record<string, string>> {
  const say = words(locale)
  const own = {
    kind: say('kindTitle'),
    service: say('service'),
    state: say('stateTitle'),
    startedAt: say('startedTitle'),
    plannedEndAt: say('plannedEndTitle'),
    language: say('writtenIn'),
    origin: say('originTitle'),
    organizations: say('organizations'),
    regions: say('regions'),
    to: say('stateTitle'),
    at: say('stateSince'),
    publishAt: say('publishAt'),
    into: say('mergeInto'),
  }
  const ofLanguages = languages.flatMap((one) => {
    const language = nameOfLanguage(one, locale)
    return [
      [`title-${one}`, say('titleIn', { language })],
      [`impact-${one}`, say('impactIn', { language })],
      [`text-${one}`, say('textIn', { language })],
    ] as const
  })
  return { ...own, ...Object.fromEntries(ofLanguages) }
}
