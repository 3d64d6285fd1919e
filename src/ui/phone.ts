import { parsePhoneNumberFromString } from 'libphonenumber-js'

/** A number in E.164 as it is read aloud, "+45 32 12 34 56"; anything else as it is. */
export function spokenPhone(phone: string): string {
  return parsePhoneNumberFromString(phone)?.formatInternational() ?? phone
}
