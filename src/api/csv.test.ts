import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { csvHead, csvRows } from './csv.ts'

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '"', ',', "'", 'a') }),
)
const table = fc.array(fc.array(text, { minLength: 2, maxLength: 4 }), { maxLength: 5 })

/** Reads RFC 4180 as a spreadsheet would. */
function read(csv: string): string[][] {
  const rows: string[][] = []
  let [row, at]: [string[], number] = [[], 0]
  while (at < csv.length) {
    const [written = '', quoted, plain] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))/.exec(csv.slice(at)) ?? []
    row.push(quoted?.replaceAll('""', '"') ?? plain ?? '')
    at += written.length
    const isEnd = csv.startsWith('\r\n', at)
    if (isEnd) {
      rows.push(row)
      row = []
    } else assert.equal(csv[at], ',')
    at += isEnd ? 2 : 1
  }
  return rows
}

test('every cell comes back as it was, but for an apostrophe before what would be a formula', () => {
  fc.assert(
    fc.property(table, (rows) => {
      const expected = rows.map((cells) => cells.map((cell) => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)))
      assert.deepEqual(read(csvRows(rows)), expected)
    }),
  )
})

test('no cell begins like a formula, quoted or not', () => {
  fc.assert(
    fc.property(table, (rows) =>
      read(csvRows(rows))
        .flat()
        .every((cell) => !/^[=+\-@\t\r]/.test(cell)),
    ),
  )
})

test('a head begins with a byte order mark; numbers stay numbers and nothing stays empty', () => {
  assert.equal(csvHead(['one', 'two']), '\uFEFFone,two\r\n')
  assert.equal(csvRows([[-1, null, '=1+1', 'a"b']]), `-1,,'=1+1,"a""b"\r\n`)
})
