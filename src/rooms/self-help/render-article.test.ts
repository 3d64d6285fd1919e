import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { renderArticle } from './render-article.ts'

const files: Readonly<Record<string, string>> = {
  'self.md': 'again [!INCLUDE [x](self.md)]',
  'one.md': '> [!NOTE]\n> one [!INCLUDE [x](two.md)]',
  'two.md': '# two\n\n::: moniker range="b"\n[!INCLUDE [x](one.md)]',
}
const help = {
  file: 'a.md',
  moniker: 'o365-worldwide',
  include: (path: string) => files[path],
  alertLabel: (kind: string) => kind.toUpperCase(),
  videoLabel: (host: string) => `Plays at ${host}`,
  labels: { video: 'Video', table: 'Table', footnotes: 'Notes' },
  linkTo: (path: string) =>
    path === 'b.md' ? { id: 'docs/b', address: 'b' } : path.startsWith('../') ? ('outside' as const) : undefined,
}
const render = (...lines: string[]) => renderArticle(lines.join('\n'), { ...help, bodyLine: 1 })
const html = (...lines: string[]) => render(...lines).html.replaceAll(/\n+/g, '')

test('tabs open and close each other without a script, with what follows them outside', () => {
  const made = render(
    '# T',
    '## [Windows **11**](#tab/win)',
    'one',
    '# [Mac](#tab/mac)',
    '### Deep',
    'two',
    '---',
    'after',
    '',
    '# [A](#tab/a)',
    'x',
    '---',
  )
  assert.match(
    made.html.replaceAll(/\n+/g, ''),
    /<div class="tab-group"><details name="tabs-1" open><summary>Windows <strong>11<\/strong><\/summary><div id="a-tabs-1-win"><p>one<\/p><\/div><\/details><details name="tabs-1"><summary>Mac<\/summary>.*<p>two<\/p><\/div><\/details><\/div><p>after<\/p>.*name="tabs-2" open/,
  )
  assert.deepEqual(
    made.headings.map(({ id, text, depth }) => [id, text, depth]),
    [
      ['a-tabs-1-win', 'Windows 11', 2],
      ['a-tabs-1-mac', 'Mac', 2],
      ['a-deep', 'Deep', 3],
      ['a-tabs-2-a', 'A', 2],
    ],
  )
  assert.deepEqual(made.faults, [])
})

test('a video is a link with its title and where it plays, and nothing of it is loaded', () => {
  assert.equal(
    html('## Watch: mail', '> [!VIDEO https://videos.example/embed/1?autoplay=false]'),
    '<h2 id="a-watch-mail">Watch: mail</h2><div><p><a href="https://videos.example/embed/1?autoplay=false" rel="noopener" class="video"><span class="video-title">Watch: mail</span><span class="video-host">Plays at videos.example</span></a></p></div>',
  )
  assert.doesNotMatch(
    html('> [!VIDEO javascript:alert(1)]', '', '[x](video:javascript:alert(2))', '', '[y](<video:data:text/html,x>)'),
    /href/,
  )
})

test('blocks of a class are what they say; those about looks leave no trace', () => {
  assert.match(
    html('> [!div class="nextstepaction"]', '> [Next](b.md)'),
    /^<div class="next-step"><p><a href="b">Next<\/a><\/p><\/div>$/,
  )
  assert.match(
    html('> [!div class="checklist"]', '> - one', '> - two'),
    /^<div class="checklist"><ul><li>one<\/li><li>two<\/li><\/ul><\/div>$/,
  )
  assert.match(html('> [!div class="op_single_selector"]', '> - [A](b.md)'), /^<div class="selector"><ul>/)
  assert.match(
    html('1. Step', '   > [!div class="mx-imgBorder"]', '   > ![Shown here](x.png)'),
    /<li>Step<div><figure><figcaption><span class="image">Shown here<\/span>/,
  )
})

test('an image is a caption where it stands alone, words where it does not, and nothing when its text says nothing', () => {
  assert.equal(
    html('![The menu.](x.png)'),
    '<figure><figcaption><span class="image">The menu.</span></figcaption></figure>',
  )
  assert.equal(html('Press ![the gear](x.png) now.'), '<p>Press <span class="image">the gear</span> now.</p>')
  assert.equal(
    html('a ![](x.png)![image](y.png)![Screenshot](z.png)![step-3.png](a.png)![GoDaddy-BP-Configure-1-1](b.png) b'),
    '<p>a  b</p>',
  )
  assert.match(
    html(':::image type="complex" source="a.png" alt-text="Map":::', '   What is where.', ':::image-end:::'),
    /<span class="image">Map<\/span>.*What is where\./,
  )
})

test('links to articles are told with their words, and the names of places with their sections', () => {
  const { links, sections } = render(
    '# <a name="the-title"></a>Titel',
    'See [the',
    '  **other**](b.md#x).',
    '## <a name="english-name"></a><a name="second"></a>Overskrift',
    '<a id="inside"></a>[gone](c.md)',
  )
  assert.deepEqual(links, [{ text: 'the other', target: 'docs/b' }])
  assert.deepEqual(
    sections.map(({ heading, anchors }) => [heading, anchors]),
    [
      ['', ['the-title']],
      ['Overskrift', ['english-name', 'second', 'inside']],
    ],
  )
})

test('faults tell the line of the file, through blocks that were dropped and includes', () => {
  const body = [
    '# T',
    '::: moniker range="b"',
    '[never](no.md)',
    '::: moniker-end',
    '',
    '[!INCLUDE [x](self.md)]',
    '',
    '[gone](c.md)',
    '<p>',
    '<a href="../out.md">out</a></p>',
  ]
  const { faults } = renderArticle(body.join('\n'), { ...help, bodyLine: 11 })
  assert.deepEqual(
    faults.map(({ code, line }) => `${code} ${line}`),
    ['includeCycle 16', 'linkBroken 18', 'linkOutside 20'],
  )
})

test('places are found in spite of case and translation of their signs; a place that is not there is no link', () => {
  assert.match(
    html('[a](#BKMK_One) [b](#two--more)', '', '<a name="bkmk_one"></a>', '', '## Two & more'),
    /href="#a-bkmk_one".*href="#a-two--more"/,
  )
  assert.match(html('[a](#nowhere)'), /<span>a<\/span>/)
  assert.equal(html('## <a name="same"></a>Same').match(/id="a-same"/g)?.length, 1)
})

test('a name that is looked up is shown as it is called', () => {
  assert.equal(
    html('See <xref:System.Text?displayProperty=fullName> and [that](xref:x).'),
    '<p>See <span><code>System.Text</code></span> and <span>that</span>.</p>',
  )
})

test('tables move in a frame that the keyboard reaches; lists in cells stay in them', () => {
  const made = html('|a|b|c|d|', '|---|---|---|---|', '|<ul><li>x</li></ul>|2|3|4|')
  assert.match(
    made,
    /^<div class="table" role="group" tabindex="0" aria-label="Table"><table>.*<td><ul><li>x<\/li><\/ul><\/td>/,
  )
})

test('code in a list, steps that are all number one, and line ends with a backslash', () => {
  const made = html('1. Run:', '   ```powershell', '   Get-Mailbox | ft', '   ```', '1. Then', '', 'one\\ ', 'two')
  assert.match(
    made,
    /<ol><li>Run:<pre><code class="language-powershell">Get-Mailbox \| ft<\/code><\/pre><\/li><li>Then<\/li><\/ol><p>one<br>two<\/p>/,
  )
})

const BITS = [
  '# ',
  '## [A](#tab/a)',
  '---',
  '> ',
  '> [!NOTE]',
  '> [!VIDEO https://v.example/1]',
  '[!VIDEO javascript:x]',
  '[!INCLUDE [x](self.md)]',
  '[!INCLUDE [x](one.md)]',
  '::: moniker range="b"',
  '::: moniker range=">=o365-worldwide"',
  '::: moniker-end',
  ':::row:::',
  ':::column:::',
  ':::column-end:::',
  ':::image type="content" source="https://h.example/x.png" alt-text="a <b>":::',
  ':::',
  '| a | b |',
  '|---|',
  '```',
  '    ',
  '- ',
  '1. ',
  '**',
  '*',
  '_',
  '`',
  '[',
  '](',
  ')',
  '![',
  '<https://x.example>',
  '<xref:a.b>',
  '<script>alert(1)</script>',
  '<SCRIPT SRC=//h.example>',
  '<img src=x onerror=alert(1)>',
  '<img src="https://h.example/p.png">',
  '<a href="java&#x73;cript:alert(1)" onclick=x>',
  '</a>',
  '<a name="x">',
  '[x](javascript:alert(1))',
  '[x](video:javascript:alert(1))',
  '![x](data:text/html;base64,eA==)',
  '<iframe src=//h.example>',
  '<details>',
  '<summary>',
  '</details>',
  '<table><tr><td>',
  '</table>',
  '<svg/onload=alert(1)>',
  '<style>*{}</style>',
  '<div style="background:url(//h.example)">',
  '<!--',
  '-->',
  '<b',
  '&lt;script&gt;',
  '[^1]',
  '[^1]: note',
  '~~',
  '\\',
  '\u0000',
  '\u202E',
  '😀',
  '保存',
  '“',
  '\t',
  'a@b.example',
  'www.h.example',
  '<base href=//h.example>',
  '<form action=x>',
  '<math>',
  'text',
]

test('whatever soup an article is, it is rendered, runs nothing and reaches nobody', () => {
  const soup = fc.array(fc.tuple(fc.constantFrom(...BITS), fc.constantFrom('\n', '\n\n', ' ', '')), { maxLength: 60 })
  fc.assert(
    fc.property(soup, (parts) => {
      const { html: made, sections } = renderArticle(parts.flat().join(''), { ...help, bodyLine: 1 })
      assert.ok(sections.length > 0)
      for (const [tag = ''] of made.matchAll(/<[a-z][^>]*>/gi)) {
        const written = tag.replaceAll(/="[^"]*"/g, (value) =>
          /^="\s*(?:javascript|data|vbscript):/i.test(value) ? value : '=""',
        )
        assert.doesNotMatch(
          tag,
          /^<(?:script|iframe|style|object|embed|svg|math|form|link|base|meta|video|audio|template)\b/i,
        )
        assert.doesNotMatch(written, /\son\w+\s*=|\sstyle=|="\s*(?:javascript|vbscript):/i, tag)
        assert.doesNotMatch(
          tag,
          /\b(?:src|srcset|background|poster|action|formaction)="(?!data:image\/(?:png|jpeg|gif|webp);)/i,
        )
      }
    }),
    { numRuns: 400 },
  )
})

test('letters of any kind are an article too', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (body) => {
      assert.equal(typeof renderArticle(body, { ...help, bodyLine: 1 }).html, 'string')
    }),
  )
})
