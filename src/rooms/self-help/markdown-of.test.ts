import assert from 'node:assert/strict'
import { test } from 'node:test'
import { markdownOf, previewArticle } from './index.ts'

const render = async (markdown: string) => (await previewArticle(markdown, 'en', () => undefined)).html

test('an article turned back into Markdown renders to the same again', async () => {
  const markdown = [
    'Words that are **bold**, *leaning* and `code`, and a [link](https://example.com/).',
    '> [!NOTE]\n> Mind this.\n>\n> And this.',
    '## A heading\n\n1. One\n2. Two\n   - inside',
    '| a | b |\n| - | - |\n| 1 | 2 |',
    '```powershell\nGet-Mailbox -Identity ana\n```',
    '> Only quoted.',
  ].join('\n\n')
  const html = await render(markdown)
  assert.match(html, /alert-note/)
  assert.equal(await render(await markdownOf(html)), html)
})

test('nothing runs, and a heading of the first level is one of the text', async () => {
  const html = await render('# One\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))\n')
  assert.doesNotMatch(html, /script/)
  assert.match(html, /<h2[^>]*>One<\/h2>/)
})
