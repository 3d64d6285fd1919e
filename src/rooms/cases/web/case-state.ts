import type { Locale } from '../../../base/locale.ts'
import { shortMoment } from '../../../ui/moments.ts'
import { words } from '../messages/words.ts'
import type { CaseLine } from '../index.ts'

/** Where a case stands, for its customer: closed, your turn, or when our answer is due. */
export function stateText(
  { closedAt, waitingFor, dueAt }: Pick<CaseLine, 'closedAt' | 'waitingFor' | 'dueAt'>,
  locale: Locale,
  zone: string,
): string {
  const say = words(locale)
  if (closedAt) return say('stateClosed')
  if (waitingFor === 'customer') return say('stateYourTurn')
  return dueAt ? say('stateAnswerBy', { moment: shortMoment(dueAt, locale, zone) }) : say('stateWithUs')
}
