import { z } from 'zod'
import { LOCALES } from '../../base/locale.ts'
import type { Locale } from '../../base/locale.ts'

/** What a report is asked for, as it was written: dates in the operator's zone, both included; absent narrows nothing. */
export type AskedReport = {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly language?: Locale | undefined
}

const date = z.iso.date().regex(/^2/)

export const askedAnswersSchema: z.ZodType<AskedReport> = z.object({
  from: chosen(date),
  to: chosen(date),
  language: chosen(z.enum(LOCALES)),
})

function chosen<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === '' ? undefined : value), schema.optional())
}

/** The question as the query of an address. */
export function queryOf({ from, to, language }: AskedReport): string {
  return new URLSearchParams(
    Object.entries({ from, to, language }).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  ).toString()
}
