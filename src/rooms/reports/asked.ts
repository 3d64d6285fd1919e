import { z } from 'zod'
import { MOST_MONTHS, monthsBetween } from './rules/months.ts'
import type { Asked } from './rules/months.ts'
import { OWED_KINDS } from './rules/kinds.ts'
import type { Behind, Place } from './rules/promises.ts'

const month = z.string().regex(/^2\d{3}-(0[1-9]|1[0-2])$/)
const date = z.iso.date().regex(/^2/)
const word = z.string().max(40)

/** What a report is asked for, from the query of an address; an empty value narrows nothing. */
export const askedSchema: z.ZodType<Asked> = z
  .object({
    from: chosen(month),
    to: chosen(month),
    asOf: chosen(date),
    clock: chosen(z.enum(OWED_KINDS)),
    severity: chosen(word),
    supportType: chosen(word),
  })
  .refine(({ from, to }) => !from || !to || monthsBetween(from, to).length <= MOST_MONTHS, {
    path: ['from'],
    params: { problem: { code: 'not-an-option' } },
  })

/** Which clocks behind a figure. */
export const behindSchema: z.ZodType<Behind> = z.object({
  outcome: chosen(z.enum(['met', 'breached', 'excluded'])),
  due: chosen(z.enum(['dated', 'none'])),
})

function chosen<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
}

/** A question as the query of an address, with what is to be different. */
export function queryOf(asked: Asked & Behind, changes: Asked & Behind & { readonly after?: string } = {}): string {
  const { from, to, asOf, clock, severity, supportType, outcome, due, after } = {
    ...asked,
    ...changes,
  } as typeof changes
  const all = { from, to, asOf, clock, severity, supportType, outcome, due, after }
  return new URLSearchParams(Object.entries(all).flatMap(([name, value]) => (value ? [[name, value]] : []))).toString()
}

/** A place in a list, as its next link carries it. */
export function writtenPlace({ due, caseId, clock, cycle }: Place): string {
  return [due, caseId, clock, cycle].join('_')
}

/** The same read back; nonsense is the beginning. */
export function placeOf(written: string | undefined): Place | undefined {
  const match = /^(2\d{3}-\d\d-\d\dT[\d:.]{5,20}Z|infinity)_([0-9a-f-]{36})_([a-z-]{1,40})_(\d{1,6})$/.exec(
    written ?? '',
  )
  const [, due = '', caseId = '', clock = '', cycle = ''] = match ?? []
  return match ? { due, caseId, clock, cycle: Number(cycle) } : undefined
}
