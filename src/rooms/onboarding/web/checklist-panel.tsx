import { newId } from '../../../base/ids.ts'
import type { Agent } from '../../../database/actor.ts'
import type { Work } from '../../../database/work.ts'
import type { Visit } from '../../../ui/visit.ts'
import { followed, readerFor } from '../follow.ts'
import type { Followed, Of } from '../follow.ts'
import { WORD_LIMIT } from '../limits.ts'
import { words } from '../messages/words.ts'
import { HowFar } from './progress.tsx'

/** How far the organization of a case is, beside the case, and what can be said of a step on the way; nothing where it has no checklist. */
export async function checklistPanel(work: Work<Agent>, visit: Visit, of: Of & { readonly number: string }) {
  const lists = await followed(work, await readerFor(work, of))
  if (lists.length === 0) return null
  const say = words(visit.locale)
  return (
    <section aria-labelledby="onboarding">
      <h2 id="onboarding">{say('panel')}</h2>
      {lists.map((list) => (
        <OneList visit={visit} list={list} of={of} />
      ))}
      <p>
        <a href={visit.link(`/agent/onboarding/${of.organizationId}`)}>{say('panelAll')}</a>
      </p>
    </section>
  )
}

function OneList({ visit, list, of }: { visit: Visit; list: Followed; of: Of & { readonly number: string } }) {
  const { locale } = visit
  const say = words(locale)
  const { checklist, states, progress } = list
  const open = checklist.steps.filter(({ id }) => (states.get(id) ?? 'open') === 'open')
  const next = open.find(({ id }) => id === progress.next)
  return (
    <>
      <h3>{checklist.name[locale]}</h3>
      <HowFar visit={visit} list={list} />
      {next ? (
        <details>
          <summary>{say('panelNext', { title: next.title[locale] })}</summary>
          <form method="post" action={visit.link(`/agent/onboarding/${of.organizationId}/${checklist.id}`)} novalidate>
            <input type="hidden" name="key" value={newId()} />
            <input type="hidden" name="case" value={of.number} />
            <div class="field">
              <label for={`step-of-${checklist.id}`}>{say('panelStep')}</label>
              <select id={`step-of-${checklist.id}`} name="step">
                {open.map(({ id, title }) => (
                  <option value={id}>{title[locale]}</option>
                ))}
              </select>
            </div>
            <div class="field">
              <label for={`note-of-${checklist.id}`}>{say('panelWord')}</label>
              <textarea id={`note-of-${checklist.id}`} name="word" rows={2} maxlength={WORD_LIMIT}></textarea>
            </div>
            <div class="actions">
              <button name="mark" value="done">
                {say('doneTogether')}
              </button>
              <button name="mark" value="noted" class="quiet">
                {say('saveNote')}
              </button>
            </div>
          </form>
        </details>
      ) : null}
    </>
  )
}
