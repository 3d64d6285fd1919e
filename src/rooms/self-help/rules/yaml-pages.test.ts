import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { markdownOfYaml, yamlKindOf } from './yaml-pages.ts'

test('a page says in its first line what it is', () => {
  assert.equal(yamlKindOf('### YamlMime:FAQ\ntitle: x'), 'FAQ')
  assert.equal(yamlKindOf('\n### YamlMime: Hub'), 'Hub')
  assert.equal(yamlKindOf('- name: Overview\n  href: x.md'), undefined)
})

test('questions are headings, below the name of their section when it has one', () => {
  const markdown = markdownOfYaml({
    title: 'Questions | Docs',
    summary: 'About mail.',
    sections: [
      { name: 'Ignored', questions: [{ question: 'Why?\n', answer: 'Because.\n\n- so' }] },
      { name: 'Money', questions: [{ question: 'How much?', answer: 'Little.' }, { question: 7 }] },
    ],
    additionalContent: '## More\n\nText.',
  })
  assert.equal(
    markdown,
    '# Questions\n\nAbout mail.\n\n## Why?\n\nBecause.\n\n- so\n\n## Money\n\n### How much?\n\nLittle.\n\n### 7\n\n## More\n\nText.\n',
  )
})

test('landing pages and hubs are lists of links below their titles', () => {
  const markdown = markdownOfYaml({
    title: 'Start',
    landingContent: [
      {
        title: 'Set up',
        linkLists: [{ linkListType: 'how-to', links: [{ text: 'Add [users]', url: 'add (1).md' }] }],
      },
    ],
    productDirectory: { title: 'All', items: [{ title: 'Mail', summary: 'Read it.', url: 'mail.md' }] },
  })
  assert.equal(
    markdown,
    '# Start\n\n## Set up\n\n- [Add \\[users\\]](add%20%281%29.md)\n\n## All\n\n- [Mail](mail.md): Read it.\n',
  )
})

test('whatever the YAML holds, there is a text or none', () => {
  assert.equal(markdownOfYaml({ title: 'Only' }), undefined)
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (sections, landingContent) => {
      const made = markdownOfYaml({ title: 'T', sections, landingContent })
      assert.ok(made === undefined || typeof made === 'string')
    }),
  )
})
