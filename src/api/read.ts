import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { z } from 'zod'
import type { core } from 'zod'
import { Refused } from '../base/refused.ts'
import type { FieldProblem, FieldProblems } from '../base/refused.ts'

/** Reads what came in at the boundary, once; refused with `invalid-input` and a problem for each field. */
export function read<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  throw new Refused('invalid-input', problemsOf(result.error.issues, input))
}

/** zod's issues as problems of fields, by dotted path; the first of each field. */
function problemsOf(issues: readonly core.$ZodIssue[], input: unknown): FieldProblems {
  const problems: Record<string, FieldProblem> = {}
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) problems[[...issue.path, key].join('.')] ??= { code: 'unknown-field' }
    } else problems[issue.path.join('.')] ??= problemOf(issue, at(input, issue.path))
  }
  return problems
}

function at(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined | null)?.[key], input)
}

function problemOf(issue: core.$ZodIssue, value: unknown): FieldProblem {
  if (value === undefined || value === null || value === '') return { code: 'missing' }
  switch (issue.code) {
    case 'too_big':
      return { code: 'too-long', limit: Number(issue.maximum) }
    case 'too_small':
      return { code: 'missing' }
    case 'invalid_value':
      return { code: 'not-an-option' }
    case 'invalid_format':
      return { code: issue.format === 'email' ? 'not-an-email' : 'wrong-type' }
    case 'custom':
      return (issue.params as { problem?: FieldProblem } | undefined)?.problem ?? { code: 'wrong-type' }
    default:
      return { code: 'wrong-type' }
  }
}

/** A character that bytes which are no UTF-8 were replaced by, or one that no text has: PostgreSQL keeps no NUL. */
const BROKEN = ['\uFFFD', '\0']

function isWhole(value: string): boolean {
  return !BROKEN.some((character) => value.includes(character))
}

/** A text with a limit; broken characters are told, not swallowed. Line ends become `\n`. */
export function text(max: number) {
  return z
    .string()
    .refine(isWhole, { params: { problem: { code: 'broken-text' } } })
    .transform((value) => value.replaceAll('\r\n', '\n').trim())
    .pipe(z.string().min(1).max(max))
}

/** A text that may be left out. */
export function optionalText(max: number) {
  return z
    .string()
    .refine(isWhole, { params: { problem: { code: 'broken-text' } } })
    .transform((value) => value.replaceAll('\r\n', '\n').trim())
    .pipe(z.string().max(max))
    .default('')
}

export const email = z.string().trim().max(254).pipe(z.email())

/** A phone number in any way people write it, as E.164; empty stays empty. Numbers without a country code are refused. */
export const phone = z
  .string()
  .trim()
  .max(40)
  .transform((written, context) => {
    if (written === '') return ''
    const parsed = parsePhoneNumberFromString(written)
    if (parsed?.isValid()) return parsed.number
    context.addIssue({ code: 'custom', params: { problem: { code: 'not-a-phone' } } })
    return z.NEVER
  })
