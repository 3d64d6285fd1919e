import type { Visit } from '../../../ui/visit.ts'
import type { Followed } from '../follow.ts'
import { words } from '../messages/words.ts'

const WIDTH = 100
const GAP = 1.2

/**
 * How far a checklist is: in words, and as a bar with a part for each step. What is not for the organization is hatched, so that no
 * colour is needed to read it.
 */
export function HowFar({ visit, list }: { visit: Visit; list: Followed }) {
  const say = words(visit.locale)
  const { total, settled, done, aside } = list.progress
  return (
    <>
      <p class="how-far">
        <strong>{say('progress', { settled, total })}</strong>{' '}
        <span class="hint">
          {settled === total ? say('finished') : say('parts', { done, aside, open: total - settled })}
        </span>
      </p>
      <Picture visit={visit} list={list} />
    </>
  )
}

function Picture({ visit, list }: { visit: Visit; list: Followed }) {
  const say = words(visit.locale)
  const { checklist, states } = list
  const wide = (WIDTH - GAP * (checklist.steps.length - 1)) / checklist.steps.length
  const inOrder = checklist.steps.map(({ id }) => states.get(id) ?? 'open')
  const told = new Intl.ListFormat(visit.locale, { type: 'unit' }).format(inOrder.map((state) => say(`state.${state}`)))
  const hatch = `hatch-${checklist.id}`
  return (
    <svg
      class="steps-picture"
      viewBox={`0 0 ${WIDTH} 4`}
      preserveAspectRatio="none"
      role="img"
      aria-label={say('picture', { states: told })}
    >
      <defs>
        <pattern id={hatch} width="1.6" height="1.6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="hatch-ground" width="1.6" height="1.6" />
          <rect class="hatch-line" width="0.7" height="1.6" />
        </pattern>
      </defs>
      {inOrder.map((state, at) => (
        <rect
          class={`step-${state}`}
          x={at * (wide + GAP)}
          y="0.3"
          width={wide}
          height="3.4"
          fill={state === 'not-for-us' ? `url(#${hatch})` : undefined}
        />
      ))}
    </svg>
  )
}
