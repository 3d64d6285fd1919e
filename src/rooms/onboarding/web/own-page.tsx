import { refusalText } from '../../../ui/refusals.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { Charter } from '../../entitlements/index.ts'
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
        <None visit={visit} charter={shown.charter} />
      )}
    </Shell>
  )
}

/** What was typed about a step that the charter has taken out meanwhile. */
export function GoneNotice({ visit, form }: Pick<Props, 'visit' | 'form'>) {
  if (form?.refused?.code !== 'step-gone') return null
  const word = form.values['word']
  return (
    <div class="notice" role="alert">
      <p>{refusalText('step-gone', visit.locale)}</p>
      {word ? <blockquote class="text">{word}</blockquote> : null}
    </div>
  )
}

function None({ visit, charter }: { visit: Visit; charter: Charter }) {
  const { locale } = visit
  const say = words(locale)
  const types = charter.supportTypes.filter(({ id }) =>
    charter.checklists.some(({ supportType }) => supportType === id),
  )
  const names = new Intl.ListFormat(locale, { type: 'disjunction' }).format(types.map(({ name }) => name[locale]))
  return (
    <div class="narrow">
      <h1>{say('none')}</h1>
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
