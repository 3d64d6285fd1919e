import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dateIn, fenceAfter, plainLines, splitFrontMatter, toPlainMarkdown } from './dialect.ts'
import { monikerOf, monikersIn } from './monikers.ts'

const help = {
  file: 'a.md',
  moniker: 'o365-worldwide',
  include: (path: string) => ({ 'note.md': 'Shared text.', 'two.md': 'Two [!INCLUDE [x](note.md)]' })[path],
}
const plain = (...lines: string[]) =>
  toPlainMarkdown(lines.join('\n'), help)
    .markdown.split('\n')
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

test('an include that includes itself, by whatever way, comes to an end and is told', () => {
  const files: Record<string, string> = {
    'self.md': 'again [!INCLUDE [x](self.md)]',
    'one.md': 'one [!INCLUDE [x](b/two.md)]',
    'b/two.md': 'two [!INCLUDE [x](../one.md)]',
  }
  const { markdown, faults } = toPlainMarkdown('[!INCLUDE [x](self.md)]\n\n[!INCLUDE [x](one.md)]', {
    ...help,
    include: (path) => files[path],
  })
  assert.equal(markdown, 'again\n\none two')
  assert.deepEqual(
    faults.map(({ code, line, detail }) => [code, line, detail]),
    [
      ['includeCycle', 1, 'self.md'],
      ['includeCycle', 3, '../one.md'],
    ],
  )
})

test('files that include each other ten times over do not grow without end', () => {
  const many = Array.from({ length: 10 }, (_, at) => `[!INCLUDE [x](${at}.md)]`).join('\n')
  const { markdown, faults } = toPlainMarkdown(many, {
    ...help,
    include: (path) => `${path} ${'text '.repeat(1000)}${many}`,
  })
  assert.ok(markdown.length < 1_000_000)
  assert.ok(faults.some(({ code }) => code === 'includeTooMuch'))
})

test('links and includes of an included file lead from where it stands', () => {
  const files: Record<string, string> = {
    'inc/deep/a.md': 'See [x](../../b.md#c), [y](https://example.com), <a href="z.md">z</a>. [!INCLUDE [i](b.md)]',
    'inc/deep/b.md': 'Nested.',
  }
  const { markdown } = toPlainMarkdown('[!INCLUDE [x](../inc/deep/a.md)]', {
    ...help,
    file: 'docs/a.md',
    include: (path) => files[path],
  })
  assert.equal(markdown, 'See [x](../b.md#c), [y](https://example.com), <a href="../inc/deep/z.md">z</a>. Nested.')
})

test('an include in a cell stays in its cell, in a quotation in its quotation', () => {
  const include = () => 'one\n\ntwo'
  const made = (text: string) => toPlainMarkdown(text, { ...help, include }).markdown
  assert.equal(made('| [!INCLUDE [x](n.md)] |'), '| one two |')
  assert.equal(made('> [!INCLUDE [x](n.md)]'), '> one\n> \n> two')
})

test('images become Markdown that says what they show, icons and rows leave no trace', () => {
  assert.deepEqual(plain(':::image type="content" source="../media/a.png" alt-text="The *menu*: open.":::'), [
    '![The \\*menu\\*: open.](image)',
  ])
  assert.deepEqual(plain('Choose :::image type="icon" source="i.png" border="false"::: **Add**'), ['Choose  **Add**'])
  assert.deepEqual(plain(':::row:::', ':::column span="2":::', 'text', ':::column-end:::', ':::row-end:::'), ['text'])
  assert.deepEqual(
    plain(':::image type="complex" source="a.png" alt-text="Map":::', 'A long text.', ':::image-end:::'),
    ['![Map](image)', 'A long text.'],
  )
})

test('the text of a column is no code, however far it is indented', () => {
  assert.deepEqual(
    plain(
      ':::row:::',
      '   :::column span="":::',
      '        - one',
      '          - two',
      '   :::column-end:::',
      '    code',
    ),
    ['- one', '  - two', '    code'],
  )
})

test('the line that closes tabs makes no heading of the text above it', () => {
  const lines = ['# [Windows](#tab/win)', 'one', '# [Mac](#tab/mac)', 'two', '---', 'after', '---']
  assert.deepEqual(plain(...lines), [...lines.slice(0, 4), '<!-- tabs end -->', 'after', '---'])
  assert.deepEqual(toPlainMarkdown('# [Windows](#tab/win)\none', help).faults, [
    { code: 'tabsUnclosed', line: 1, detail: '' },
  ])
})

test('what is not understood is told with its line, and costs its own line only', () => {
  const { markdown, faults } = toPlainMarkdown(
    [
      'a',
      '::: moniker-end',
      '::: moniker range="(a b"',
      'b',
      '::: wonder',
      '[!code-csharp[x](y.cs)]',
      '[!INCLUDE [x](gone.md)]',
    ].join('\n'),
    help,
    10,
  )
  assert.deepEqual(markdown.split('\n').filter(Boolean), ['a', 'b'])
  assert.deepEqual(
    faults.map(({ code, line }) => `${code} ${line}`),
    ['rangeUnopened 11', 'rangeUnknown 12', 'rangeUnclosed 12', 'directive 14', 'directive 15', 'includeMissing 16'],
  )
})

test('front matter without its end ends where it is none any more', () => {
  const { front, body, open } = splitFrontMatter('---\ntitle: Mail\nkeys:\n- one\n\n# Mail\n\nText: more.')
  assert.equal(front, 'title: Mail\nkeys:\n- one\n')
  assert.equal(body, '\n# Mail\n\nText: more.')
  assert.equal(open, true)
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
