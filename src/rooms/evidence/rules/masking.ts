const ADDRESS = /[^\s@<>()"']+@[^\s@<>()"']+\.[^\s@<>()"'.,;!?]{2,}/g

/** Eight digits or more, however people group them: phone, card and account numbers. Codes with letters before them stay. */
const NUMBER = /(?<![\p{L}\d.])\+?\d(?:[\s().\-/]{0,2}\d){7,}(?!\d)/gu

const MASKED = { address: '[@]', number: '[#]' } as const

/** A text without e-mail addresses, phone numbers and other long numbers; a mark stands in their place. */
export function maskText(text: string): string {
  return text
    .replaceAll('\0', ' ')
    .normalize('NFKC')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replaceAll(ADDRESS, MASKED.address)
    .replaceAll(NUMBER, MASKED.number)
}

const LONGEST = 80
const MOST_WORDS = 12

/**
 * Whether a masked text may be kept when nobody is to know any more who asked: short, and with nothing masked in it. What people
 * tell at length about themselves, and what had an address or a number in it, goes.
 */
export function looksImpersonal(text: string): boolean {
  if (Object.values(MASKED).some((mark) => text.includes(mark))) return false
  return text.length <= LONGEST && text.split(' ').length <= MOST_WORDS
}
