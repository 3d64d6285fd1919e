import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decodeText } from './decoding.ts'

const text = '# Sæt op\n\n保存 “this” 😀\n'
const bigEndian = (of: string) => Buffer.from(of, 'utf16le').swap16()

test('a text is read in whatever it was written', () => {
  assert.deepEqual(decodeText(Buffer.from(text)), { text, encoding: undefined })
  assert.deepEqual(decodeText(Buffer.from(`\uFEFF${text}`)), { text, encoding: undefined })
  assert.deepEqual(decodeText(Buffer.from(`\uFEFF${text}`, 'utf16le')), { text, encoding: 'UTF-16' })
  assert.deepEqual(decodeText(bigEndian(`\uFEFF${text}`)), { text, encoding: 'UTF-16' })
  assert.deepEqual(decodeText(Buffer.from('---\ntitle: Plain', 'utf16le')), {
    text: '---\ntitle: Plain',
    encoding: 'UTF-16',
  })
  assert.deepEqual(decodeText(bigEndian('---\ntitle: Plain')).encoding, 'UTF-16')
  assert.deepEqual(decodeText(Buffer.from('Sæt op på ø', 'latin1')), { text: 'Sæt op på ø', encoding: 'Windows-1252' })
})

test('whatever the bytes are, there is a text a database keeps', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const decoded = decodeText(bytes).text
      assert.ok(decoded.isWellFormed() && !decoded.includes('\u0000'))
    }),
  )
})
