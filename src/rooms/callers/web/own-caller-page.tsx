import { timeText } from '../../../ui/moments.ts'
import { Shell } from '../../../ui/shell.tsx'
import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import type { Check } from '../check-caller.ts'

/** Who asks for a code of mine now, and the number that only he and I know. */
export function OwnCallerPage({
  visit,
  checks,
  denied,
}: {
  visit: Visit
  checks: readonly (Check & { readonly number: string })[]
  denied: boolean
}) {
  const { locale, zone } = visit
  const say = words(locale)
  return (
    <Shell visit={visit} title={say('askTitle')} current="cases" renewSeconds={20}>
      <h1>{say('askTitle')}</h1>
      {denied ? (
        <p class="notice" role="status">
          {say('askDenied')}
        </p>
      ) : null}
      <p>{say('askIntro')}</p>
      {checks.length === 0 ? <p>{say('askNone')}</p> : null}
      {checks.map(({ checkId, agentName: agent, askedAt, number }) => (
        <section class="paper" aria-labelledby={`check-${checkId}`}>
          <h2 id={`check-${checkId}`}>{say('askAgent', { agent, moment: timeText(askedAt, locale, zone) })}</h2>
          <p>{say('askNumber')}</p>
          <p class="spoken-number">{number}</p>
          <form method="post" action={visit.link('/caller')}>
            <input type="hidden" name="check" value={checkId} />
            <button>{say('askDeny')}</button>
          </form>
        </section>
      ))}
    </Shell>
  )
}
