import { TextArea, TextField, ProblemList } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { refusalText } from '../../../ui/refusals.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { PersonRow } from '../../people/index.ts'
import type { Reason } from '../../rights/index.ts'
import { words } from '../messages/words.ts'
import { LIMITS } from '../request-schema.ts'

/** Fields that have a place of their own on this page, or stand for something that is made anew. */
const SHOWN = new Set(['title', 'description', 'key', 'review', 'draft'])

type Props = {
  visit: Visit
  form: Filled
  why: readonly Reason[]
  administrators: readonly PersonRow[]
  /** Whether the one who asks is the organization's own: a partner's person asks nobody's administrators. */
  own: boolean
}

/**
 * Somebody who may not ask is told why and who may, and hands his question to them with one press; and where help is to be had at
 * once. Whatever he had typed is still there.
 */
export function AskAdministrators({ visit, form, why, administrators, own }: Props) {
  const { locale } = visit
  const say = words(locale)
  const typed = Boolean(form.values['title'] ?? form.values['description'])
  return (
    <Shell visit={visit} title={say('askAdministratorTitle')} current="contact">
      <div class="narrow">
        <h1>{say('askAdministratorTitle')}</h1>
        <div class="notice" role={typed ? 'alert' : undefined}>
          <ul class="plain">
            {why.map((reason) => (
              <li>{refusalText(reason, locale)}</li>
            ))}
          </ul>
          {typed ? <p>{say('askKept')}</p> : null}
        </div>
        {administrators.length > 0 ? (
          <>
            <p>{say('askAdministratorIntro')}</p>
            <ul>
              {administrators.map(({ name, email }) => (
                <li>
                  {name} · <a href={`mailto:${email}`}>{email}</a>
                </li>
              ))}
            </ul>
          </>
        ) : null}
        {own && administrators.length > 0 ? (
          <Handing visit={visit} form={form} />
        ) : typed ? (
          <Kept visit={visit} form={form} />
        ) : null}
        <h2>{say('askMeanwhile')}</h2>
        <p>
          <a class="button" href={visit.link(`/help?${new URLSearchParams({ q: form.values['title'] ?? '' })}`)}>
            {say('searchHelp')}
          </a>
        </p>
        {own ? null : (
          <p>
            <a href={visit.link('/organizations')}>{say('askOtherOrganization')}</a>
          </p>
        )}
      </div>
    </Shell>
  )
}

function Handing({ visit, form }: { visit: Visit; form: Filled }) {
  const { locale } = visit
  const say = words(locale)
  const rest = Object.entries(form.values).filter(([name]) => !SHOWN.has(name))
  return (
    <form method="post" action={visit.link('/contact/colleagues')} novalidate class="paper">
      <h2>{say('askThemTitle')}</h2>
      <p>{say('askThemIntro')}</p>
      <ProblemList locale={locale} form={form} labels={{ title: say('title'), description: say('description') }} />
      {rest.map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <TextField locale={locale} form={form} name="title" label={say('title')} required max={LIMITS.title} />
      <TextArea
        locale={locale}
        form={form}
        name="description"
        label={say('description')}
        hint={say('descriptionHint')}
        required
        max={LIMITS.description}
      />
      <button class="primary">{say('askThem')}</button>
    </form>
  )
}

/** What was typed, to be taken along. */
function Kept({ visit, form }: { visit: Visit; form: Filled }) {
  const say = words(visit.locale)
  return (
    <div class="paper">
      <TextArea locale={visit.locale} form={form} name="title" label={say('title')} rows={2} />
      <TextArea locale={visit.locale} form={form} name="description" label={say('description')} />
    </div>
  )
}
