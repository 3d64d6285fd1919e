import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askedFor, lastWord, LONGEST_QUESTION } from './ask.ts'
import { vocabularyOf } from './rules/vocabulary.ts'
import { cutWords } from './words.ts'
import type { Cut } from './words.ts'

const nothing = vocabularyOf({ total: 0, words: [], articles: [], meanings: {} })

const of = (kind: Cut['kind'], text: string, language: 'en' | 'da' | 'zh-Hans') =>
  cutWords(text, language).flatMap((cut) => (cut.kind === kind ? [cut.word] : []))

test('words meet in their stem, in each language', () => {
  assert.deepEqual(of('word', 'Licenses', 'en'), of('word', 'license', 'en'))
  assert.deepEqual(of('word', 'licenserne', 'da'), of('word', 'licens', 'da'))
})

test('Danish letters are found however they are typed', () => {
  assert.deepEqual(of('word', 'Domæner', 'da'), of('word', 'domaener', 'da'))
  assert.deepEqual(of('word', 'udløber påmindelser', 'da'), of('word', 'udloeber paamindelser', 'da'))
  assert.deepEqual(of('word', 'cafe\u0301', 'da'), of('word', 'café', 'da'))
})

test('names and codes are kept whole, beside their parts', () => {
  assert.deepEqual(of('name', 'Run Get-MsolUser, then see 5.7.1 at outlook.office.com.', 'en'), [
    'get-msoluser',
    '5.7.1',
    'outlook.office.com',
  ])
  assert.ok(of('word', '0x80070005', 'en').includes('0x80070005'))
})

test('Chinese is found by every two neighbours; signs and Latin words stand apart', () => {
  assert.deepEqual(of('word', '重置密码，Outlook！', 'zh-Hans'), ['重置', '置密', '密码', 'outlook'])
})

test('stop words are known as such', () => {
  assert.deepEqual(of('stop', 'how to reset the password', 'en').length, 3)
  assert.deepEqual(of('stop', 'hvordan får jeg adgang', 'da').length, 3)
})

test('a hundred thousand Chinese characters in one line are cut in a moment', () => {
  const start = performance.now()
  assert.ok(cutWords('重置用户密码'.repeat(17_000), 'zh-Hans').length > 100_000)
  assert.ok(performance.now() - start < 10_000)
})

test('nothing, signs and broken characters ask for nothing', () => {
  for (const q of ['', '   ', '???', '😀', '\u0000', '\uD800', '% _ \\ \' "'])
    assert.deepEqual(askedFor(q, 'en', nothing).wanted, [], q)
})

test('a question is read up to its limit', () => {
  assert.equal(
    askedFor(`${'a '.repeat(LONGEST_QUESTION)} tail`, 'en', nothing).wanted.some(({ words }) =>
      words.some(({ word }) => word === 'tail'),
    ),
    false,
  )
})

test('words written apart are also asked for as the one Danish word they are', () => {
  const words = askedFor('delt postkasse adresse', 'da', nothing).wanted.flatMap((one) =>
    one.words.map(({ word }) => word),
  )
  assert.ok(words.includes(of('word', 'postkasseadresse', 'da')[0] ?? ''))
})

test('the last word may be a beginning, until something follows it', () => {
  assert.equal(lastWord('gendan sle', 'da')?.letters, 'sle')
  assert.equal(lastWord('gendan slettet ', 'da'), undefined)
  assert.equal(lastWord('重置密', 'zh-Hans'), undefined)
  assert.equal(lastWord('q', 'en'), undefined)
})

test('an ordinary word with a hyphen is no name', () => {
  assert.deepEqual(askedFor('Office-programmer Get-Mailbox 5.7.1 365-abonnement', 'da', nothing).names, [
    'get-mailbox',
    '5.7.1',
  ])
})
