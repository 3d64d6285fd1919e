import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { mendedTableHead, mendLine } from './mending.ts'

const mends = (pairs: readonly (readonly [string, string])[]) => {
  for (const [written, meant] of pairs) assert.equal(mendLine(written), meant, written)
}

test('links that translation broke are closed again', () => {
  mends([
    ['参阅 [文章](other.md）。', '参阅 [文章](other.md)。'],
    ['参阅 [文章］（other.md）。', '参阅 [文章](other.md)。'],
    ['[用户]（/office/x）', '[用户](/office/x)'],
    ['Se [a](.. /b/c.md#d).', 'Se [a](../b/c.md#d).'],
    ['Se [a]((.. / .. /c.md).', 'Se [a](../../c.md).'],
    ['[Hvad er det?] (Oversigt over alt](.. /x.md) Du', '[Hvad er det?](../x.md) Du'],
    ['[Outlook](Konfigurer Outlook](.. /setup.md).', '[Outlook](../setup.md).'],
    ['[a] (https://example.com)', '[a](https://example.com)'],
    ['[1] (see below)', '[1] (see below)'],
    ['array[0] (first)', 'array[0] (first)'],
  ])
})

test('bold is bold with blanks inside, beside brackets and letters, and right behind bold', () => {
  mends([
    ['Vælg ** Gem** nu', 'Vælg  <strong>Gem</strong> nu'],
    ['Vælg **Gem **nu', 'Vælg <strong>Gem</strong> nu'],
    ['选择**“保存”**按钮', '选择<strong>“保存”</strong>按钮'],
    ['单击“删除”。****', '单击“删除”。'],
    ['**Læse****- og skrive** her', '<strong>Læse</strong><strong>- og skrive</strong> her'],
    ['Select **Save**, then **Close**.', 'Select **Save**, then **Close**.'],
    ['***both***', '***both***'],
    ['2 ** 3', '2 ** 3'],
    ['### Ready to move.**', '### Ready to move.'],
    ['| SP1)** or later | <sup>**</sup> |', '| SP1) or later | <sup>**</sup> |'],
    ['a **bold text that', 'a **bold text that'],
    ['| ** a** | **b | c** |', '|  <strong>a</strong> | b | c |'],
  ])
})

test('code in a line stays as it is', () => {
  mends([['`[a] (.. /x.md) ** b**` and ** c**', '`[a] (.. /x.md) ** b**` and  <strong>c</strong>']])
})

test('a backslash breaks the line also with blanks behind it', () => {
  mends([
    ['one\\  ', 'one\\'],
    ['one\\\\  ', 'one\\\\  '],
  ])
})

test('the head of a table and its line of dashes agree', () => {
  assert.equal(mendedTableHead('|a|b|', '|---|---|', '|c|d|'), undefined)
  assert.equal(mendedTableHead('text', '|---|---|', ''), undefined)
  assert.deepEqual(mendedTableHead('||', '|---|---|', '|c|'), { head: '| |', dashes: '|---|' })
  assert.deepEqual(mendedTableHead('|a|b|', '|:--|:--|:--|', '|c|d|'), { head: '|a|b |', dashes: '|---|---|' })
  assert.deepEqual(mendedTableHead('|a|', '|---|', '|c|d|'), undefined)
})

test('whatever a line has, mending it again changes nothing more than twice', () => {
  const bits = fc.constantFrom(
    '**',
    '*',
    '[',
    ']',
    '(',
    ')',
    '（',
    '）',
    '`',
    ' ',
    'a',
    'x.md',
    '../',
    '\\',
    '|',
    '“',
    '保',
  )
  fc.assert(
    fc.property(fc.array(bits, { maxLength: 40 }), (parts) => {
      const line = parts.join('')
      const mended = mendLine(line)
      assert.ok(mended.length <= line.length * 6 + 20)
    }),
  )
})
