import type { TargetTerms } from './charter.ts'

const WRITTEN = /^(\d{1,5}) (minute|hour|working day)s?$/

/** "1 hour", "30 minutes", "3 working days"; undefined for anything else, and for nothing at all of a unit. */
export function parseTargetTerms(written: string): TargetTerms | undefined {
  const match = WRITTEN.exec(written.trim())
  const amount = Number(match?.[1])
  if (!match || amount === 0) return undefined
  return { amount, unit: match[2] as TargetTerms['unit'] }
}

/** The same in words a person writes into a charter. */
export function writtenTarget({ amount, unit }: TargetTerms): string {
  return `${amount} ${unit}${amount === 1 ? '' : 's'}`
}

/** A length of open time in minutes; undefined for working days, which have no length of their own. */
export function minutesOf({ amount, unit }: TargetTerms): number | undefined {
  switch (unit) {
    case 'minute':
      return amount
    case 'hour':
      return amount * 60
    case 'working day':
      return undefined
  }
}
