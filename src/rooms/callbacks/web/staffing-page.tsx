import { LOCALES, isLocale } from '../../../base/locale.ts'
import { ProblemList } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { nameOfLanguage } from '../../../ui/moments.ts'
import { fieldText } from '../../../ui/refusals.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { WEEKDAYS } from '../../calendars/index.ts'
import type { Charter } from '../../entitlements/index.ts'
import { words } from '../messages/words.ts'
import { writtenShift } from '../staff-calls.ts'
import type { Staffed } from '../staff-calls.ts'

type Props = {
  visit: Visit
  staff: readonly Staffed[]
  charter: Charter
  /** What came back of one agent's form. */
  returned: { readonly agentId: string; readonly form: Filled } | undefined
}

/** Skills and shifts of everybody who answers, one plain form each. */
export function StaffingPage({ visit, staff, charter, returned }: Props) {
  const say = words(visit.locale)
  return (
    <Shell visit={visit} title={say('staffing.title')} current="calls">
      <p class="hint">
        <a href={visit.link('/agent/calls')}>{say('staffing.back')}</a>
      </p>
      <h1>{say('staffing.title')}</h1>
      <p>{say('staffing.intro')}</p>
      {staff.map((one) => (
        <details class="paper" open={returned ? returned.agentId === one.agent.agentId : staff.length === 1}>
          <summary>
            <strong>{one.agent.name}</strong>{' '}
            <span class="hint">
              {one.shift ? languagesText(one.shift.skills.languages, visit) : say('staffing.undeclared')}
            </span>
          </summary>
          <StaffForm
            visit={visit}
            one={one}
            charter={charter}
            form={returned?.agentId === one.agent.agentId ? returned.form : undefined}
          />
        </details>
      ))}
    </Shell>
  )
}

function StaffForm({
  visit,
  one: { agent, shift },
  charter,
  form,
}: {
  visit: Visit
  one: Staffed
  charter: Charter
  form: Filled | undefined
}) {
  const { locale } = visit
  const say = words(locale)
  const values = form?.values ?? (shift ? writtenShift(shift) : {})
  const problems = form?.problems ?? {}
  const has = (list: readonly string[] | null | undefined, id: string) => list === null || (list?.includes(id) ?? false)
  const ticked = (prefix: string, id: string, declared: readonly string[] | null | undefined) =>
    form ? form.values[`${prefix}-${id}`] !== undefined : has(declared, id)
  const idOf = (name: string) => `${name}-${agent.agentId}`
  const labels = Object.fromEntries([
    ...WEEKDAYS.map((day) => [day, dayName(day, visit)]),
    ['exceptions', say('staffing.exceptions')],
  ]) as Record<string, string>
  const boxes = (
    prefix: string,
    legend: string,
    options: readonly { id: string; name: string }[],
    declared: readonly string[] | null | undefined,
  ) => (
    <fieldset class="field">
      <legend>{legend}</legend>
      <div class="columns">
        {options.map(({ id, name }) => (
          <label class="choice">
            <input type="checkbox" name={`${prefix}-${id}`} value="yes" checked={ticked(prefix, id, declared)} /> {name}
          </label>
        ))}
      </div>
    </fieldset>
  )
  return (
    <form method="post" action={visit.link(`/agent/staffing/${agent.agentId}`)}>
      {form ? (
        <ProblemList
          locale={locale}
          form={renamed(form, idOf)}
          labels={Object.fromEntries(Object.entries(labels).map(([name, label]) => [idOf(name), label]))}
        />
      ) : null}
      {boxes(
        'language',
        say('staffing.languages'),
        LOCALES.map((id) => ({ id, name: nameOfLanguage(id, locale) })),
        shift?.skills.languages ?? [],
      )}
      {boxes(
        'severity',
        say('staffing.severities'),
        charter.severities.map(({ id, name }) => ({ id, name: `${id} · ${name[locale]}` })),
        shift ? shift.skills.severities : null,
      )}
      {boxes(
        'topic',
        say('staffing.topics'),
        charter.topics.map(({ id, name }) => ({ id, name: name[locale] })),
        shift ? shift.skills.topics : null,
      )}
      <fieldset class="field">
        <legend>{say('staffing.week')}</legend>
        <p class="hint">{say('staffing.weekHint', { zone: agent.zone })}</p>
        <div class="columns">
          {WEEKDAYS.map((day) => (
            <div class="field">
              <label for={idOf(day)}>{dayName(day, visit)}</label>
              {problems[day] ? (
                <p class="problem" id={`${idOf(day)}-problem`}>
                  {fieldText(problems[day], locale)}
                </p>
              ) : null}
              <input
                id={idOf(day)}
                name={day}
                value={values[day] ?? ''}
                maxlength={200}
                aria-describedby={problems[day] ? `${idOf(day)}-problem` : undefined}
              />
            </div>
          ))}
        </div>
      </fieldset>
      <div class="field">
        <label for={idOf('exceptions')}>{say('staffing.exceptions')}</label>
        <p class="hint">{say('staffing.exceptionsHint')}</p>
        {problems['exceptions'] ? <p class="problem">{fieldText(problems['exceptions'], locale)}</p> : null}
        <textarea id={idOf('exceptions')} name="exceptions" rows={3} maxlength={10_000}>
          {values['exceptions'] ?? ''}
        </textarea>
      </div>
      <button class="primary">{say('staffing.save', { name: agent.name })}</button>
    </form>
  )
}

/** Fields of many agents stand on one page, so their ids carry whose they are. */
function renamed({ values, problems }: Filled, idOf: (name: string) => string): Filled {
  return { values, problems: Object.fromEntries(Object.entries(problems).map(([name, one]) => [idOf(name), one])) }
}

function languagesText(languages: readonly string[], { locale }: Visit): string {
  const names = languages.map((language) => (isLocale(language) ? nameOfLanguage(language, locale) : language))
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names)
}

/** A weekday's name, by a week that began on a Monday. */
function dayName(day: (typeof WEEKDAYS)[number], { locale }: Visit): string {
  const date = new Date(Date.UTC(2026, 5, 15 + WEEKDAYS.indexOf(day)))
  return new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(date)
}
