export const ALERTS = ['note', 'tip', 'important', 'caution', 'warning'] as const
export type AlertKind = (typeof ALERTS)[number]

/** Markers as translators left them, now and then. */
const TRANSLATED: ReadonlyMap<string, AlertKind> = new Map([
  ['注意', 'note'],
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
  const match = /^\s*\[!\s*(\p{L}{2,20})\s*\]\s*/u.exec(text)
  const word = match?.[1]?.toLowerCase() ?? ''
  const kind = ALERTS.find((one) => one === word) ?? TRANSLATED.get(word)
  return match && kind ? { kind, rest: text.slice(match[0].length) } : undefined
}
