import type { Locale } from '../../../base/locale.ts'
import { shortMoment } from '../../../ui/moments.ts'
import { words } from '../messages/words.ts'
import type { CaseLine } from '../index.ts'

/** Where a case stands, for its customer: closed, your turn, or when our answer is or was due. */
export function stateText(
  { closedAt, waitingFor, dueAt }: Pick<CaseLine, 'closedAt' | 'waitingFor' | 'dueAt'>,
  locale: Locale,
  zone: string,
  now: Temporal.Instant,
): string {
  const say = words(locale)
  if (closedAt) return say('stateClosed')
  if (waitingFor === 'customer') return say('stateYourTurn')
  if (!dueAt) return say('stateWithUs')
  const isLate = Temporal.Instant.compare(dueAt, now) < 0
  return say(isLate ? 'stateOwedSince' : 'stateAnswerBy', { moment: shortMoment(dueAt, locale, zone) })
}
