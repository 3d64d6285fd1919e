/** Text as it stands between tags. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

export type Range = { readonly from: number; readonly until: number }

/** A text in parts, those of the question marked. */
export type Part = { readonly text: string; readonly hit: boolean }

/**
 * About so many characters of a text around where most of the question stands, cut between words, with dots where something is
 * left out. Hits are in order and do not overlap.
 */
export function passageAround(text: string, hits: readonly Range[], length: number): string {
  if (text.length <= length) return text
  const from = startOf(text, bestStart(hits, length), length)
  const until = endOf(text, from + length)
  return `${from > 0 ? '…' : ''}${text.slice(from, until).trim()}${until < text.length ? '…' : ''}`
}

/** Where the stretch begins that holds the most hits; the first of equals. */
function bestStart(hits: readonly Range[], length: number): number {
  let best = { from: 0, count: 0 }
  hits.forEach(({ from }, at) => {
    const count = hits.slice(at, at + 40).filter(({ until }) => until <= from + length).length
    if (count > best.count) best = { from, count }
  })
  return best.from
}

/** A little before the first hit, so that it can be read in its sentence; not within a word. */
function startOf(text: string, hit: number, length: number): number {
  const wished = Math.min(hit - Math.round(length / 4), text.length - length)
  if (wished <= 0) return 0
  const blank = text.indexOf(' ', wished)
  return blank > 0 && blank < hit ? blank + 1 : wholeCharacter(text, wished)
}

function endOf(text: string, wished: number): number {
  if (wished >= text.length) return text.length
  const blank = text.lastIndexOf(' ', wished)
  return blank > Math.max(0, wished - 25) ? blank : wholeCharacter(text, wished)
}

/** Not between the two halves of a character outside the basic plane. */
function wholeCharacter(text: string, at: number): number {
  return /[\uDC00-\uDFFF]/.test(text[at] ?? '') ? at - 1 : at
}

export function partsOf(text: string, hits: readonly Range[]): readonly Part[] {
  const parts: Part[] = []
  let after = 0
  for (const { from, until } of hits) {
    if (from > after) parts.push({ text: text.slice(after, from), hit: false })
    parts.push({ text: text.slice(from, until), hit: true })
    after = until
  }
  if (after < text.length) parts.push({ text: text.slice(after), hit: false })
  return parts
}
