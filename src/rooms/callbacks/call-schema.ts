import { z } from 'zod'
import { phone } from '../../api/read.ts'
import { LOCALES } from '../../base/locale.ts'

const MISSING = { problem: { code: 'missing' } } as const

const needed = phone.refine((number) => number !== '', { params: MISSING })

const moment = z
  .string()
  .max(40)
  .transform((written, context) => {
    try {
      return Temporal.Instant.from(written)
    } catch {
      context.addIssue({ code: 'custom', params: { problem: { code: 'not-an-option' } } })
      return z.NEVER
    }
  })

/** A call as the form asks for it: now, or at one of the times it showed; the number is confirmed. */
export const callFormSchema = z
  .object({
    when: z.enum(['now', 'at']),
    slot: z
      .string()
      .optional()
      .transform((written) => written || undefined)
      .pipe(moment.optional()),
    phone: needed,
    confirmed: z.string().optional(),
  })
  .superRefine(({ when, slot, confirmed }, context) => {
    if (when === 'at' && !slot) context.addIssue({ code: 'custom', path: ['slot'], params: MISSING })
    if (confirmed !== 'yes')
      context.addIssue({ code: 'custom', path: ['confirmed'], params: { problem: { code: 'not-confirmed' } } })
  })

/** A call as the JSON API takes it: `at` is one of the free times, or missing for now. */
export const callSchema = z.strictObject({
  phone: needed,
  at: moment.optional(),
  language: z.enum(LOCALES).optional(),
})
