import { Choice, ProblemList, Select, TextArea, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import type { Refused } from '../../../base/refused.ts'
import { nameOfLanguage, shortMoment } from '../../../ui/moments.ts'
import { refusalText } from '../../../ui/refusals.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { AgentVisit } from '../../../ui/visit.ts'
import type { Charter } from '../../entitlements/index.ts'
import { serviceName } from '../index.ts'
import type { incidentAtDesk, OwnIncident, OwnPost } from '../index.ts'
import { LIMITS } from '../limits.ts'
import { words } from '../messages/words.ts'
import { mayReview, statesAfter } from '../rules/states.ts'
import { textFor, translationIn } from '../rules/texts.ts'
import { declareLabels, Languages } from './declare-page.tsx'
import { titleOf } from './desk-page.tsx'
import { langOf, States, Translation } from './incident-page.tsx'
import { Preview } from './preview.tsx'

type Props = Awaited<ReturnType<typeof incidentAtDesk>> & {
  visit: AgentVisit
  form: Filled
  preview: boolean
  refused: Refused | undefined
  charter: Charter
  others: readonly OwnIncident[]
  mayDeclare: boolean
  now: Temporal.Instant
}

/** One incident at the desk: how it stands, what was written, what customers say, and what can be done. */
export function DeskIncidentPage(props: Props) {
  const { visit, form, refused, incident, states, posts, charter, mayDeclare } = props
  const { locale } = visit
  const say = words(locale)
  const base = visit.link(`/agent/incidents/${incident.incidentId}`)
  const own = incident.declaredBy === visit.actor.agentId
  return (
    <Shell visit={visit} title={titleOf(incident, visit)} current="queue">
      <p class="hint">
        <a href={visit.link('/agent/incidents')}>{say('deskTitle')}</a> · {say(`kind.${incident.kind}`)} ·{' '}
        {serviceName(charter.services, incident.service, locale)}
      </p>
      <h1>{titleOf(incident, visit)}</h1>
      {refused ? (
        <p class="notice" role="alert">
          {refusalText(refused.code, locale)}
        </p>
      ) : null}
      <ProblemList locale={locale} form={form} labels={declareLabels(visit, charter)} />
      {incident.publishedAt ? null : (
        <div class="notice">
          <p>{say('waitsForReview')}</p>
          <Preview
            visit={visit}
            of="declared"
            languages={charter.languages}
            source={incident.sourceLanguage}
            parts={[(one) => incident.title[one] ?? '', (one) => incident.impact[one] ?? '']}
          />
          {mayDeclare && !own ? <ReviewButtons visit={visit} base={base} postId="" mayApprove /> : null}
        </div>
      )}
      <div class="beside">
        <div>
          {mayDeclare && !incident.mergedInto ? <PostForm {...props} base={base} /> : null}
          <h2>{say('postsTitle')}</h2>
          {posts.length === 0 ? <p>{say('postsNone')}</p> : null}
          <ol class="timeline">
            {posts.map((post) => (
              <Written {...props} post={post} base={base} />
            ))}
          </ol>
        </div>
        <aside>
          <h2>{say('stateTitle')}</h2>
          <p>
            <strong>{incident.mergedInto ? say('merged') : say(`state.${incident.state}`)}</strong>
          </p>
          {incident.mergedInto ? (
            <p>
              <a href={visit.link(`/agent/incidents/${incident.mergedInto}`)}>{say('mergedOpen')}</a>
            </p>
          ) : null}
          {mayDeclare && !incident.mergedInto ? <StateForm {...props} base={base} /> : null}
          <States visit={visit} states={states} />
          <p>
            <a href={`${base}/cases`}>{say('linkedCases')}</a>
          </p>
          <Concerns {...props} />
          <Hit {...props} />
          {mayDeclare && !incident.mergedInto ? <Texts {...props} base={base} /> : null}
          {mayDeclare && !incident.mergedInto ? <Merge {...props} base={base} /> : null}
        </aside>
      </div>
    </Shell>
  )
}

export const TEMPLATES = ['investigating', 'cause', 'restoring', 'restored', 'review'] as const

function PostForm({ visit, form, preview, incident, charter, base }: Props & { base: string }) {
  const { locale } = visit
  const say = words(locale)
  const labels = declareLabels(visit, charter)
  const source = form.values['language'] ?? locale
  const languages = charter.languages.toSorted((one, other) => Number(other === source) - Number(one === source))
  const kinds = mayReview(incident.state)
    ? (['regular', 'quick', 'strategic'] as const)
    : (['regular', 'quick'] as const)
  return (
    <form method="post" action={`${base}/posts`} novalidate class="paper">
      <h2>{say('postTitle')}</h2>
      {/* What the Enter key presses: nobody publishes by it. */}
      <button class="visually-hidden" name="preview" value="yes" tabindex={-1} aria-hidden="true">
        {say('preview')}
      </button>
      <div class="field" role="group" aria-labelledby="templates" aria-describedby="templates-hint">
        <strong id="templates">{say('templates')}</strong>
        <p class="hint" id="templates-hint">
          {say('templatesHint')}
        </p>
        <p class="actions">
          {TEMPLATES.filter((one) => one !== 'review' || mayReview(incident.state)).map((one) => (
            <button name="template" value={one}>
              {say(`templateName.${one}`)}
            </button>
          ))}
        </p>
      </div>
      {preview ? (
        <Preview
          visit={visit}
          languages={charter.languages}
          source={form.values['language'] ?? locale}
          parts={[(one) => form.values[`text-${one}`] ?? '']}
        />
      ) : null}
      <Choice
        locale={locale}
        form={form}
        name="kind"
        label={say('postKind')}
        value="regular"
        options={kinds.map((value) => ({ value, text: say(`post.${value}`) }))}
      />
      <Languages visit={visit} form={form} charter={charter} />
      {languages.map((one) => (
        <TextArea
          locale={locale}
          form={form}
          name={`text-${one}`}
          label={labels[`text-${one}`] ?? ''}
          required={one === source}
          rows={4}
          max={LIMITS.post}
        />
      ))}
      <TextField
        locale={locale}
        form={form}
        name="publishAt"
        label={say('publishAt')}
        hint={say('publishAtHint')}
        type="datetime-local"
      />
      <button class="primary">{say(charter.serviceHealth.review === 'required' ? 'postForReview' : 'postSend')}</button>{' '}
      <button name="preview" value="yes">
        {say('preview')}
      </button>
    </form>
  )
}

function Written({ visit, post, charter, mayDeclare, base }: Props & { post: OwnPost; base: string }) {
  const { locale, zone } = visit
  const say = words(locale)
  const shown = textFor({ texts: post.texts, source: post.sourceLanguage }, locale)
  const when = post.publishedAt ?? post.publishAt
  const standing = post.publishedAt
    ? say('postPublished')
    : post.review === 'waiting'
      ? say('waitsForReview')
      : say(post.review === 'rejected' ? 'postRejected' : 'postScheduled')
  const others = charter.languages.filter((one) => one !== shown.language && post.texts[one])
  const missing = charter.languages.filter(
    (one) => translationIn({ texts: post.texts, source: post.sourceLanguage }, one) === 'missing',
  )
  return (
    <li>
      <article class={`message ${post.publishedAt ? 'message-agent' : 'message-note'}`}>
        <header>
          <strong>{say(`post.${post.kind}`)}</strong>{' '}
          <span class="hint">{[standing, post.writtenByName].filter(Boolean).join(' · ')}</span>
          {when ? <time datetime={when.toString()}>{shortMoment(when, locale, zone)}</time> : null}
        </header>
        <Translation visit={visit} shown={shown} />
        <div class="text" lang={langOf(shown, visit)}>
          {shown.text}
        </div>
        {others.length > 0 ? (
          <details open={post.review === 'waiting'}>
            <summary>
              {say('alsoIn', { languages: others.map((one) => nameOfLanguage(one, locale)).join(', ') })}
            </summary>
            {others.map((one) => (
              <p class="text" lang={one}>
                {post.texts[one]}
              </p>
            ))}
          </details>
        ) : null}
        {mayDeclare && !post.publishedAt && post.review !== 'rejected' ? (
          <ReviewButtons
            visit={visit}
            base={base}
            postId={post.postId}
            mayApprove={post.review === 'waiting' && post.writtenBy !== visit.actor.agentId}
          />
        ) : null}
        {mayDeclare && missing.length > 0 ? (
          <details>
            <summary>
              {say('translateTo', { languages: missing.map((one) => nameOfLanguage(one, locale)).join(', ') })}
            </summary>
            <form method="post" action={`${base}/translate`}>
              <input type="hidden" name="post" value={post.postId} />
              {missing.map((one) => (
                <div class="field">
                  <label for={`${post.postId}-${one}`}>
                    {say('textIn', { language: nameOfLanguage(one, locale) })}
                  </label>
                  <textarea
                    id={`${post.postId}-${one}`}
                    name={`text-${one}`}
                    rows={4}
                    maxlength={LIMITS.post}
                    lang={one}
                  ></textarea>
                </div>
              ))}
              <button>{say('save')}</button>
            </form>
          </details>
        ) : null}
      </article>
    </li>
  )
}

function ReviewButtons({
  visit,
  base,
  postId,
  mayApprove,
}: {
  visit: AgentVisit
  base: string
  postId: string
  mayApprove: boolean
}) {
  const say = words(visit.locale)
  return (
    <form method="post" action={`${base}/review`} class="actions">
      <input type="hidden" name="post" value={postId} />
      {mayApprove ? (
        <button class="primary" name="review" value="approved">
          {say('approve')}
        </button>
      ) : null}{' '}
      {postId ? (
        <button name="review" value="rejected">
          {say('reject')}
        </button>
      ) : null}
    </form>
  )
}

function StateForm({ visit, form, incident, base }: Props & { base: string }) {
  const { locale } = visit
  const say = words(locale)
  const next = statesAfter(incident.kind, incident.state)
  if (next.length === 0) return null
  return (
    <form method="post" action={`${base}/state`} novalidate>
      <Select
        locale={locale}
        form={form}
        name="to"
        label={say('stateNext')}
        hint={say('stateNextHint')}
        required
        groups={[{ label: say('stateNext'), options: next.map((value) => ({ value, text: say(`state.${value}`) })) }]}
      />
      <TextField
        locale={locale}
        form={form}
        name="at"
        label={say('stateSince')}
        hint={say('stateSinceHint')}
        type="datetime-local"
      />
      <button>{say('stateChange')}</button>
    </form>
  )
}

function Concerns({ visit, incident, organizations }: Props) {
  const say = words(visit.locale)
  const { regions } = incident
  return (
    <>
      <h2>{say('concernsTitle')}</h2>
      {incident.organizations ? (
        <ul>
          {organizations.map(({ name }) => (
            <li>{name}</li>
          ))}
        </ul>
      ) : (
        <p>{regions ? regions.join(', ') : say('concernsAll')}</p>
      )}
    </>
  )
}

function Hit({ visit, hit }: Props) {
  const say = words(visit.locale)
  return (
    <>
      <h2>{say('hitTitle')}</h2>
      <p>{say('hitText', { followers: hit.followers, organizations: hit.organizations, people: hit.people })}</p>
      {hit.work + hit.fail > 0 ? <p>{say('hitWorks', { work: hit.work, fail: hit.fail })}</p> : null}
      <ul>
        {hit.words.map(({ organization, people, word }) => (
          <li>
            <strong>{organization}</strong> ({say('peopleCount', { count: people })}) {word}
          </li>
        ))}
      </ul>
    </>
  )
}

function Texts({ visit, form, incident, charter, base }: Props & { base: string }) {
  const { locale } = visit
  const say = words(locale)
  const labels = declareLabels(visit, charter)
  const { sourceLanguage: source, outdated } = incident
  return (
    <details open={Object.keys(form.problems).some((name) => /^(title|impact)-/.test(name))}>
      <summary>{say('textsTitle')}</summary>
      <form method="post" action={`${base}/texts`} novalidate>
        {charter.languages.map((one) => (
          <fieldset>
            <legend>
              {nameOfLanguage(one, locale)} ·{' '}
              {say(`translation.${translationIn({ texts: incident.title, source, outdated }, one)}`)}
            </legend>
            <TextField
              locale={locale}
              form={form}
              name={`title-${one}`}
              label={labels[`title-${one}`] ?? ''}
              required={one === source}
              value={incident.title[one] ?? ''}
              max={LIMITS.title}
            />
            <TextArea
              locale={locale}
              form={form}
              name={`impact-${one}`}
              label={labels[`impact-${one}`] ?? ''}
              required={one === source}
              value={incident.impact[one] ?? ''}
              rows={3}
              max={LIMITS.impact}
            />
          </fieldset>
        ))}
        <button>{say('save')}</button>
      </form>
    </details>
  )
}

function Merge({ visit, form, incident, others, base }: Props & { base: string }) {
  const { locale } = visit
  const say = words(locale)
  const into = others.filter((one) => one.incidentId !== incident.incidentId && one.publishedAt && !one.mergedInto)
  if (into.length === 0) return null
  return (
    <details open={'into' in form.problems}>
      <summary>{say('mergeTitle')}</summary>
      <form method="post" action={`${base}/merge`} novalidate>
        <Select
          locale={locale}
          form={form}
          name="into"
          label={say('mergeInto')}
          hint={say('mergeHint')}
          required
          empty={say('choose')}
          groups={[
            {
              label: say('mergeInto'),
              options: into.map((one) => ({ value: one.incidentId, text: titleOf(one, visit) })),
            },
          ]}
        />
        <button>{say('merge')}</button>
      </form>
    </details>
  )
}
