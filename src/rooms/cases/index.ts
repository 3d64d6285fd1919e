/** Cases: service requests from opening to closing, with their severity, answers and history. */
export { openCase } from './open-case.ts'
export {
  closeCase,
  noteCall,
  noteCaller,
  noteUndelivered,
  replyAsCustomer,
  reopenCase,
  takeCase,
  writeAsAgent,
} from './write-in-case.ts'
export { askForSeverity, changeSeverity, higherSeverities, resumeClocks, waitForThirdParty } from './change-severity.ts'
export { attachmentFor, caseFor, clocksFor, myCases, queueOf } from './read-case.ts'
export type { ExplainedClock } from './read-case.ts'
export { caseJson, caseLineJson, clocksJson, messageJson, openedJson } from './json.ts'
export { noteInquiry, openInquiry } from './inquiry.ts'
export { handToPartner, partnersFor } from './hand-to-partner.ts'
export { answerCases, askCases, moveCases, sayWhetherItWorks } from './incident-cases.ts'
export { BULK, linkCases, linkIncident } from './link-incident.ts'
export type { Bulk } from './link-incident.ts'
export { lookForProposals, newProposals } from './noticed.ts'
export type { Proposal } from './noticed.ts'
export { mayBeAbout, noteNotAbout, sayIsAbout, sayIsNotAbout } from './about-incident.ts'
export { aboutPanel } from './web/about-panel.tsx'
export { mergeCase } from './merge-cases.ts'
export { moveTerms } from './move-terms.ts'
export type { MovedCase, MovedTerms } from './move-terms.ts'
export { replayClocks } from './replay.ts'
export type { ClockDifference } from './replay.ts'
export { wakeCases } from './wake-cases.ts'
export {
  awaitingFirstAnswer,
  caseById,
  eventPayload,
  eventsOf,
  linkedCases,
  linkOf,
  lookAt,
  markTold,
  messagesOf,
  queueFigures,
  untoldEscalations,
} from './store.ts'
export type { AwaitingFirstAnswer, UntoldEscalation } from './store.ts'
export { clockName } from './clock-name.ts'
export { wouldBeDue } from './would-be-due.ts'
export type { MovingCase } from './would-be-due.ts'
export type { CallOutcome, CaseEvents } from './events.ts'
export type { After, LinkedCase, OpenedCase, QueueFigure } from './store.ts'
export { ANSWER_LIMIT, CONTEST_LIMIT, promise } from './rules/opening.ts'
export { MESSAGE_LIMIT } from './rules/limits.ts'
export type { AgentMessage } from './rules/lifecycle.ts'
export type { ServiceRequest } from './rules/opening.ts'
export { spokenNumber } from './rules/number.ts'
export type { CaseLine, CaseRow, EventRow, MessageRow } from './tables.ts'
