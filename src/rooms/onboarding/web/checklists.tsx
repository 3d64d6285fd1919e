import { newId } from '../../../base/ids.ts'
import type { Filled } from '../../../ui/fields.tsx'
import { fieldText, refusalText } from '../../../ui/refusals.ts'
import type { Refused } from '../../../base/refused.ts'
import type { Visit } from '../../../ui/visit.ts'
import type { ChecklistStep } from '../../entitlements/index.ts'
import { articlePath } from '../../self-help/index.ts'
import type { ChecklistsShown, Followed } from '../follow.ts'
import { WORD_LIMIT } from '../limits.ts'
import { words } from '../messages/words.ts'
import type { Teller } from '../rules/marking.ts'
import { HowFar } from './progress.tsx'
import { toldText } from './told.ts'

/** A form about a step that came back: which, what was typed, and what is wrong with it. */
export type StepForm = Filled & {
  readonly checklist: string
  readonly step: string
  readonly refused: Refused | undefined
}

type Props = {
  visit: Visit
  shown: ChecklistsShown
  form: StepForm | undefined
  /** Where forms are sent and histories read: `/onboarding`, or the same of an organization at the desk. */
  path: string
}

type OfList = Props & { list: Followed; by: Teller }
type OfStep = OfList & { step: ChecklistStep }

/** Checklists with everything that can be said of their steps, for customers and for those who help them. */
export function Checklists(props: Props) {
  const { visit, shown, path } = props
  const { locale } = visit
  const say = words(locale)
  return (
    <>
      {shown.lists.map((list) => (
        <section class="paper onboarding" aria-labelledby={`list-${list.checklist.id}`}>
          <h2 id={`list-${list.checklist.id}`}>{list.checklist.name[locale]}</h2>
          <p>{list.checklist.description[locale]}</p>
          <HowFar visit={visit} list={list} />
          <ol class="steps">
            {list.checklist.steps.map((step) => (
              <Step {...props} list={list} step={step} by={shown.teller(list.checklist)} />
            ))}
          </ol>
          <p>
            <a href={visit.link(`${path}/${list.checklist.id}/history`)}>{say('historyAll')}</a>
            <span class="visually-hidden">: {list.checklist.name[locale]}</span>
          </p>
        </section>
      ))}
    </>
  )
}

/** A step: where it stands and whose word that is, what it is good for, and the ways on. The next open one is unfolded. */
function Step(props: OfStep) {
  const { visit, list, step, form } = props
  const { locale } = visit
  const say = words(locale)
  const state = list.states.get(step.id) ?? 'open'
  const mark = list.marks.get(step.id)
  const isAbout = form?.checklist === list.checklist.id && form.step === step.id
  return (
    <li class={`step step-${state}`} id={anchorOf(list.checklist.id, step.id)}>
      <details open={isAbout || list.progress.next === step.id}>
        <summary>
          <span class="step-mark" aria-hidden="true"></span>
          <h3>{step.title[locale]}</h3> <span class="visually-hidden">({say(`state.${state}`)})</span>
        </summary>
        <About {...props} />
      </details>
      <div class="step-said">
        {mark && (state !== 'open' || mark.word) ? <p class="hint">{toldText(mark, visit)}</p> : null}
        {mark?.word ? <blockquote class="text">{mark.word}</blockquote> : null}
        {list.notes
          .filter((note) => note.step === step.id)
          .toReversed()
          .map((note) => (
            <>
              <p class="hint">{toldText(note, visit)}</p>
              <blockquote class="text">{note.word}</blockquote>
            </>
          ))}
      </div>
      <Saying {...props} form={isAbout ? form : undefined} />
    </li>
  )
}

/** The place of a step on its page. */
export function anchorOf(checklist: string, step: string): string {
  return `${checklist}-${step}`
}

function About({ visit, shown, step, by, list }: OfStep) {
  const { locale } = visit
  const say = words(locale)
  const article = step.article === undefined ? undefined : shown.articles.get(step.article)
  const topic = shown.charter.topics.find(({ supportType }) => supportType === list.checklist.supportType)
  const title = step.title[locale]
  const query = new URLSearchParams({ question: title, ...(topic ? { topic: topic.id } : {}) })
  return (
    <div class="step-about">
      <p>{step.why[locale]}</p>
      {step.how ? (
        <p>
          <strong>{say('how')}</strong> {step.how[locale]}
        </p>
      ) : null}
      {step.role ? <p class="hint">{roleText(shown, step.role, visit)}</p> : null}
      <ul class="plain">
        {step.article && article ? (
          <li>
            <a
              href={visit.link(articlePath(step.article))}
              hreflang={article.language === locale ? undefined : article.language}
            >
              {say('article', { title: article.title })}
            </a>
          </li>
        ) : null}
        {by === 'specialist' ? null : (
          <li>
            <a href={visit.link(`/contact?${query}`)} aria-label={say('getHelpOf', { title })}>
              {say('getHelp')}
            </a>
          </li>
        )}
      </ul>
    </div>
  )
}

/** Which role it takes, and who has it. */
function roleText({ charter, organization }: ChecklistsShown, id: string, { locale }: Visit): string {
  const say = words(locale)
  const role = charter.roles.find((one) => one.id === id)?.name[locale] ?? id
  const names = organization.administrators.filter(({ roles }) => roles.includes(id)).map(({ name }) => name)
  if (names.length === 0) return say('roleNobody', { role })
  return say('roleOf', { role, names: new Intl.ListFormat(locale).format(names) })
}

/** What can be said of a step: one press, or a few words. */
function Saying({ visit, list, step, by, form, path }: OfStep) {
  const { locale } = visit
  const say = words(locale)
  const state = list.states.get(step.id) ?? 'open'
  const anchor = anchorOf(list.checklist.id, step.id)
  const title = step.title[locale]
  const problem = form?.problems['word']
  const id = `word-of-${anchor}`
  return (
    <form class="step-form" method="post" action={visit.link(`${path}/${list.checklist.id}`)} novalidate>
      <input type="hidden" name="step" value={step.id} />
      <input type="hidden" name="key" value={newId()} />
      {form?.refused ? (
        <p class="notice" role="alert">
          {refusalText(form.refused.code, locale)}
        </p>
      ) : null}
      <div class="actions">
        {state !== 'open' ? (
          <button class="quiet" name="mark" value="reopened" aria-label={say('reopenOf', { title })}>
            {say('reopen')}
          </button>
        ) : by === 'specialist' ? (
          <button name="mark" value="done" aria-label={say('doneTogetherOf', { title })}>
            {say('doneTogether')}
          </button>
        ) : (
          <button name="mark" value="done" aria-label={say('doneOf', { title })}>
            {say('done')}
          </button>
        )}
      </div>
      <details open={form !== undefined}>
        <summary>
          {say(by === 'administrator' && state === 'open' ? 'writeOrAside' : 'write')}
          <span class="visually-hidden">: {title}</span>
        </summary>
        <div class="field">
          <label for={id}>{say('word')}</label>
          <p class="hint" id={`${id}-hint`}>
            {say(by === 'specialist' ? 'wordHintDesk' : 'wordHint')}
          </p>
          {problem ? (
            <p class="problem" id={`${id}-problem`} role="alert">
              {fieldText(problem, locale)}
            </p>
          ) : null}
          <textarea
            id={id}
            name="word"
            rows={2}
            maxlength={WORD_LIMIT}
            aria-invalid={problem ? 'true' : undefined}
            aria-describedby={problem ? `${id}-hint ${id}-problem` : `${id}-hint`}
          >
            {form?.values['word'] ?? ''}
          </textarea>
        </div>
        <div class="actions">
          <button name="mark" value="noted" aria-label={`${say('saveNote')}: ${title}`}>
            {say('saveNote')}
          </button>
          {by === 'administrator' && state === 'open' ? (
            <button name="mark" value="not-for-us" aria-label={`${say('notForUs')}: ${title}`}>
              {say('notForUs')}
            </button>
          ) : null}
        </div>
      </details>
    </form>
  )
}
