import { raw } from 'hono/html'
import { isLocale } from '../../../base/locale.ts'
import type { Locale } from '../../../base/locale.ts'
import { ProblemList, Select, TextArea, TextField } from '../../../ui/fields.tsx'
import type { Filled } from '../../../ui/fields.tsx'
import { nameOfLanguage, shortMoment } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { articlePath } from '../../self-help/index.ts'
import { differenceOf } from '../difference.ts'
import { words } from '../messages/words.ts'
import type { Editor } from '../open-editor.ts'
import { Difference } from './difference.tsx'
import { LIMITS, productsFrom } from './form.ts'

type SomeText = {
  readonly title: string
  readonly description: string
  readonly products: readonly string[]
  readonly body: string
}

type Props = {
  visit: Visit
  /** Absent for an article that is not there yet. */
  editor?: Editor | undefined
  form: Filled
  /** Sanitised HTML, where a preview was asked for. */
  preview?: string | undefined
  /** What somebody saved or published while this was being written. */
  meanwhile?: SomeText | undefined
  saved?: boolean
  /** Why what was asked for was not done. */
  refused?: string | undefined
  /** The form holds what somebody typed: it is shown, whatever state the draft is in. */
  typed?: boolean
}

/** One text being written: its language among the others, what hinders it, the fields, and how it will look. */
export function EditPage(props: Props) {
  const { visit, editor, form, preview, meanwhile, saved = false, refused, typed = false } = props
  const say = words(visit.locale)
  const heading = editor ? say('edit') : say('new')
  const name = form.values['title'] ?? ''
  const isSubmitted = editor?.mine?.state === 'submitted'
  return (
    <Shell visit={visit} title={name ? `${heading}: ${name}` : heading} current="queue">
      <h1>
        {heading}
        {editor && name ? (
          <>
            {': '}
            <span lang={form.values['language']}>{name}</span>
          </>
        ) : null}
      </h1>
      {editor ? <LanguageTabs visit={visit} editor={editor} /> : null}
      {saved ? (
        <p class="notice" role="status">
          {say('saved')}
        </p>
      ) : null}
      {refused ? (
        <p class="problems" role="alert">
          {refused}
        </p>
      ) : null}
      {editor ? <Notices visit={visit} editor={editor} /> : null}
      {meanwhile ? <Meanwhile visit={visit} theirs={meanwhile} form={form} /> : null}
      {editor && isSubmitted ? <Submitted visit={visit} editor={editor} /> : null}
      {typed || !isSubmitted ? <Fields visit={visit} editor={editor} form={form} preview={preview} /> : null}
      <p class="actions">
        <a href={visit.link('/agent/articles')}>{say('toList')}</a>{' '}
        {editor?.current ? <a href={historyLink(visit, editor)}>{say('versions')}</a> : null}{' '}
        {editor?.current && !editor.article.retiredAt ? (
          <a href={visit.link(articlePath(editor.article.articleId))}>{say('asReadersSeeIt')}</a>
        ) : null}
      </p>
      {editor?.current ? <Retire visit={visit} editor={editor} /> : null}
    </Shell>
  )
}

function historyLink(visit: Visit, { article, language }: Editor): string {
  return visit.link(`/agent/articles/versions?${new URLSearchParams({ article: article.articleId, language })}`)
}

function LanguageTabs({ visit, editor: { article, language, states } }: { visit: Visit; editor: Editor }) {
  const say = words(visit.locale)
  return (
    <nav aria-label={say('languages')}>
      <ul class="tabs">
        {Object.entries(states).map(([one, state]) => {
          const query = new URLSearchParams({ article: article.articleId, language: one })
          return (
            <li>
              <a
                href={visit.link(`/agent/articles/edit?${query}`)}
                aria-current={one === language ? 'page' : undefined}
              >
                {isLocale(one) ? nameOfLanguage(one, visit.locale) : one} <small>{say(`state.${state}`)}</small>
              </a>
            </li>
          )
        })}
      </ul>
    </nav>
  )
}

function Notices({ visit, editor }: { visit: Visit; editor: Editor }) {
  const { locale, zone } = visit
  const say = words(locale)
  const { article, language, states, source, mine, others } = editor
  const notices = [
    ...(article.retiredAt ? [say('isRetired', { moment: shortMoment(article.retiredAt, locale, zone) })] : []),
    ...(mine?.state === 'sent-back' ? [say('sentBack', { note: mine.reviewNote || say('noNote') })] : []),
    ...(editor.outdated ? [say('outdated')] : []),
    ...(states[language] === 'stale' ? [say('isStale')] : []),
    ...(source === undefined && language !== article.sourceLanguage
      ? [say('sourceUnpublished', { language: nameOfLanguage(article.sourceLanguage, locale) })]
      : []),
  ]
  return (
    <>
      {notices.map((text) => (
        <p class="notice">{text}</p>
      ))}
      {editor.outdated && editor.current && mine ? (
        <Difference visit={visit} caption={say('publishedToMine')} lines={differenceOf(editor.current, mine)} />
      ) : null}
      {others.map(({ draftId, agentName, state, savedAt }) => (
        <p class="hint">
          {say(state === 'submitted' ? 'otherSubmitted' : 'otherWrites', {
            name: agentName ?? say('somebody'),
            moment: shortMoment(savedAt, locale, zone),
          })}{' '}
          <a href={visit.link(`/agent/articles/review?draft=${draftId}`)}>{say('look')}</a>
        </p>
      ))}
      {source ? (
        <details>
          <summary>{say('sourceText', { language: nameOfLanguage(source.language, locale) })}</summary>
          <pre class="markdown" lang={source.language}>{`# ${source.title}\n\n${source.body}`}</pre>
        </details>
      ) : null}
    </>
  )
}

function Meanwhile({ visit, theirs, form }: { visit: Visit; theirs: SomeText; form: Filled }) {
  const say = words(visit.locale)
  const { title = '', description = '', products = '', body = '' } = form.values
  const mine = { title, description, products: productsFrom(products), body: body.replaceAll('\r\n', '\n') }
  return (
    <section class="problems" role="alert" tabindex={-1} aria-labelledby="meanwhile">
      <h2 id="meanwhile">{say('meanwhile')}</h2>
      <p>{say('meanwhileText')}</p>
      <Difference visit={visit} caption={say('theirsToMine')} lines={differenceOf(theirs, mine)} />
      <details>
        <summary>{say('theirText')}</summary>
        <pre class="markdown" lang={form.values['language']}>{`# ${theirs.title}\n\n${theirs.body}`}</pre>
      </details>
    </section>
  )
}

function Fields({ visit, editor, form, preview }: Pick<Props, 'visit' | 'editor' | 'form' | 'preview'>) {
  const { locale } = visit
  const say = words(locale)
  const labels = {
    title: say('title'),
    description: say('description'),
    products: say('products'),
    body: say('body'),
    language: say('language'),
  }
  const field = { locale, form }
  return (
    <form
      class="editor"
      id="editor"
      method="post"
      action={visit.link('/agent/articles/edit')}
      enctype="multipart/form-data"
      novalidate
    >
      <div>
        <ProblemList locale={locale} form={form} labels={labels} />
        {['article', 'key', 'revision', 'basedOn', 'translatedFrom'].map((name) => (
          <input type="hidden" name={name} value={form.values[name] ?? ''} />
        ))}
        {editor ? (
          <input type="hidden" name="language" value={editor.language} />
        ) : (
          <Select
            {...field}
            name="language"
            label={say('language')}
            hint={say('languageHint')}
            required
            groups={[
              {
                label: say('languages'),
                options: visit.languages.map((one) => ({ value: one, text: nameOfLanguage(one, locale) })),
              },
            ]}
          />
        )}
        <TextField {...field} name="title" label={say('title')} hint={say('titleHint')} required />
        <TextField {...field} name="description" label={say('description')} hint={say('descriptionHint')} />
        <TextField {...field} name="products" label={say('products')} hint={say('productsHint')} />
        <TextArea
          {...field}
          name="body"
          label={say('body')}
          hint={say('bodyHint', { limit: LIMITS.body })}
          required
          rows={20}
        />
        <Buttons visit={visit} editor={editor} />
      </div>
      <live-preview src={visit.link('/agent/articles/preview')} for="body">
        <Preview visit={visit} html={preview} language={form.values['language']} />
      </live-preview>
    </form>
  )
}

function Buttons({ visit, editor }: Pick<Props, 'visit' | 'editor'>) {
  const say = words(visit.locale)
  return (
    <p class="actions">
      <button name="act" value="save">
        {say('save')}
      </button>
      <button name="act" value="preview">
        {say('preview')}
      </button>
      {editor?.review === 'optional' ? (
        <button class="primary" name="act" value="publish">
          {say('publish')}
        </button>
      ) : null}
      {editor ? (
        <button class={editor.review === 'required' ? 'primary' : undefined} name="act" value="submit">
          {say('submit')}
        </button>
      ) : null}
      {editor?.mine ? (
        <button class="quiet" name="act" value="discard">
          {say('discard')}
        </button>
      ) : null}
    </p>
  )
}

function Preview({ visit, html, language }: { visit: Visit; html: string | undefined; language: string | undefined }) {
  const say = words(visit.locale)
  const shownIn: Locale | undefined = language !== undefined && isLocale(language) ? language : undefined
  return (
    <section class="paper preview" aria-labelledby="preview">
      <h2 id="preview">{say('preview')}</h2>
      {html === undefined ? <p class="hint">{say('previewHint')}</p> : null}
      {/* Written by this house's own renderer, which lets nothing through that runs or loads. */}
      <div class="article" data-shown lang={shownIn}>
        {html === undefined ? null : raw(html)}
      </div>
    </section>
  )
}

/** A text that waits for review stands still; its writer can take it back. */
function Submitted({ visit, editor: { article, language, mine } }: { visit: Visit; editor: Editor }) {
  const say = words(visit.locale)
  return (
    <form class="paper" method="post" action={visit.link('/agent/articles/edit')}>
      <p>{say('isSubmitted')}</p>
      <input type="hidden" name="article" value={article.articleId} />
      <input type="hidden" name="language" value={language} />
      <p class="actions">
        <a class="button" href={visit.link(`/agent/articles/review?draft=${mine?.draftId ?? ''}`)}>
          {say('look')}
        </a>
        <button name="act" value="withdraw">
          {say('withdraw')}
        </button>
      </p>
    </form>
  )
}

function Retire({ visit, editor: { article, language } }: { visit: Visit; editor: Editor }) {
  const say = words(visit.locale)
  const act = article.retiredAt ? 'restore' : 'retire'
  return (
    <form method="post" action={visit.link('/agent/articles/state')}>
      <input type="hidden" name="article" value={article.articleId} />
      <input type="hidden" name="language" value={language} />
      <p class="hint">{say(`${act}Hint`)}</p>
      <button class="quiet" name="act" value={act}>
        {say(act)}
      </button>
    </form>
  )
}
