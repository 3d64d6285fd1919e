import { isValidPhoneNumber } from 'libphonenumber-js'
import { isLocale } from '../../base/locale.ts'
import { readCharter } from './charter-schema.ts'
import type { CharterDocument } from './charter-schema.ts'
import type { Charter } from './rules/charter.ts'
import type { Fault } from './rules/fault.ts'
import { faultsOf, textsMissing } from './rules/faults.ts'
import { asFaults, inPlainWords } from './shape-faults.ts'

/**
 * Everything that is wrong with a charter as it was written, and what to write instead. What a charter promises is only
 * looked at when its shape is right.
 */
export function charterFaults(document: Readonly<Record<string, unknown>>): readonly Fault[] {
  const read = readCharter.safeParse(document, { error: inPlainWords })
  const texts = textsMissing(document, languagesIn(document))
  if (!read.success) return [...asFaults(read.error), ...texts]
  const written = document as unknown as CharterDocument
  return [...faultsOf(read.data, written), ...wrongNumbers(read.data), ...texts]
}

function languagesIn({ languages }: Readonly<Record<string, unknown>>) {
  return Array.isArray(languages)
    ? languages.filter((one): one is string => typeof one === 'string').filter(isLocale)
    : []
}

function wrongNumbers({ phones }: Charter): readonly Fault[] {
  return phones.flatMap(({ numbers }, at) =>
    numbers.flatMap(({ e164 }, place) =>
      isValidPhoneNumber(e164)
        ? []
        : [
            {
              path: ['phones', at, 'numbers', place, 'e164'],
              message: `${e164} is no phone number that exists; write + and the country code, then the number without its leading 0`,
            },
          ],
    ),
  )
}
