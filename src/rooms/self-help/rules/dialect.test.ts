import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateIn, fenceAfter, monikerOf, monikersIn, plainLines, splitFrontMatter, toPlainMarkdown } from './dialect.ts'

const help = {
  moniker: 'o365-worldwide',
  include: (path: string) => ({ 'note.md': 'Shared text.', 'two.md': 'Two [!INCLUDE [x](note.md)]' })[path],
  video: 'Watch the video',
}
const plain = (...lines: string[]) =>
  toPlainMarkdown(lines.join('\n'), help)
    .split('\n')
    .filter((line) => line.trim() !== '')

test('a byte order mark, Windows line ends and blanks behind the dashes do not hide the front matter', () => {
  const { front, body } = splitFrontMatter(plainLines('\uFEFF---   \r\ntitle: Mail\r\n---\t\r\n# Mail\r\n'))
  assert.equal(front.trim(), 'title: Mail')
  assert.equal(body, '# Mail\n')
})

test('front matter may be empty, missing, or all there is', () => {
  assert.deepEqual(splitFrontMatter('---\n---\ntext'), { front: '', body: 'text' })
  assert.deepEqual(splitFrontMatter('text\n---\nmore'), { front: '', body: 'text\n---\nmore' })
  assert.equal(splitFrontMatter('---\ntitle: x\n---').body, '')
})

test('blocks of other ranges are dropped, with the code in them', () => {
  const lines = ['a', '::: moniker range="o365-21vianet"', 'b', '```', 'c', '```', '::: moniker-end', 'd']
  assert.deepEqual(plain(...lines), ['a', 'd'])
  assert.deepEqual(plain('::: moniker range="o365-21vianet || o365-worldwide"', 'kept', '::: moniker-end'), ['kept'])
})

test('an end without a start is nothing, a start ends the block before it, and a missing end takes the rest', () => {
  assert.deepEqual(plain('a', '::: moniker-end', 'b'), ['a', 'b'])
  assert.deepEqual(
    plain(
      '::: moniker range="o365-germany"',
      'no',
      '::: moniker range="o365-worldwide"',
      'yes',
      '::: moniker-end',
      '::: moniker-end',
      'on',
    ),
    ['yes', 'on'],
  )
  assert.deepEqual(plain('a', '::: moniker range="o365-germany"', 'no'), ['a'])
})

test('the range is the one named after the operator, else the worldwide one', () => {
  const known = monikersIn('::: moniker range="o365-21vianet"\n:::moniker range="o365-worldwide || o365-germany"\n')
  assert.deepEqual(known, ['o365-21vianet', 'o365-worldwide', 'o365-germany'])
  assert.equal(monikerOf('21vianet', known), 'o365-21vianet')
  assert.equal(monikerOf('microsoft', known), 'o365-worldwide')
})

test('includes are brought in, also inside a line and inside each other; a missing one leaves the rest', () => {
  assert.deepEqual(plain('[!INCLUDE [x](note.md)]'), ['Shared text.'])
  assert.deepEqual(plain('Before [!INCLUDE[x](two.md)] after [!include [y](gone.md)].'), [
    'Before Two Shared text. after .',
  ])
})

test('an include that includes itself comes to an end', () => {
  const circle = { ...help, include: () => 'again [!INCLUDE [x](self.md)]' }
  assert.equal(toPlainMarkdown('[!INCLUDE [x](self.md)]', circle), 'again again again')
})

test('videos become links, images what they show, rows and columns their content', () => {
  assert.deepEqual(plain('> [!VIDEO https://example.com/v?autoplay=false]'), [
    '> [Watch the video](https://example.com/v?autoplay=false)',
  ])
  assert.deepEqual(plain(':::image type="content" source="../media/a.png" alt-text="The *menu*: open.":::'), [
    '*The \\*menu\\*: open.*',
  ])
  assert.deepEqual(plain('Choose :::image type="icon" source="i.png" border="false"::: **Add**'), ['Choose  **Add**'])
  assert.deepEqual(plain(':::row:::', ':::column span="2":::', 'text', ':::column-end:::', ':::row-end:::'), ['text'])
  assert.deepEqual(
    plain(':::image type="complex" source="a.png" alt-text="Map":::', 'A long text.', ':::image-end:::'),
    ['*Map*', 'A long text.'],
  )
})

test('tabs become headings, and the line that closes them makes no heading of the text above it', () => {
  assert.deepEqual(plain('# [Windows](#tab/win)', 'one', '# [Mac](#tab/mac)', 'two', '---', 'after', '---'), [
    '### Windows',
    'one',
    '### Mac',
    'two',
    'after',
    '---',
  ])
})

test('what stands in a fence stays as it is, also in a list', () => {
  const code = [
    '1. Run:',
    '   ```powershell',
    '   ::: moniker range="o365-germany"',
    '   [!INCLUDE [x](note.md)]',
    '   ```',
    '2. Done',
  ]
  assert.deepEqual(plain(...code), code)
  assert.equal(fenceAfter('```', { mark: '````' })?.mark, '````')
  assert.equal(fenceAfter('`a` ```b```', undefined), undefined)
})

test('a full-width bracket that a translator left behind an address closes it', () => {
  assert.deepEqual(plain('参阅 [文章](other.md）。'), ['参阅 [文章](other.md)。'])
})

test('dates are read in both orders people write them, and only when there is such a day', () => {
  assert.equal(dateIn('2026-09-08'), '2026-09-08')
  assert.equal(dateIn('9/8/2026'), '2026-09-08')
  assert.equal(dateIn(' 02/30/2020'), undefined)
  assert.equal(dateIn('soon'), undefined)
  assert.equal(dateIn(undefined), undefined)
})
