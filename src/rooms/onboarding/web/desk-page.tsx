import { durationText, shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { Charter, Checklist } from '../../entitlements/index.ts'
import type { ChecklistsShown, Follower } from '../follow.ts'
import { words } from '../messages/words.ts'
import { STAGES } from '../rules/stages.ts'
import type { Stage } from '../rules/stages.ts'
import { Checklists } from './checklists.tsx'
import type { StepForm } from './checklists.tsx'
import { GoneNotice } from './own-page.tsx'
import { SaidNotice } from './said-notice.tsx'

type Props = {
  visit: Visit
  charter: Charter
  checklist: Checklist
  stage: Stage
  followers: readonly Follower[]
  more: boolean
  now: Temporal.Instant
}

/** The organizations that have a checklist, by how far they are: those that got stuck stand first. */
export function DeskPage(props: Props) {
  const { visit, charter, checklist, stage, followers, more } = props
  const { locale } = visit
  const say = words(locale)
  const last = followers.at(-1)
  const path = (query: Readonly<Record<string, string>>) =>
    visit.link(`/agent/onboarding?${new URLSearchParams(query)}`)
  return (
    <Shell visit={visit} title={say('desk')}>
      <h1>{say('desk')}</h1>
      <p>{say('deskIntro')}</p>
      {charter.checklists.length > 1 ? (
        <Tabs
          label={say('checklists')}
          tabs={charter.checklists.map(({ id, name }) => ({
            href: path({ checklist: id, stage }),
            text: name[locale],
            current: id === checklist.id,
          }))}
        />
      ) : null}
      <Tabs
        label={say('stages')}
        tabs={STAGES.map((one) => ({
          href: path({ checklist: checklist.id, stage: one }),
          text: say(`stage.${one}`),
          current: one === stage,
        }))}
      />
      {followers.length === 0 ? <p>{say(`deskNone.${stage}`)}</p> : <Followers {...props} />}
      {more && last ? (
        <p>
          <a href={path({ checklist: checklist.id, stage, after: `${last.since.toString()}_${last.organizationId}` })}>
            {say('more')}
          </a>
        </p>
      ) : null}
    </Shell>
  )
}

function Tabs({
  label,
  tabs,
}: {
  label: string
  tabs: readonly { readonly href: string; readonly text: string; readonly current: boolean }[]
}) {
  return (
    <nav aria-label={label}>
      <ul class="tabs">
        {tabs.map(({ href, text, current }) => (
          <li>
            <a href={href} aria-current={current ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function Followers({ visit, checklist, stage, followers, now }: Props) {
  const { locale, zone } = visit
  const say = words(locale)
  const total = checklist.steps.length
  return (
    <div class="scroll">
      <table class="by-row">
        <caption class="visually-hidden">
          {checklist.name[locale]}: {say(`stage.${stage}`)}
        </caption>
        <thead>
          <tr>
            <th scope="col">{say('organization')}</th>
            <th scope="col">{say('far')}</th>
            <th scope="col">{say(stage === 'not-begun' ? 'sinceBought' : 'since')}</th>
          </tr>
        </thead>
        <tbody>
          {followers.map(({ organizationId, name, settled, since }) => (
            <tr>
              <th scope="row">
                <a href={visit.link(`/agent/onboarding/${organizationId}`)}>{name}</a>
              </th>
              <td>{say('progress', { settled, total })}</td>
              <td>
                <time datetime={since.toString()}>{shortMoment(since, locale, zone)}</time>{' '}
                <small>{say('ago', { when: durationText(now.since(since).total({ unit: 'minutes' }), locale) })}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** The checklists of one organization as its specialist sees them, with whom to write to. */
export function OrganizationPage({
  visit,
  shown,
  form,
  said,
}: {
  visit: Visit
  shown: ChecklistsShown
  form: StepForm | undefined
  said: Readonly<Record<string, string>>
}) {
  const say = words(visit.locale)
  const { name, administrators } = shown.organization
  const title = say('titleOf', { organization: name })
  return (
    <Shell visit={visit} title={title}>
      <p class="hint">
        <a href={visit.link('/agent/onboarding')}>{say('desk')}</a>
      </p>
      <h1>{title}</h1>
      <SaidNotice visit={visit} shown={shown} said={said} />
      <GoneNotice visit={visit} shown={shown} form={form} />
      <dl>
        <dt>{say('administrators')}</dt>
        {administrators.length === 0 ? <dd>{say('noAdministrators')}</dd> : null}
        {administrators.map((one) => (
          <dd>
            {one.name} · <a href={`mailto:${one.email}`}>{one.email}</a>
          </dd>
        ))}
      </dl>
      <Checklists visit={visit} shown={shown} form={form} path={`/agent/onboarding/${shown.of.organizationId}`} />
    </Shell>
  )
}
