import type { Work } from '../../database/work.ts'
import { noteBreach } from '../response-targets/index.ts'
import { telling } from './events.ts'
import { caseById, changeCase } from './store.ts'

/** At the due moment: writes the breach of an open case that is still unanswered, and tells the house; otherwise does nothing. */
export async function noteLateAnswer(work: Work, organizationId: string, caseId: string): Promise<void> {
  const found = await caseById(work, organizationId, caseId)
  if (!found || found.closedAt !== null || !(await noteBreach(work, found))) return
  const { event, jobs } = telling('clock.breached', found, {})
  await changeCase(work, found, {}, event, jobs)
}
