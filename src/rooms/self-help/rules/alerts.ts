export const ALERTS = ['note', 'tip', 'important', 'caution', 'warning'] as const
export type AlertKind = (typeof ALERTS)[number]

/** Markers as translators left them, now and then. */
const TRANSLATED: ReadonlyMap<string, AlertKind> = new Map([
  ['notes', 'note'],
  ['注意', 'note'],
  ['注释', 'note'],
  ['备注', 'note'],
  ['提示', 'tip'],
  ['重要', 'important'],
  ['警告', 'warning'],
  ['小心', 'caution'],
  ['bemærk', 'note'],
  ['vigtigt', 'important'],
  ['advarsel', 'warning'],
  ['forsigtig', 'caution'],
])

/** The kind of alert a quotation begins with, `[!NOTE]`, and the text behind the marker; undefined for a plain quotation. */
export function alertOf(text: string): { readonly kind: AlertKind; readonly rest: string } | undefined {
  // Translators have left the marker behind its own translation now and then.
  const match = /^\s*\[!\s*(\p{L}{2,20})\s*\]\s*(?:\[!\s*\p{L}{2,20}\s*\]\s*)?/u.exec(text)
  const kind = kindOf(match?.[1])
  return match && kind ? { kind, rest: text.slice(match[0].length) } : undefined
}

/** A text with the markers in the middle of it, where no alert can be, said as words: in table cells, after a line break. */
export function withMarkersSaid(text: string, label: (kind: AlertKind) => string): string {
  return text.replaceAll(/(?:>\s*)?\[!\s*(\p{L}{2,20})\s*\]\s*>?\s*/gu, (written, word: string) => {
    const kind = kindOf(word)
    return kind ? `${label(kind)}: ` : written
  })
}

function kindOf(written = ''): AlertKind | undefined {
  const word = written.toLowerCase()
  return ALERTS.find((one) => one === word) ?? TRANSLATED.get(word)
}
