/** Callers: who calls is proven by a code that only he gets, and who answers by a number that only the two see. */
export { callerCodes } from './codes.ts'
export type { CallerCodes } from './codes.ts'
export { sendCallerCode, tellOfCaller } from './tell-of-caller.ts'
