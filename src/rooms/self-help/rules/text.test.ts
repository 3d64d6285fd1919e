import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { tellingWords } from '../../search/index.ts'
import { markHits } from '../show-hits.ts'
import { partsOf, passageAround } from './text.ts'

const text = `${'filler words '.repeat(30)}here is the mailbox you asked for ${'and more words '.repeat(30)}`

test('a passage stands around what was asked for, between whole words', () => {
  const from = text.indexOf('mailbox')
  const passage = passageAround(text, [{ from, until: from + 7 }], 160)
  assert.match(passage, /^….*\bmailbox\b.*…$/)
  assert.ok(passage.length <= 162)
})

test('a short text is its own passage', () => assert.equal(passageAround('Short.', [], 160), 'Short.'))

test('a passage is never much longer than asked for, and a piece of the text', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 400, unit: 'grapheme' }),
      fc.nat(400),
      fc.integer({ min: 20, max: 200 }),
      (any, at, length) => {
        const passage = passageAround(any, at < any.length ? [{ from: at, until: at + 1 }] : [], length)
        return passage.length <= length + 3 && any.includes(passage.replace(/^…/, '').replace(/…$/, ''))
      },
    ),
  )
})

test('a text without a blank is cut where it must be', () => {
  assert.equal(passageAround('x'.repeat(24), [], 20), `${'x'.repeat(20)}…`)
})

test('the parts of a text are the text', () => {
  assert.equal(
    partsOf('abcdef', [{ from: 1, until: 3 }])
      .map((part) => part.text)
      .join(''),
    'abcdef',
  )
})

test('inflected words are marked, Chinese by two characters at a time', () => {
  const marked = (said: string, q: string, language: 'da' | 'zh-Hans') =>
    markHits(said, tellingWords(q, language), language)
      .filter(({ hit }) => hit)
      .map((part) => part.text)
  assert.deepEqual(marked('Licenserne er væk', 'licens', 'da'), ['Licenserne'])
  assert.deepEqual(marked('您可以重置用户的密码', '重置密码', 'zh-Hans'), ['重置', '密码'])
})
