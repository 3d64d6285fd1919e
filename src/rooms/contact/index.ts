/** Contact: the journey from "still stuck" to a case that says when it is answered. Owns no table and no rule. */
export { requestSchema } from './request-schema.ts'
