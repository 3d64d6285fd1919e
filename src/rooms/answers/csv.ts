import { csvHead, csvRows } from '../../api/csv.ts'
import type { Cell } from '../../api/csv.ts'
import type { Group } from './read-answers.ts'

/** Named as in the JSON door, so that what reads one reads the other. */
const GROUPS: Readonly<Record<string, (group: Group) => Cell>> = {
  language: (group) => group.language,
  text: (group) => group.text,
  asked: (group) => group.asked,
  good: (group) => group.good,
  nothingFound: (group) => group.nothingFound,
  nothingOpened: (group) => group.nothingOpened,
  notSolved: (group) => group.notSolved,
  caseFollowed: (group) => group.caseFollowed,
  saidSolved: (group) => group.saidSolved,
  lastAskedAt: (group) => group.lastAskedAt.toString(),
  taught: (group) => group.taught.join(' '),
}

/** Groups of questions as CSV, a line each, moments as ISO 8601 in UTC. */
export function groupsCsv(groups: readonly Group[]): string {
  return (
    csvHead(Object.keys(GROUPS)) + csvRows(groups.map((group) => Object.values(GROUPS).map((cellOf) => cellOf(group))))
  )
}
