import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'

/** Ends mails for whoever came from one, without signing in; and what that did. */
export function UnsubscribePage({ visit, done }: { visit: Visit; done: boolean }) {
  const say = words(visit.locale)
  const title = say(done ? 'unsubscribe.done' : 'unsubscribe.title')
  return (
    <Shell visit={visit} title={title} current="health">
      <div class="narrow">
        <h1>{title}</h1>
        {done ? (
          <p role="status">{say('unsubscribe.doneText')}</p>
        ) : (
          <form method="post">
            <p>{say('unsubscribe.text')}</p>
            <button class="primary">{say('unsubscribe.button')}</button>
          </form>
        )}
        <p>
          <a href={visit.link('/health')}>{say('toHealth')}</a>
        </p>
      </div>
    </Shell>
  )
}
