/**
 * Where a word stands in one article: how much it says about the article (0 to 1, its length and fields weighed in), and in
 * which of its sections, as bits; section 0 is what stands before the first heading, everything from the 32nd on is one.
 */
export type Posting = { readonly article: number; readonly impact: number; readonly sections: number }

const BYTES = 10
const FULL = 65_535

/** Postings in order of article number, ten bytes each: a common word of 5,000 articles is read in 50 KB. */
export function packPostings(postings: readonly Posting[]): Uint8Array {
  const bytes = new Uint8Array(postings.length * BYTES)
  const view = new DataView(bytes.buffer)
  postings.forEach(({ article, impact, sections }, at) => {
    view.setUint32(at * BYTES, article)
    view.setUint16(at * BYTES + 4, Math.round(Math.min(1, impact) * FULL))
    view.setUint32(at * BYTES + 6, sections >>> 0)
  })
  return bytes
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
