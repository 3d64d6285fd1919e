/** Reports: how an operator's promises were kept, by month, as it was known at any date. For support leads. */
export { askedSchema } from './asked.ts'
export { reportJson } from './json.ts'
export { readReport } from './read-report.ts'
export type { Report } from './read-report.ts'
