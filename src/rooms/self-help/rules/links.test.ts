import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressFrom, articlePath, pathFrom, safeImage, safeLink } from './links.ts'

const nowhere = { linkTo: () => undefined }
const there = {
  linkTo: (path: string) =>
    path === 'a(b).md' || path === '../mail.md'
      ? { id: 'it', address: 'to/it' }
      : path.startsWith('../../')
        ? ('outside' as const)
        : undefined,
}

test('links out of the house stay and give no hold of the page', () => {
  assert.deepEqual(safeLink(' https://example.com/a#b ', nowhere), { href: 'https://example.com/a#b', rel: 'noopener' })
  assert.deepEqual(safeLink('//example.com/a', nowhere), { href: 'https://example.com/a', rel: 'noopener' })
  assert.deepEqual(safeLink('mailto:ana@example.com', nowhere), { href: 'mailto:ana@example.com' })
})

test('nothing that could run is a link', () => {
  for (const href of [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' java\nscript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    '\\\\host\\x',
    '?x=1',
    '/x/y',
    '~/x.md',
    '#',
    '',
  ]) {
    assert.equal(safeLink(href, nowhere).href, undefined, href)
  }
})

test('links to articles lead to them, with their place and without the query', () => {
  assert.deepEqual(safeLink('../mail.md?view=o365#Set-up', there), { href: 'to/it#Set-up', target: 'it' })
  assert.deepEqual(safeLink('a(b).md', there), { href: 'to/it', target: 'it' })
  assert.deepEqual(safeLink('gone.md', there), { fault: 'linkBroken' })
  assert.deepEqual(safeLink('../../gone.md', there), { fault: 'linkOutside' })
  assert.deepEqual(safeLink('../media/gone.png#lightbox', there), { fault: undefined })
  assert.deepEqual(safeLink('self.md#x', { linkTo: () => ({ id: 'self', address: '' }) }), {
    href: '#x',
    target: 'self',
  })
})

test('addresses of the site the articles come from lead there, when it is known', () => {
  assert.deepEqual(safeLink('/docs/x?view=y', nowhere), { fault: 'linkSite' })
  assert.deepEqual(safeLink('/docs/x?view=y', { ...nowhere, site: 'https://docs.example/' }), {
    href: 'https://docs.example/docs/x?view=y',
    rel: 'noopener',
  })
  assert.equal(safeLink('/\\example.com', { ...nowhere, site: 'https://docs.example' }).href, undefined)
})

test('paths are seen from their file, and may not leave the folder', () => {
  assert.equal(pathFrom('a/b/c.md', '../d%20e.md'), 'a/d e.md')
  assert.equal(pathFrom('a/b.md', './c/../d.md'), 'a/d.md')
  assert.equal(pathFrom('a/b.md', '../../x.md'), undefined)
  assert.equal(pathFrom('a.md', '%E0%A4%A'), '%E0%A4%A')
  assert.equal(pathFrom('a/b.md', '~/c/d.md'), 'c/d.md')
})

test('an address from one article to another is what a browser makes the other of', () => {
  const ids = ['a', 'b', 'a/b', 'a/b/c', 'a/x', 'a/b/c/d', 'å/1:2', '?/#']
  for (const from of ids) {
    for (const to of ids) {
      const base = new URL(articlePath(from), 'https://help.example')
      assert.equal(
        new URL(addressFrom(from, to), base).pathname,
        new URL(articlePath(to), base).pathname,
        `${from} to ${to}`,
      )
    }
  }
})

test('only images that are in the article itself are shown, and none that could be a document', () => {
  assert.equal(safeImage('data:image/png;base64,iVBORw0KGgo='), true)
  assert.equal(safeImage('data:image/svg+xml;base64,PHN2Zz4='), false)
  assert.equal(safeImage('https://example.com/a.png'), false)
  assert.equal(safeImage(undefined), false)
})
