import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LOCALES } from '../../../base/locale.ts'
import type { Locale } from '../../../base/locale.ts'
import { languagesOf, textFor, translationIn } from './texts.ts'

const locale = fc.constantFrom(...LOCALES)
const texts = fc.dictionary(locale, fc.string({ minLength: 1 })) as fc.Arbitrary<Partial<Record<Locale, string>>>

test('nobody gets another language than his own or the one it was written in, and the second is said', () => {
  fc.assert(
    fc.property(texts, locale, locale, fc.array(locale), (given, source, language, outdated) => {
      const of = { texts: { ...given, [source]: 'as it was written' }, source, outdated }
      const shown = textFor(of, language)
      assert.ok(shown.language === language || (shown.language === source && shown.state === 'missing'))
      assert.equal(shown.text, of.texts[shown.language])
      assert.equal(shown.state, translationIn(of, language))
      assert.equal(languagesOf(of)[0], source)
    }),
  )
})

test('a Danish text is not silently shown in English', () => {
  const of = { texts: { da: 'Mail er nede' }, source: 'da' } as const
  assert.deepEqual(textFor(of, 'zh-Hans'), { text: 'Mail er nede', language: 'da', state: 'missing' })
  assert.equal(textFor({ ...of, texts: { da: 'Ny', en: 'Old' }, outdated: ['en'] }, 'en').state, 'outdated')
})
