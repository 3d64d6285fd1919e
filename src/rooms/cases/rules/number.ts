/**
 * Case numbers: ten digits and a Luhn check digit, so that a number said on the phone with one wrong digit, or two neighbours
 * swapped, is nobody's; random, so that it counts nothing.
 */
export function numberFrom(digits: string): string {
  return `${digits}${checkDigit(digits)}`
}

/** True for a number that could be a case's; spaces and hyphens, as people write them, are taken out by `plainNumber`. */
export function isCaseNumber(text: string): boolean {
  return /^\d{11}$/.test(text) && numberFrom(text.slice(0, 10)) === text
}

export function plainNumber(text: string): string {
  return text.replaceAll(/[\s-]/g, '')
}

/** In groups, as it is read aloud: 123-4567-8901. */
export function spokenNumber(number: string): string {
  return `${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7)}`
}

function checkDigit(digits: string): number {
  const sum = digits
    .split('')
    .reduce((total, digit, at) => total + luhn(Number(digit), (digits.length - at) % 2 === 1), 0)
  return (10 - (sum % 10)) % 10
}

function luhn(digit: number, doubled: boolean): number {
  const value = doubled ? digit * 2 : digit
  return value > 9 ? value - 9 : value
}
