import { shortMoment } from '../../../ui/moments.ts'
import type { Visit } from '../../../ui/visit.ts'
import { words } from '../messages/words.ts'
import type { EventRow } from '../follow.ts'

/** Who said what of a step, and when: "Done: Ruth Ellison, Mon 23 Nov, 10:12". */
export function toldText(event: EventRow, visit: Visit): string {
  const { locale, zone } = visit
  return words(locale)(`by.${event.kind}`, {
    name: whoText(event, visit),
    at: shortMoment(event.recordedAt, locale, zone),
  })
}

/** A person by name; with whom he is, where it is not the organization. */
function whoText({ actorKind, actorName: name, partnerName }: EventRow, { locale, brand }: Visit): string {
  const say = words(locale)
  switch (actorKind) {
    case 'member':
      return name
    case 'partner':
      return say('ofPartner', { name, partner: partnerName ?? '' })
    case 'agent':
      return say('ofOperator', { name, operator: brand.shortName })
  }
}
