import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderMarkdown } from './render.ts'

const help = {
  alertLabel: (kind: string) => kind.toUpperCase(),
  videoLabel: (host: string) => `at ${host}`,
  labels: { video: 'Video', table: 'Table', footnotes: 'Notes' },
  linkTo: (path: string) =>
    path.startsWith('known') || path === 'a(b).md' ? { id: 'the/known', address: 'known' } : undefined,
}
const html = (...lines: string[]) => renderMarkdown(lines.join('\n'), help).html

test('nothing in an article runs, and nothing is loaded from another host', () => {
  const hostile = [
    '<script>alert(1)</script>',
    'text <script>alert(2)</script> text',
    '<img src=x onerror=alert(3)>',
    '<iframe src="https://example.com"></iframe>',
    '<style>body{display:none}</style>',
    '<p style="color:red" onclick="alert(4)">p</p>',
    '<a href="javascript:alert(5)">a</a>',
    '[b](javascript:alert(6))',
    '<a href="java&#115;cript:alert(7)">c</a>',
    '<svg onload=alert(8)><script>alert(9)</script></svg>',
    '![x](https://example.com/pixel.png)',
    '<form action="https://example.com"><input name=q></form>',
    '<object data="https://example.com"></object>',
    '<link rel=stylesheet href=https://example.com/a.css>',
    '<base href="https://example.com/">',
    '<meta http-equiv=refresh content="0;url=https://example.com">',
    '<details ontoggle=alert(10) open>d</details>',
    '<video src=https://example.com/v></video>',
    '<math><mi xlink:href="javascript:alert(11)">m</mi></math>',
    '<!-- <script>alert(12)</script> -->',
    '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
    '<scr<script>ipt>alert(13)</script>',
    '<a href="x" onmouseover="alert(14)"',
    '<table background="https://example.com/b.png"><tr><td>t</td></tr></table>',
  ]
  for (const one of [...hostile, hostile.join('\n\n'), hostile.join(' ')]) {
    const made = html(one)
    const tags = made.match(/<[a-z][^>]*>/gi) ?? []
    for (const tag of tags) {
      assert.doesNotMatch(
        tag,
        /^<(?:script|iframe|style|object|embed|svg|math|form|input|link|base|meta|video)\b/i,
        one,
      )
      assert.doesNotMatch(tag, /\son\w+=|style=|javascript:|\bsrc="(?!data:image\/png)|background=/i, one)
    }
  }
})

test('an alert inside a list item is an alert, with its label', () => {
  const made = html('1. First', '', '   > [!NOTE]', '   > Mind the *gap*.', '', '2. Second')
  assert.match(
    made,
    /<li>[^]*<div class="alert alert-note">\s*<p class="alert-title"><strong>NOTE<\/strong><\/p>\s*<p>Mind the <em>gap<\/em>\.<\/p>\s*<\/div>[^]*<\/li>\s*<li>/,
  )
})

test('alerts are known by every name they have; other quotations stay quotations', () => {
  assert.match(html('> [!WARNING] Hot.'), /class="alert alert-warning"[^]*<p>Hot\.<\/p>/)
  assert.match(html('> [!注意]', '> 小心。'), /class="alert alert-note"/)
  assert.match(html('> [! IMPORTANT]', '> - a list'), /class="alert alert-important"[^]*<li>a list<\/li>/)
  assert.match(html('> Somebody said so.'), /<blockquote>/)
  assert.match(html('> [!constructor]', '> x'), /<blockquote>/)
})

test('in a table cell a marker is said, in code it stays', () => {
  assert.match(
    html('| a |', '| --- |', '| Do it. <br> > [!NOTE]> It takes time. |'),
    /<td>Do it\. <br> NOTE: It takes time\.<\/td>/,
  )
  assert.match(html('`> [!NOTE]`'), /<code>> \[!NOTE]<\/code>/)
})

test('links lead to articles that are there; the others keep their text', () => {
  assert.match(html('[text](a(b).md)'), /<a href="known">text<\/a>/)
  assert.match(html('[text](known.md#part)'), /<a href="known#a-part">text<\/a>/)
  assert.match(html('[text](gone.md)'), /<span>text<\/span>/)
  assert.match(
    html('[two', 'lines](https://example.com)'),
    /<a href="https:\/\/example\.com" rel="noopener" aria-describedby="leaves">two\nlines<\/a>/,
  )
  assert.match(
    html('<a href="https://example.com/a" target="_blank">https://example.com/a</a>'),
    /^<p><a href="https:\/\/example\.com\/a" rel="noopener" aria-describedby="leaves"><span>https:\/\/example\.com\/a<\/span><\/a><\/p>$/,
  )
})

test('images are what they show; the anchor of a translation stays where links look for it', () => {
  assert.match(
    html('[![The *menu*](a.png)](a.png#lightbox)'),
    /<figure><figcaption><span><span class="image">The menu<\/span><\/span><\/figcaption><\/figure>/,
  )
  const made = html('[go](#set-up)', '', '## <a name="set-up"></a>Sæt op')
  assert.match(made, /<a href="#a-set-up">/)
  assert.match(made, /<h2 id="a-sæt-op"><a id="a-set-up"><\/a>Sæt op<\/h2>/)
})

test('no id of an article can be taken for one of the page', () => {
  assert.doesNotMatch(
    html('## Status', '<a id="content"></a>', '<div id="alert">x</div>'),
    /id="(?:status|content|alert)"/,
  )
})

test('HTML between Markdown is kept where it is text', () => {
  assert.match(
    html('<details>', '<summary>More</summary>', '', '**bold**', '', '</details>'),
    /<details>\s*<summary>More<\/summary>\s*<p><strong>bold<\/strong><\/p>\s*<\/details>/,
  )
  assert.match(
    html('| a |', '| --- |', '| <ul><li>one</li><li>two</li></ul> |'),
    /<td><ul><li>one<\/li><li>two<\/li><\/ul><\/td>/,
  )
})

test('the title is taken off, later headings of its level go one down, and sections follow the headings', () => {
  const {
    heading,
    headings,
    sections,
    html: made,
  } = renderMarkdown(
    '# Mail & *more*\n\nIntro.\n\n# Part\n\nText.\n\n### Deep\n\n| a | b |\n| --- | --- |\n| c | d |',
    help,
  )
  assert.equal(heading, 'Mail & more')
  assert.doesNotMatch(made, /<h1/)
  assert.deepEqual(
    headings.map(({ text, depth }) => [text, depth]),
    [
      ['Part', 2],
      ['Deep', 3],
    ],
  )
  assert.deepEqual(sections, [
    { anchor: undefined, heading: '', text: 'Intro.', anchors: [] },
    { anchor: 'a-part', heading: 'Part', text: 'Text.', anchors: [] },
    { anchor: 'a-deep', heading: 'Deep', text: 'a b\nc d', anchors: [] },
  ])
})

test('an article with only a heading, or nothing, is an article without text', () => {
  assert.deepEqual(renderMarkdown('# Only', help).sections, [{ anchor: undefined, heading: '', text: '', anchors: [] }])
  assert.equal(renderMarkdown('', help).html, '')
})
