import { newId } from '../../base/ids.ts'
import { Refused } from '../../base/refused.ts'
import type { Job, Member } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { administratorsOf, peopleOf, requireMember } from '../people/index.ts'
import type { PersonRow } from '../people/index.ts'
import { hasChecklists } from './ask.ts'
import { decideQuestion, insertQuestion, insertRightEvent, questionOf, questionsOf } from './store.ts'
import type { ColleagueQuestion } from './store.ts'

export type { ColleagueQuestion } from './store.ts'

/** What somebody who may not ask wanted to ask: the two texts, and the other fields of the form as they were. */
export type Draft = {
  readonly title: string
  readonly description: string
  readonly rest: Readonly<Record<string, string>>
}

/** Hands a question to the organization's administrators, who are told by mail. Refused with `not-found` where there are none. */
export async function askAdministrators(work: Work<Member>, draft: Draft): Promise<void> {
  const person = await requireMember(work)
  if (person.partnerId !== null || (await administratorsOf(work)).length === 0) throw new Refused('not-found')
  const questionId = newId()
  await insertQuestion(work, { ...draft, questionId })
  record(work, 'question.asked', questionId, { person: person.name, title: draft.title }, 'tellAdministrators')
}

/** The questions of colleagues: all for administrators, one's own for everybody else. */
export async function colleagueQuestions(work: Work<Member>): Promise<{
  readonly person: PersonRow
  readonly questions: readonly ColleagueQuestion[]
  /** Whether checklists come with what the organization has. */
  readonly checklists: boolean
}> {
  const person = await requireMember(work)
  const whose = person.roles.length > 0 ? undefined : person.personId
  const questions = await questionsOf(work, work.actor.organizationId, whose)
  return { person, questions, checklists: await hasChecklists(work) }
}

/** A question that waits, for an administrator who makes a service request of it; undefined when there is none. */
export async function waitingQuestion(work: Work<Member>, questionId: string): Promise<ColleagueQuestion | undefined> {
  const person = await requireMember(work)
  if (person.roles.length === 0 || person.partnerId !== null) return undefined
  const found = await questionOf(work, work.actor.organizationId, questionId)
  return found?.decision === null ? found : undefined
}

/** The request made of a question was sent. Refused with `question-decided` when somebody decided on it meanwhile. */
export async function noteSent(work: Work<Member>, questionId: string, caseNumber: string): Promise<void> {
  if (!(await waitingQuestion(work, questionId))) throw new Refused('question-decided')
  if (!(await decideQuestion(work, questionId, { decision: 'sent', word: null, caseNumber })))
    throw new Refused('question-decided')
  record(work, 'question.sent', questionId, { number: caseNumber }, 'tellColleague')
}

/** Declines a question with a word, which goes to whoever asked. Refused with `question-decided`. */
export async function declineQuestion(work: Work<Member>, questionId: string, word: string): Promise<void> {
  if (!(await waitingQuestion(work, questionId))) throw new Refused('question-decided')
  if (!(await decideQuestion(work, questionId, { decision: 'declined', word, caseNumber: null })))
    throw new Refused('question-decided')
  record(work, 'question.declined', questionId, {}, 'tellColleague')
}

/** A question with everybody who may decide on it: for the job that tells them. */
export async function questionToTell(
  work: Work<Job>,
  of: { readonly organizationId: string; readonly questionId: string },
): Promise<{ readonly question: ColleagueQuestion; readonly people: readonly PersonRow[] } | undefined> {
  const question = await questionOf(work, of.organizationId, of.questionId)
  return question && { question, people: await peopleOf(work, of.organizationId) }
}

function record(
  work: Work<Member>,
  kind: string,
  questionId: string,
  payload: Readonly<Record<string, string>>,
  errand: string,
): void {
  const { organizationId, operatorId } = work.actor
  const data = { reaction: errand, operatorId, organizationId, questionId }
  const event = { eventId: newId(), kind, payload: { ...payload, questionId } }
  insertRightEvent(work, work.actor, event, [{ queue: 'reactions', data }])
}
