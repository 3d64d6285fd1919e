/** Programs of organizations and of operators: who made them, their secrets, and the tokens that they get for an hour. */
export { forgetTokens, whichProgram } from './tokens.ts'
export type { ShownProgram } from './tokens.ts'
