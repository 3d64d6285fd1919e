import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { parse, TYPE } from '@formatjs/icu-messageformat-parser'
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { LOCALES } from '../src/base/locale.ts'

const folders = globSync('src/**/messages/en.json').map(dirname)

function read(folder: string, locale: string): Record<string, string> {
  return JSON.parse(readFileSync(`${folder}/${locale}.json`, 'utf8')) as Record<string, string>
}

/** The arguments of a message, and of the messages inside its plurals and selects. */
function argumentsOf(elements: readonly MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return []
    const inside =
      element.type === TYPE.plural || element.type === TYPE.select
        ? Object.values(element.options).flatMap(({ value }) => argumentsOf(value))
        : []
    return [element.value, ...inside]
  })
}

const unique = (names: readonly string[]) => [...new Set(names)].toSorted()

test('there are messages to look at', () => assert.ok(folders.length >= 5))

for (const folder of folders) {
  for (const locale of LOCALES) {
    test(`${folder}: ${locale} says everything English says, with the same arguments`, () => {
      const english = read(folder, 'en')
      const other = read(folder, locale)
      assert.deepEqual(Object.keys(other).toSorted(), Object.keys(english).toSorted())
      for (const [key, text] of Object.entries(english)) {
        assert.notEqual(other[key]?.trim(), '', `${key} is empty`)
        assert.deepEqual(unique(argumentsOf(parse(other[key] ?? ''))), unique(argumentsOf(parse(text))), key)
      }
    })
  }

  test(`${folder}: nothing longer than a word is left in English`, () => {
    const english = read(folder, 'en')
    for (const locale of LOCALES.slice(1)) {
      const other = read(folder, locale)
      const same = Object.entries(english).filter(
        ([key, text]) => other[key] === text && /[a-z]{3}.*\s[a-z]{3}/i.test(text.replaceAll(/\{[^}]*\}/g, '')),
      )
      assert.deepEqual(same, [])
    }
  })
}

test('no page says a word of its own: every visible text is a message', () => {
  const spoken = globSync('src/**/*.tsx').flatMap((file) => {
    const source = readFileSync(file, 'utf8')
    // Text between tags that begins with a letter: `>Send<`, but neither `> {say('send')} <` nor code.
    return [...source.matchAll(/>\s*([A-Z][\p{L}]+(?: [\p{L},.]+)*)\s*<\//gu)]
      .filter((match) => match[1] !== 'Svar')
      .map((match) => `${file}: ${match[1]}`)
  })
  assert.deepEqual(spoken, [])
})
