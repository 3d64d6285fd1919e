/** A table as CSV after RFC 4180, to be opened by Excel too: begins with a byte order mark. Rows without the head follow with `csvRows`. */
export function csvHead(names: readonly string[]): string {
  return `\uFEFF${csvRows([names])}`
}

export type Cell = string | number | null

export function csvRows(rows: readonly (readonly Cell[])[]): string {
  return rows.map((cells) => `${cells.map(written).join(',')}\r\n`).join('')
}

/** Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers of ours stay numbers. */
function written(cell: Cell): string {
  if (cell === null) return ''
  const text = typeof cell === 'string' && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
