import { idFor } from '../../base/ids.ts'
import { LOCALES, chooseLocale } from '../../base/locale.ts'
import type { Locale } from '../../base/locale.ts'
import type { Job } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { shortMoment } from '../../ui/moments.ts'
import { newProposals, spokenNumber } from '../cases/index.ts'
import type { Proposal } from '../cases/index.ts'
import type { Charter } from '../entitlements/index.ts'
import { agentsOf } from '../people/index.ts'
import type { AgentRow } from '../people/index.ts'
import { serviceName, silentAgents } from '../service-health/index.ts'
import { words } from './messages/words.ts'
import { sendLater } from './send-later.ts'
import type { LinkToPage } from './tell-organization.ts'

/** So many of those who noticed it are named. */
const LINES = 12
const SUBJECT = 80

/**
 * Customers' reports propose an incident: each support lead who has not turned that off gets a mail, once for a proposal, with who
 * noticed what since when, and where it is declared or refused.
 */
export async function tellLeads(work: Work<Job>, operatorId: string, linkTo: LinkToPage): Promise<void> {
  const { proposals, charter } = await newProposals(work, operatorId)
  if (proposals.length === 0) return
  const silent = await silentAgents(work, operatorId)
  const leads = (await agentsOf(work, operatorId)).filter(({ lead, agentId }) => lead && !silent.has(agentId))
  for (const proposal of proposals)
    for (const lead of leads) {
      const locale = chooseLocale([lead.language], LOCALES)
      sendLater(work, {
        operatorId,
        // One mail to each for a proposal, whose first sign stands for it.
        mailId: idFor('proposal', proposal.signs[0]?.id ?? '', lead.agentId),
        recipient: lead.email,
        language: locale,
        ...letterFor(lead, proposal, { locale, charter, linkTo }),
      })
    }
}

function letterFor(
  { name, zone }: Pick<AgentRow, 'name' | 'zone'>,
  { organizations, signs }: Proposal,
  { locale, charter, linkTo }: { readonly locale: Locale; readonly charter: Charter; readonly linkTo: LinkToPage },
): { readonly subject: string; readonly body: string } {
  const say = words(locale)
  // They come newest first: of one moment the first to say so is named first.
  const byTime = signs.toReversed().toSorted((one, other) => Temporal.Instant.compare(one.at, other.at))
  const [first] = byTime
  const named = byTime.slice(0, LINES).map(({ organization, service, text, at, people, number }) =>
    say(number ? 'proposedCase' : 'proposedReport', {
      organization,
      service: service ? serviceName(charter.services, service, locale) : '',
      moment: shortMoment(at, locale, zone),
      people,
      number: number ? spokenNumber(number) : '',
      text,
    }),
  )
  const rest = signs.length - named.length
  return {
    subject: say('proposedSubject', { organizations, text: shortened(first?.text ?? '') }),
    body: [
      say('proposedBody', { name, organizations, since: first ? shortMoment(first.at, locale, zone) : '' }),
      ...named,
      ...(rest > 0 ? [say('proposedMore', { count: rest })] : []),
      say('proposedDecide', { url: linkTo(charter.operator, '/agent/noticed') }),
      say('proposedWhy', { url: linkTo(charter.operator, '/agent/incidents') }),
      charter.name[locale],
    ].join('\n\n'),
  }
}

function shortened(text: string): string {
  const [line = ''] = text.split('\n')
  return line.length > SUBJECT ? `${line.slice(0, SUBJECT - 1)}…` : line
}
