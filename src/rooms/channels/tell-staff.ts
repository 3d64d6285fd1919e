import { newId } from '../../base/ids.ts'
import { LOCALES, chooseLocale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { shortMoment } from '../../ui/moments.ts'
import { clockName, markTold, spokenNumber, untoldEscalations } from '../cases/index.ts'
import type { UntoldEscalation } from '../cases/index.ts'
import { agentsOf } from '../people/index.ts'
import type { AgentRow } from '../people/index.ts'
import { words } from './messages/words.ts'
import { sendLater } from './send-later.ts'

/** Escalations are gathered for so long, so that many at once are one mail. */
const GATHERED_SECONDS = 30
const TOLD_AT_ONCE = 20_000
const LINES = 30

/** The address of a case's page at the agents' workplace. */
export type LinkToAgent = (operatorId: string, number: string) => string

/**
 * Tells those who are responsible of the clocks that their charter wants them to know of: one mail for each person, however many
 * there are, with the most urgent by name. Answers how many escalations were told. Source: response-targets rule 18.
 */
export async function tellStaff(work: Work<Job>, linkTo: LinkToAgent): Promise<number> {
  const by = work.now.subtract({ seconds: GATHERED_SECONDS })
  const untold = await untoldEscalations(work, work.actor.operatorIds, { by, limit: TOLD_AT_ONCE })
  if (untold.length === 0) return 0
  for (const operatorId of new Set(untold.map((one) => one.operatorId))) {
    const own = untold.filter((one) => one.operatorId === operatorId)
    for (const agent of await agentsOf(work, operatorId)) {
      const told = own.filter((one) => isFor(one, agent))
      if (told.length > 0) writeDigest(work, agent, told, linkTo)
    }
  }
  await markTold(work, untold)
  return untold.length
}

/** A case that nobody has is its leads' to give to somebody. */
function isFor({ tell, assignedTo }: UntoldEscalation, { agentId, lead }: AgentRow): boolean {
  if (lead && (tell.includes('leads') || assignedTo === null)) return true
  return tell.includes('assignee') && assignedTo === agentId
}

function writeDigest(work: Work<Job>, agent: AgentRow, told: readonly UntoldEscalation[], linkTo: LinkToAgent): void {
  const locale = chooseLocale([agent.language], LOCALES)
  const say = words(locale)
  const lines = told.slice(0, LINES).map(({ operatorId, number, title, severity, clock, dueAt }) =>
    say('digestLine', {
      number: spokenNumber(number),
      title,
      severity,
      clock: clockName(clock, locale),
      due: shortMoment(dueAt, locale, agent.zone),
      url: linkTo(operatorId, number),
    }),
  )
  const rest = told.length - lines.length
  sendLater(work, {
    operatorId: agent.operatorId,
    mailId: newId(),
    recipient: agent.email,
    language: locale,
    subject: say('digestSubject', { count: told.length }),
    body: [
      say('digestBody', { name: agent.name, count: told.length }),
      ...lines,
      ...(rest > 0 ? [say('digestRest', { count: rest })] : []),
    ].join('\n\n'),
  })
}
