import { refusalText } from '../../../ui/refusals.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { ChecklistsShown } from '../follow.ts'
import { words } from '../messages/words.ts'
import { Checklists } from './checklists.tsx'
import type { StepForm } from './checklists.tsx'
import { SaidNotice } from './said-notice.tsx'

type Props = {
  visit: Visit
  shown: ChecklistsShown
  form: StepForm | undefined
  said: Readonly<Record<string, string>>
}

/** Getting started: the checklists of one's organization, or what they come with where it has none. */
export function OwnChecklistsPage(props: Props) {
  const { visit, shown } = props
  const say = words(visit.locale)
  return (
    <Shell visit={visit} title={say('title')}>
      {shown.lists.length > 0 ? (
        <>
          <h1>{say('title')}</h1>
          <SaidNotice {...props} />
          <GoneNotice {...props} />
          <p>{say('intro', { organization: shown.organization.name })}</p>
          <Checklists {...props} path="/onboarding" />
        </>
      ) : (
        <None {...props} />
      )}
    </Shell>
  )
}

/** What was typed about a step that is not on the page any more: the charter has taken it out, or the add-on has ended meanwhile. */
export function GoneNotice({ visit, shown, form }: Pick<Props, 'visit' | 'shown' | 'form'>) {
  const list = shown.checklists.find(({ id }) => id === form?.checklist)
  if (!form?.refused || list?.steps.some(({ id }) => id === form.step)) return null
  const word = form.values['word']
  return (
    <div class="notice" role="alert">
      <p>{refusalText(form.refused.code, visit.locale)}</p>
      {word ? <blockquote class="text">{word}</blockquote> : null}
    </div>
  )
}

function None(props: Props) {
  const { visit, shown } = props
  const { locale } = visit
  const { charter } = shown
  const say = words(locale)
  const types = charter.supportTypes.filter(({ id }) =>
    charter.checklists.some(({ supportType }) => supportType === id),
  )
  const names = new Intl.ListFormat(locale, { type: 'disjunction' }).format(types.map(({ name }) => name[locale]))
  return (
    <div class="narrow">
      <h1>{say('none')}</h1>
      <GoneNotice {...props} />
      <p>{say('noneText', { types: names })}</p>
      <p>
        <a href={visit.link(`/#type-${types[0]?.id ?? ''}`)}>{say('noneMore')}</a>
      </p>
      <p>
        {say('noneArticles')} <a href={visit.link('/help')}>{say('helpAndSupport')}</a>
      </p>
    </div>
  )
}
