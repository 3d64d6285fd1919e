/** Answers: which questions customers asked without finding a good answer, for support leads, and what readers say of articles. */
export { askedAnswersSchema } from './asked.ts'
export { answersJson } from './json.ts'
export { keepEvidence } from './keep-evidence.ts'
export { readAnswers } from './read-answers.ts'
export type { AnswersReport } from './read-answers.ts'
