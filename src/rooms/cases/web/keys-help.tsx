import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'

const KEYS = [
  ['j', 'keyNext'],
  ['k', 'keyPrevious'],
  ['Enter', 'keyOpen'],
  ['r', 'keyReply'],
  ['n', 'keyNote'],
  ['u', 'keyQueue'],
  ['?', 'keyHelp'],
] as const

/** What each key does; opened by "?" or its button. Nothing is reachable by keys alone. */
export function KeysHelp({ visit }: { visit: Visit }) {
  const say = words(visit.locale)
  return (
    <>
      <button type="button" class="quiet" popovertarget="keys">
        {say('keys')} <kbd>?</kbd>
      </button>
      <div id="keys" popover="auto">
        <h2>{say('keys')}</h2>
        <dl class="keys">
          {KEYS.map(([key, message]) => (
            <>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{say(message)}</dd>
            </>
          ))}
        </dl>
      </div>
    </>
  )
}
