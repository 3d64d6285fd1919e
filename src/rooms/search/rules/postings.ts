/**
 * Where a word stands in one article: how much it says about the article (0 to 1, its length and fields weighed in), and in
 * which of its sections, as bits; section 0 is what stands before the first heading, everything from the 32nd on is one.
 */
export type Posting = { readonly article: number; readonly impact: number; readonly sections: number }

const BYTES = 10
const FULL = 65_535

/** A list of postings that grows: ten bytes each, so a common word of 5,000 articles is 50 KB, here and when it is read. */
export type PostingList = { bytes: Uint8Array<ArrayBuffer>; count: number }

export function emptyList(): PostingList {
  return { bytes: new Uint8Array(BYTES * 2), count: 0 }
}

/** Adds a posting; articles come in the order of their numbers. */
export function addPosting(list: PostingList, { article, impact, sections }: Posting): void {
  const at = list.count * BYTES
  if (at + BYTES > list.bytes.length) {
    const larger = new Uint8Array(list.bytes.length * 2)
    larger.set(list.bytes)
    list.bytes = larger
  }
  const view = new DataView(list.bytes.buffer, at, BYTES)
  view.setUint32(0, article)
  view.setUint16(4, Math.round(Math.min(1, impact) * FULL))
  view.setUint32(6, sections >>> 0)
  list.count += 1
}

export function packed({ bytes, count }: PostingList): Uint8Array {
  return bytes.subarray(0, count * BYTES)
}

export function eachPosting(bytes: Uint8Array, visit: (article: number, impact: number) => void): void {
  const view = viewOf(bytes)
  for (let at = 0; at + BYTES <= bytes.byteLength; at += BYTES) visit(view.getUint32(at), view.getUint16(at + 4) / FULL)
}

/** The sections of one article a word stands in, as bits; undefined when it is nowhere in the article. */
export function sectionsIn(bytes: Uint8Array, article: number): number | undefined {
  const view = viewOf(bytes)
  let low = 0
  let high = Math.floor(bytes.byteLength / BYTES)
  while (low < high) {
    const middle = (low + high) >>> 1
    if (view.getUint32(middle * BYTES) < article) low = middle + 1
    else high = middle
  }
  const found = low * BYTES < bytes.byteLength && view.getUint32(low * BYTES) === article
  return found ? view.getUint32(low * BYTES + 6) : undefined
}

/** The last, and so the largest, article number in a list; 0 for an empty one. */
export function lastArticle(bytes: Uint8Array): number {
  return bytes.byteLength >= BYTES ? viewOf(bytes).getUint32(bytes.byteLength - BYTES) : 0
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
