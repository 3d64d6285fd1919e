import { announce, leaveToCommit } from '../../database/work.ts'
import type { Work } from '../../database/work.ts'
import { insertJobs } from '../../jobs/enqueue.ts'

/** What open health pages of an operator follow on the bulletin: apart from its queue, which changes all day. */
export function healthNews(operatorId: string): string {
  return `health ${operatorId}`
}

/** What pages about reports follow: customers' own pages need not look again whenever another customer notices something. */
export function noticedNews(operatorId: string): string {
  return `noticed ${operatorId}`
}

export function announceNoticed(work: Work, operatorId: string): void {
  announce(work, noticedNews(operatorId))
}

/** Has every open health page of an operator look again, and the files that others serve written anew, soon after the commit. */
export function announceHealth(work: Work, operatorId: string): void {
  announce(work, healthNews(operatorId))
  announceNoticed(work, operatorId)
  leaveToCommit(work, insertJobs(work, [{ queue: 'reactions', data: { reaction: 'publishStatus', operatorId } }]))
}
