import { z } from 'zod'
import { email, optionalText, phone, text } from '../../api/read.ts'
import { ANSWER_LIMIT, CONTEST_LIMIT } from '../cases/index.ts'
import type { Charter } from '../entitlements/index.ts'

/** How long a request's texts may be, in characters: said on the form, held at both doors. */
export const LIMITS = { title: 150, description: 20_000, businessImpact: 4000 } as const

const built = new WeakMap<Charter, ReturnType<typeof schemaFor>>()

/** A service request as the JSON API takes it. Unknown keys are refused. Built once per charter: that takes a millisecond. */
export function requestSchema(charter: Charter): ReturnType<typeof schemaFor> {
  const schema = built.get(charter) ?? schemaFor(charter)
  built.set(charter, schema)
  return schema
}

function schemaFor(charter: Charter) {
  const requestable = charter.supportTypes.filter(({ channels }) => channels.includes('portal')).map(({ id }) => id)
  return z.strictObject({
    title: text(LIMITS.title),
    description: text(LIMITS.description),
    supportType: z.enum(requestable as [string, ...string[]]),
    topic: z.enum(charter.topics.map(({ id }) => id) as [string, ...string[]]),
    requestedSeverity: z.enum(charter.severities.map(({ id }) => id) as [string, ...string[]]).optional(),
    impact: impactSchema(charter).default({}),
    businessImpact: optionalText(LIMITS.businessImpact),
    contact: z.strictObject({ method: z.enum(['phone', 'email']), phone: phone.default(''), email }),
    answers: z.record(z.string().max(40), optionalText(ANSWER_LIMIT)).default({}),
    scope: z.string().min(1).max(40).optional(),
    contest: optionalText(CONTEST_LIMIT),
    subscriptionId: z.uuid().optional(),
    language: z.enum(charter.languages).default(charter.languages[0] ?? 'en'),
  })
}

function impactSchema(charter: Charter) {
  const questions = Object.fromEntries(
    charter.impactQuestions.map(({ id, options }) => [
      id,
      z.enum(options.map((option) => option.id) as [string, ...string[]]),
    ]),
  )
  return z
    .strictObject(questions)
    .partial()
    .transform((answers) =>
      Object.fromEntries(Object.entries(answers).flatMap(([question, answer]) => (answer ? [[question, answer]] : []))),
    )
}
