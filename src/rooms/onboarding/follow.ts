import { Refused } from '../../base/refused.ts'
import type { Locale } from '../../base/locale.ts'
import type { Agent, Member } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { charterAt, charterInForce, supportTypeOf } from '../entitlements/index.ts'
import type { Charter, Checklist } from '../entitlements/index.ts'
import { requireAgent, requireMember } from '../people/index.ts'
import { asMember, boughtBy, hasWhatItTakes, holds, standingOf } from '../rights/index.ts'
import { articleTitles } from '../self-help/index.ts'
import { stateAfter } from './rules/marking.ts'
import type { State, Teller } from './rules/marking.ts'
import { progressOf } from './rules/progress.ts'
import type { Progress } from './rules/progress.ts'
import { begun, historyOf, marksOf, notBegun, notesOf, organizationFor } from './store.ts'
import type { Stage } from './rules/stages.ts'
import type { Administrator, After, EventRow, Follower, Of } from './store.ts'

export type { After, EventRow, Follower, Of } from './store.ts'

/** A checklist as it stands for an organization, with what was last said of its steps by their ids. */
export type Followed = {
  readonly checklist: Checklist
  readonly states: ReadonlyMap<string, State>
  readonly marks: ReadonlyMap<string, EventRow>
  readonly notes: readonly EventRow[]
  readonly progress: Progress
}

/** Who looks at which organization, under which charter, which checklists it has, and as whom he speaks of each. */
export type Reader = {
  readonly of: Of
  readonly charter: Charter
  readonly version: number
  readonly checklists: readonly Checklist[]
  readonly teller: (checklist: Checklist) => Teller
}

const NOTES_SHOWN = 3

/**
 * The member's own organization: the checklists of the support types he may ask for, or could if a seat were left; none where the
 * organization lacks the add-on. Whoever may ask by a role sets steps aside, too; others are employees.
 */
export async function ownReader(work: Work<Member>): Promise<Reader> {
  const { organizationId, operatorId } = work.actor
  const of = { organizationId, operatorId }
  const { charter, version } = await charterInForce(work, operatorId)
  if (charter.checklists.length === 0) return { of, charter, version, checklists: [], teller: () => 'employee' }
  const { asker, subscriptions } = await standingOf(work)
  const subscriptionIds = subscriptions.map(({ subscriptionId }) => subscriptionId)
  const held = ({ supportType }: Checklist) => holds(charter, asker, { supportType, subscriptionIds }, work.now)
  return {
    of,
    charter,
    version,
    checklists: charter.checklists.filter((checklist) => held(checklist) !== undefined),
    teller: (checklist) => (held(checklist) === 'by-role' ? 'administrator' : 'employee'),
  }
}

/** An organization of an agent's operator, and the checklists of what it has in force. Refused with `not-an-agent`. */
export async function readerFor(work: Work<Agent>, of: Of): Promise<Reader> {
  const [{ charter, version }] = await Promise.all([
    charterInForce(work, of.operatorId),
    requireAgent(work, of.operatorId),
  ])
  const addOns = charter.checklists.length === 0 ? [] : await boughtBy(work, of)
  const checklists = charter.checklists.filter(({ supportType }) => {
    const type = supportTypeOf(charter, supportType)
    return type !== undefined && hasWhatItTakes(type, addOns, work.now)
  })
  return { of, charter, version, checklists, teller: () => 'specialist' }
}

/** How the checklists stand. */
export async function followed(
  work: Work,
  { of, checklists }: Pick<Reader, 'of' | 'checklists'>,
): Promise<readonly Followed[]> {
  const places = checklists.flatMap(({ id: checklist, steps }) => steps.map(({ id: step }) => ({ checklist, step })))
  if (places.length === 0) return []
  const [marks, notes] = await Promise.all([marksOf(work, of, places), notesOf(work, of, places, NOTES_SHOWN)])
  return checklists.map((checklist) => {
    const own = new Map(marks.filter((mark) => mark.checklist === checklist.id).map((mark) => [mark.step, mark]))
    const states = new Map([...own].map(([step, { kind }]) => [step, stateAfter(kind) ?? 'open'] as const))
    return {
      checklist,
      states,
      marks: own,
      notes: notes.filter((note) => note.checklist === checklist.id),
      progress: progressOf(checklist.steps, states),
    }
  })
}

/** Everything the page of an organization's checklists shows. */
export type ChecklistsShown = Reader & {
  readonly lists: readonly Followed[]
  readonly articles: ReadonlyMap<string, { readonly title: string; readonly language: Locale }>
  /** The organization by name, with its own administrators. */
  readonly organization: { readonly name: string; readonly administrators: readonly Administrator[] }
}

/** The member's checklists; none where his organization has none. Refused with `not-found` where the operator has none. */
export async function ownChecklists(work: Work<Member>, language: Locale): Promise<ChecklistsShown> {
  await requireMember(work)
  const reader = await ownReader(work)
  if (reader.charter.checklists.length === 0) throw new Refused('not-found')
  return shown(work, reader, language)
}

/** The checklists of an organization, for an agent. Refused with `not-found` for those of others and those that have none. */
export async function checklistsFor(work: Work<Agent>, of: Of, language: Locale): Promise<ChecklistsShown> {
  const reader = await readerFor(work, of)
  if (reader.checklists.length === 0) throw new Refused('not-found')
  return shown(work, reader, language)
}

async function shown(work: Work, reader: Reader, language: Locale): Promise<ChecklistsShown> {
  const { checklists, of } = reader
  const paths = checklists.flatMap(({ steps }) => steps.flatMap(({ article }) => article ?? []))
  const [lists, articles, organization] = await Promise.all([
    followed(work, reader),
    articleTitles(work, of.operatorId, paths, language),
    organizationFor(work, of),
  ])
  if (!organization) throw new Refused('not-found')
  return { ...reader, lists, articles, organization }
}

/** What happened to one checklist, with the words each step had when it is no more. */
export type ChecklistHistory = {
  readonly checklist: Checklist
  readonly events: readonly EventRow[]
  readonly titleOf: (event: EventRow, locale: Locale) => string
}

/** All that was said of a checklist, the newest first. Refused with `not-found` for a checklist the organization does not have. */
export async function checklistHistory(
  work: Work,
  { of, charter, checklists }: Reader,
  {
    checklistId,
    before,
    limit,
  }: { readonly checklistId: string; readonly before?: number | undefined; readonly limit: number },
): Promise<ChecklistHistory> {
  const checklist = checklists.find(({ id }) => id === checklistId)
  if (!checklist) throw new Refused('not-found')
  const events = await historyOf(work, of, { checklist: checklistId, before, limit })
  const gone = events.filter(({ step }) => !checklist.steps.some(({ id }) => id === step))
  const versions = new Map<number, Charter>()
  for (const version of new Set(gone.map(({ charterVersion }) => charterVersion)))
    versions.set(version, await charterAt(work, of.operatorId, version))
  return {
    checklist,
    events,
    titleOf: ({ step, charterVersion }, locale) =>
      [charter, versions.get(charterVersion)]
        .flatMap((one) => one?.checklists.find(({ id }) => id === checklistId)?.steps ?? [])
        .find(({ id }) => id === step)?.title[locale] ?? step,
  }
}

/** One line for pages that lead here: each checklist of the member's organization and how far it is; none for everybody else. */
export async function checklistsInShort(work: Work): Promise<readonly Followed[]> {
  return work.actor.kind === 'member' ? followed(work, await ownReader(asMember(work))) : []
}

/** The organizations that have a checklist, by stage. Refused with `not-found` for a checklist the charter does not have. */
export async function followersOf(
  work: Work<Agent>,
  operatorId: string,
  asked: {
    readonly checklistId: string | undefined
    readonly stage: Stage
    readonly after: After | undefined
    readonly limit: number
  },
): Promise<{ readonly charter: Charter; readonly checklist: Checklist; readonly followers: readonly Follower[] }> {
  const [{ charter }] = await Promise.all([charterInForce(work, operatorId), requireAgent(work, operatorId)])
  const { checklistId = charter.checklists[0]?.id, stage, after, limit } = asked
  const checklist = charter.checklists.find(({ id }) => id === checklistId)
  const requires = checklist && supportTypeOf(charter, checklist.supportType)?.requires
  if (!checklist || !requires) throw new Refused('not-found')
  const steps = checklist.steps.map(({ id }) => id)
  const whose = { operatorId, checklist: checklist.id, steps, ...requires, seats: requires.seats, after, limit }
  const followers = stage === 'not-begun' ? await notBegun(work, whose) : await begun(work, whose, stage)
  return { charter, checklist, followers }
}
