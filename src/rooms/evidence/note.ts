import { Refused } from '../../base/refused.ts'
import type { Actor } from '../../database/actor.ts'
import type { Database, Work } from '../../database/work.ts'
import { groupKeyOf } from './rules/grouping.ts'
import { maskText } from './rules/masking.ts'
import { insertOutcome, insertQuestion, insertVerdict } from './store.ts'
import type { Place } from './store.ts'

/** A question that somebody settled on: a page of results, or suggestions of which one was opened; never each keystroke. */
export type SettledQuestion = {
  readonly operatorId: string
  readonly questionId: string
  /** The first question of the visit; its own where it is the first. */
  readonly visitId: string
  readonly language: string
  /** As it was typed; kept without addresses and long numbers. */
  readonly text: string
  readonly place: Place
  readonly found: number
  /** Ids of articles in the order they were shown. */
  readonly shown: readonly string[]
  /** The telling words of a text as search cuts them. */
  readonly wordsOf: (text: string) => readonly string[]
}

/** A verb of this file, to be done with the page's own transaction. */
export type Note = (act: () => void) => void

/**
 * A page's transaction in which something is noted: what is noted travels with the commit, and the commit does not wait for the
 * disk. When it cannot be written, the page is made once more without it: nobody waits for evidence, and nobody goes without an
 * answer for want of it.
 */
export async function noting<A extends Actor, T>(
  database: Database,
  actor: A,
  run: (work: Work<A>, note: Note) => Promise<T>,
): Promise<T> {
  let noted = false
  const note: Note = (act) => {
    noted = true
    act()
  }
  try {
    return await database.workAtOnce(actor, (work) => run(work, note))
  } catch (error) {
    if (!noted || error instanceof Refused) throw error
    return database.workAtOnce(actor, (work) => run(work, () => {}))
  }
}

/** Notes a question, once; agents, who try things, are not asked. An empty one is none. */
export function noteQuestion(work: Work, { wordsOf, text, ...question }: SettledQuestion): void {
  const masked = maskText(text)
  if (masked === '' || work.actor.kind === 'agent') return
  insertQuestion(work, { ...question, text: masked, groupKey: groupKeyOf(wordsOf(masked)), ...askerOf(work) })
}

/** Notes that an article was opened from the answers to a question. */
export function noteOpened(
  work: Work,
  of: { readonly operatorId: string; readonly questionId: string; readonly articleId: string },
): void {
  if (work.actor.kind !== 'agent') insertOutcome(work, { ...of, kind: 'opened', hurry: false })
}

/** What a reader says of an article, and of the question that led to it, if one did; what was missing is masked. */
export function noteVerdict(
  work: Work,
  of: {
    readonly operatorId: string
    readonly articleId: string
    readonly language: string
    readonly questionId: string | undefined
    readonly solved: boolean | undefined
    readonly missing: string
  },
): void {
  if (work.actor.kind === 'agent') return
  const { operatorId, articleId, questionId, solved } = of
  insertVerdict(work, { ...of, missing: maskText(of.missing) })
  if (questionId !== undefined && solved !== undefined)
    insertOutcome(work, { operatorId, questionId, articleId, kind: solved ? 'solved' : 'unsolved', hurry: false })
}

/**
 * Notes that its person opened a case just now: it counts for what he asked in the last seven days, and for the visit that led
 * there, where the form came from one.
 */
export function noteCase(
  work: Work,
  of: { readonly operatorId: string; readonly questionId: string | undefined },
): void {
  insertOutcome(work, { ...of, kind: 'case', hurry: true, ...askerOf(work) })
}

function askerOf({ actor }: Work): { readonly personId?: string; readonly holderId?: string } {
  return actor.kind === 'member' ? { personId: actor.personId, holderId: actor.organizationId } : {}
}
