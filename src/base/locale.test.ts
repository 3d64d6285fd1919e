import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chooseLocale, LOCALES, wishesOf } from './locale.ts'

test('a browser that prefers Danish gets Danish', () => {
  assert.equal(chooseLocale(wishesOf('da-DK,da;q=0.9,en-US;q=0.8'), LOCALES), 'da')
})

test('zh, zh-CN and zh-Hans-CN ask for the same Chinese', () => {
  for (const tag of ['zh', 'zh-CN', 'zh-Hans-CN']) assert.equal(chooseLocale([tag], LOCALES), 'zh-Hans')
})

test('the best wish wins, not the first written; a refused language is no wish', () => {
  assert.equal(chooseLocale(wishesOf('en;q=0.2, da;q=0.9'), LOCALES), 'da')
  assert.equal(chooseLocale(wishesOf('da;q=0, zh'), LOCALES), 'zh-Hans')
})

test("nobody's language, nonsense and nothing get what the operator offers first", () => {
  for (const header of ['fr-FR', ';;;,=', undefined])
    assert.equal(chooseLocale(wishesOf(header), ['zh-Hans', 'en']), 'zh-Hans')
})
