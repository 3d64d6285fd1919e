import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isCaseNumber, numberFrom, plainNumber, spokenNumber } from './number.ts'

const digits = fc.integer({ min: 0, max: 9_999_999_999 }).map((number) => String(number).padStart(10, '0'))

test('a number that was read aloud in groups is the same number', () => {
  fc.assert(
    fc.property(
      digits,
      (ten) => plainNumber(spokenNumber(numberFrom(ten))) === numberFrom(ten) && isCaseNumber(numberFrom(ten)),
    ),
  )
})

test("one wrong digit is nobody's number", () => {
  fc.assert(
    fc.property(digits, fc.nat(10), fc.integer({ min: 1, max: 9 }), (ten, at, by) => {
      const number = numberFrom(ten)
      const wrong = `${number.slice(0, at)}${(Number(number[at]) + by) % 10}${number.slice(at + 1)}`
      assert.equal(isCaseNumber(wrong), false)
    }),
  )
})

test("two neighbours swapped are nobody's number, but for 0 and 9", () => {
  fc.assert(
    fc.property(digits, fc.nat(9), (ten, at) => {
      const number = numberFrom(ten)
      const [one, other] = [number[at] ?? '', number[at + 1] ?? '']
      fc.pre(one !== other && !['09', '90'].includes(one + other))
      assert.equal(isCaseNumber(number.slice(0, at) + other + one + number.slice(at + 2)), false)
    }),
  )
})
