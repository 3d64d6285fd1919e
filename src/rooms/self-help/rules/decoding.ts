export type Decoded = {
  readonly text: string
  /** What the file was written in, where that is not UTF-8. */
  readonly encoding: 'UTF-16' | 'Windows-1252' | undefined
}

/**
 * The text of a file in whatever it was written: UTF-8 with or without a byte order mark, UTF-16 of either order, with the mark or
 * known by its zero bytes, else Windows-1252, which Latin-1 is a part of. PostgreSQL keeps no zero character: none is left.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const wide = wideEncoding(bytes)
  if (wide) return { text: withoutZeros(new TextDecoder(wide).decode(bytes)), encoding: 'UTF-16' }
  try {
    return { text: withoutZeros(new TextDecoder('utf-8', { fatal: true }).decode(bytes)), encoding: undefined }
  } catch {
    return { text: withoutZeros(new TextDecoder('windows-1252').decode(bytes)), encoding: 'Windows-1252' }
  }
}

function wideEncoding(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  const start = bytes.subarray(0, 64)
  const zeros = (offset: number) => start.filter((byte, at) => at % 2 === offset && byte === 0).length
  if (start.length < 8) return undefined
  if (zeros(1) > start.length / 4 && zeros(0) === 0) return 'utf-16le'
  return zeros(0) > start.length / 4 && zeros(1) === 0 ? 'utf-16be' : undefined
}

function withoutZeros(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed()
}
