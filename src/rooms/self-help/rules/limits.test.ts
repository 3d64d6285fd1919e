import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LONGEST_ARTICLE, withinLimits } from './limits.ts'

const codes = (text: string) => withinLimits(text).faults.map(({ code, line }) => `${code} ${line}`)

test('an ordinary text stays as it is', () => {
  const text = '# A\n\n> > quoted\n\n1. one\n   - two\n\n| a | b |\n|---|---|\n| c | d |\n'
  assert.deepEqual(withinLimits(text), { text, faults: [] })
})

test('a text that is too long ends at a line, and says where', () => {
  const text = 'word '.repeat(20).concat('\n').repeat(10_000)
  const { text: kept } = withinLimits(text)
  assert.ok(kept.length <= LONGEST_ARTICLE && kept.length > LONGEST_ARTICLE * 0.9)
  assert.ok(text.startsWith(`${kept}\n`))
  assert.match(codes(text).join(), /^tooLong \d+$/)
})

test('a line without end is cut, unless it holds an image', () => {
  assert.deepEqual(codes(`a\n${'[a]('.repeat(20_000)}\nb`), ['lineCut 2'])
  assert.deepEqual(codes(`![a](data:image/png;base64,${'A'.repeat(80_000)})`), [])
})

test('a list without end ends at an item', () => {
  assert.deepEqual(codes('- item\n'.repeat(20_000)), ['tooLong 4001'])
})

test('a table of fifty thousand rows keeps its first, and what follows keeps its line', () => {
  const text = `# A\n\n| a |\n|---|\n${'| b |\n'.repeat(50_000)}\nAfter.`
  const { text: kept, faults } = withinLimits(text)
  assert.equal(kept.split('\n').length, text.split('\n').length)
  assert.ok(kept.endsWith('\nAfter.'))
  assert.deepEqual(
    faults.map(({ code }) => code),
    ['tableCut'],
  )
})

test('what is nested ten thousand deep is flattened, once told', () => {
  const deep = `${'>'.repeat(10_000)} text\n${'- '.repeat(10_000)}item\n${' '.repeat(10_000)}far`
  const { text, faults } = withinLimits(deep)
  assert.ok(text.length < 1000)
  assert.match(text, /> text\n.*item\n.*far$/)
  assert.deepEqual(
    faults.map(({ code, line }) => [code, line]),
    [['tooDeep', 1]],
  )
})
