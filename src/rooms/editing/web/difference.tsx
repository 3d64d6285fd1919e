import type { Visit } from '../../../ui/visit.ts'
import type { DifferenceLine } from '../difference.ts'
import { words } from '../messages/words.ts'

/** What changed, line by line; said in words and signs too, not by colour alone. */
export function Difference({
  visit,
  caption,
  lines,
}: {
  visit: Visit
  caption: string
  lines: readonly DifferenceLine[]
}) {
  const say = words(visit.locale)
  if (lines.length === 0) return <p>{say('noDifference')}</p>
  return (
    <figure class="difference">
      <figcaption>{caption}</figcaption>
      <ol>
        {lines.map((line) => (
          <Line visit={visit} line={line} />
        ))}
      </ol>
    </figure>
  )
}

function Line({ visit, line }: { visit: Visit; line: DifferenceLine }) {
  const say = words(visit.locale)
  switch (line.kind) {
    case 'left-out':
      return <li class="left-out">{say('leftOut', { count: line.lines })}</li>
    case 'same':
      return <li>{line.text || ' '}</li>
    case 'added':
      return (
        <li class="added">
          <span class="visually-hidden">{say('added')}: </span>
          <ins>{line.text || ' '}</ins>
        </li>
      )
    case 'removed':
      return (
        <li class="removed">
          <span class="visually-hidden">{say('removed')}: </span>
          <del>{line.text || ' '}</del>
        </li>
      )
  }
}
