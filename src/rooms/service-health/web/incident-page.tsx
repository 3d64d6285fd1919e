import { ProblemList, TextArea, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { momentText, nameOfLanguage, shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { Service } from '../../entitlements/index.ts'
import { serviceName } from '../index.ts'
import type { Incident, ownPartIn, Post, StateRow } from '../index.ts'
import { LIMITS } from '../limits.ts'
import { words } from '../messages/words.ts'
import { textFor } from '../rules/texts.ts'
import type { Shown } from '../rules/texts.ts'

type Props = {
  visit: Visit
  form: Filled
  incident: Incident
  states: readonly StateRow[]
  posts: readonly Post[]
  services: readonly Service[]
  /** What a member has said about it; of nobody else. */
  own: Awaited<ReturnType<typeof ownPartIn>> | undefined
}

/** One incident as its customers see it: what it does, what was posted, and what they can add. */
export function IncidentPage(props: Props) {
  const { visit, incident, services, states, posts } = props
  const { locale, zone } = visit
  const say = words(locale)
  const { sourceLanguage: source, outdated, startedAt, endedAt, plannedEndAt } = incident
  const title = textFor({ texts: incident.title, source, outdated }, locale)
  const impact = textFor({ texts: incident.impact, source, outdated }, title.language)
  const feature = services.find(({ id }) => id === incident.service)?.features.find(({ id }) => id === incident.feature)
  return (
    <Shell visit={visit} title={title.text} current="health">
      <p class="hint">
        <a href={visit.link('/health')}>{say('title')}</a> · {serviceName(services, incident.service, locale)}
        {feature ? ` · ${feature.name[locale]}` : ''}
      </p>
      <h1 lang={langOf(title, visit)}>{title.text}</h1>
      <Translation visit={visit} shown={title} />
      <div class="beside">
        <div>
          <p class="lead text" lang={langOf(title, visit)}>
            {impact.text}
          </p>
          {endedAt ? <Works {...props} /> : null}
          <h2>{say('postsTitle')}</h2>
          {posts.length === 0 ? <p>{say('postsNone')}</p> : null}
          <ol class="timeline">
            {posts.map((post) => (
              <PostItem visit={visit} post={post} />
            ))}
          </ol>
          <OwnPart {...props} />
        </div>
        <aside>
          <dl>
            <dt>{say('kindTitle')}</dt>
            <dd>{say(`kind.${incident.kind}`)}</dd>
            <dt>{say('stateTitle')}</dt>
            <dd>
              <strong>{say(`state.${incident.state}`)}</strong>
            </dd>
            <dt>{say('startedTitle')}</dt>
            <dd>{momentText(startedAt, locale, zone)}</dd>
            {plannedEndAt && !endedAt ? (
              <>
                <dt>{say('plannedEndTitle')}</dt>
                <dd>{momentText(plannedEndAt, locale, zone)}</dd>
              </>
            ) : null}
            {endedAt ? (
              <>
                <dt>{say('endedTitle')}</dt>
                <dd>{momentText(endedAt, locale, zone)}</dd>
              </>
            ) : null}
            <dt>{say('originTitle')}</dt>
            <dd>{say(`origin.${incident.origin}`)}</dd>
          </dl>
          <h2>{say('historyTitle')}</h2>
          <States visit={visit} states={states} />
        </aside>
      </div>
    </Shell>
  )
}

/** The states an incident has been in, newest first. */
export function States({ visit, states }: { visit: Visit; states: readonly StateRow[] }) {
  const { locale, zone } = visit
  const say = words(locale)
  return (
    <ol reversed>
      {states.toReversed().map(({ state, at }) => (
        <li>
          {say(`state.${state}`)} <time datetime={at.toString()}>{shortMoment(at, locale, zone)}</time>
        </li>
      ))}
    </ol>
  )
}

/** The language of a text where it is not the page's. */
export function langOf({ language }: Shown, { locale }: Pick<Visit, 'locale'>): string | undefined {
  return language === locale ? undefined : language
}

/** Says that a text is not in the reader's language, or older than the original; nothing where all is well. */
export function Translation({ visit, shown }: { visit: Pick<Visit, 'locale'>; shown: Shown }) {
  const { locale } = visit
  const language = nameOfLanguage(shown.language, locale)
  if (shown.state === 'missing') return <p class="notice">{words(locale)('translationMissing', { language })}</p>
  return shown.state === 'outdated' ? <p class="notice">{words(locale)('translationOutdated')}</p> : null
}

function PostItem({ visit, post }: { visit: Visit; post: Post }) {
  const { locale, zone } = visit
  const shown = textFor({ texts: post.texts, source: post.sourceLanguage }, locale)
  return (
    <li>
      <article class="message message-agent">
        <header>
          <strong>{words(locale)(`post.${post.kind}`)}</strong>
          {post.publishedAt ? (
            <time datetime={post.publishedAt.toString()}>{shortMoment(post.publishedAt, locale, zone)}</time>
          ) : null}
        </header>
        <Translation visit={visit} shown={shown} />
        <div class="text" lang={langOf(shown, visit)}>
          {shown.text}
        </div>
      </article>
    </li>
  )
}

function OwnPart({ visit, form, incident, own }: Props) {
  const { locale } = visit
  const say = words(locale)
  const base = visit.link(`/health/incidents/${incident.incidentId}`)
  if (!own)
    return visit.person ? null : (
      <p>
        <a href={visit.link(`/sign-in?back=${encodeURIComponent(visit.here)}`)}>{say('signInToFollow')}</a>
      </p>
    )
  const { following, impact } = own
  return (
    <>
      <form method="post" action={`${base}/follow`}>
        {following ? <p>{say('following')}</p> : null}
        <button name="act" value={following ? 'unfollow' : 'follow'} class={following ? 'quiet' : 'primary'}>
          {say(following ? 'unfollow' : 'follow')}
        </button>
      </form>
      {incident.endedAt ? null : (
        <form method="post" action={`${base}/impact`} novalidate class="paper">
          <h2>{say('impactTitle')}</h2>
          {impact ? <p class="hint">{say('impactAdded', { count: impact.people })}</p> : null}
          <ProblemList locale={locale} form={form} labels={{ people: say('people'), word: say('impactWord') }} />
          <TextField
            locale={locale}
            form={form}
            name="people"
            label={say('people')}
            type="number"
            value={impact ? String(impact.people) : ''}
            required
          />
          <TextArea
            locale={locale}
            form={form}
            name="word"
            label={say('impactWord')}
            value={impact?.word ?? ''}
            rows={3}
            max={LIMITS.word}
          />
          <button>{say('impactSend')}</button>
        </form>
      )}
    </>
  )
}

/** After the end: does it work again? */
function Works({ visit, incident, own }: Props) {
  const say = words(visit.locale)
  if (!own?.following) return null
  const { works, answeredAt } = own.following
  // What came back has an end of its own: what was said of the first one says nothing of it.
  const said = answeredAt && incident.endedAt && Temporal.Instant.compare(answeredAt, incident.endedAt) >= 0
  if (said)
    return (
      <p class="notice" role="status">
        {say(works ? 'worksThanks' : 'worksNotThanks')}{' '}
        {works ? null : <a href={visit.link('/contact')}>{say('contactUs')}</a>}
      </p>
    )
  return (
    <form method="post" action={visit.link(`/health/incidents/${incident.incidentId}/works`)} class="paper">
      <h2>{say('worksTitle')}</h2>
      <div class="actions">
        <button class="primary" name="works" value="yes">
          {say('worksYes')}
        </button>{' '}
        <button name="works" value="no">
          {say('worksNo')}
        </button>
      </div>
    </form>
  )
}
