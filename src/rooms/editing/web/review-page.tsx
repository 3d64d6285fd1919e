import { raw } from 'hono/html'
import { EMPTY, TextArea } from '../../../ui/fields.tsx'
import { nameOfLanguage, shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import type { Reviewed } from '../decide-draft.ts'
import { differenceOf } from '../difference.ts'
import { words } from '../messages/words.ts'
import { Difference } from './difference.tsx'

type Props = { visit: Visit; reviewed: Reviewed; preview: string }

/** A draft beside what readers see now, for another lead to approve or send back. */
export function ReviewPage({ visit, reviewed, preview }: Props) {
  const { locale, zone } = visit
  const say = words(locale)
  const { draft, current, own, outdated } = reviewed
  const { title, description, language, articleId, state } = draft
  return (
    <Shell visit={visit} title={`${say('review')}: ${title}`} current="queue">
      <h1>
        {say('review')}: <span lang={language}>{title}</span>
      </h1>
      <p>
        {say('writtenBy', {
          name: draft.agentName ?? say('somebody'),
          moment: shortMoment(draft.savedAt, locale, zone),
          language: nameOfLanguage(language, locale),
        })}{' '}
        {say(`draft.${state}`)}
      </p>
      {outdated ? <p class="notice">{say('reviewOutdated')}</p> : null}
      <h2>{current ? say('changes', { version: current.version }) : say('allNew')}</h2>
      <Difference visit={visit} caption={say('changesCaption')} lines={differenceOf(current, draft)} />
      <section class="paper preview" aria-labelledby="preview">
        <h2 id="preview">{say('preview')}</h2>
        <div class="article" lang={language}>
          <p class="title">{title}</p>
          {description ? <p class="lead">{description}</p> : null}
          {/* Written by this house's own renderer, which lets nothing through that runs or loads. */}
          {raw(preview)}
        </div>
      </section>
      {own ? <p class="notice">{say('ownDraft')}</p> : null}
      {!own && state === 'submitted' ? <Decision visit={visit} reviewed={reviewed} /> : null}
      <p class="actions">
        <a href={visit.link('/agent/articles')}>{say('toList')}</a>{' '}
        <a href={visit.link(`/agent/articles/edit?${new URLSearchParams({ article: articleId, language })}`)}>
          {say('edit')}
        </a>
      </p>
    </Shell>
  )
}

function Decision({ visit, reviewed: { draft, outdated } }: Pick<Props, 'visit' | 'reviewed'>) {
  const say = words(visit.locale)
  return (
    <form class="paper" method="post" action={visit.link('/agent/articles/review')}>
      <input type="hidden" name="draft" value={draft.draftId} />
      <TextArea
        locale={visit.locale}
        form={EMPTY}
        name="note"
        label={say('note')}
        hint={say('noteHint')}
        rows={3}
        max={2000}
      />
      <p class="actions">
        {outdated ? null : (
          <button class="primary" name="act" value="approve">
            {say('approve')}
          </button>
        )}
        <button name="act" value="send-back">
          {say('sendBack')}
        </button>
      </p>
    </form>
  )
}
