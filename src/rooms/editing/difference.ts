import { diffLines } from 'diff'
import type { Text } from './store.ts'

/** A line of a difference; `left-out` stands for so many equal lines that are not shown. */
export type DifferenceLine =
  | { readonly kind: 'same' | 'added' | 'removed'; readonly text: string }
  | { readonly kind: 'left-out'; readonly lines: number }

const AROUND = 3
/** Texts that have less in common are shown as all removed and all added: finding more would take long and tell little. */
const MOST_EDITS = 1000

/** What changed from one text to another, line by line, with a few equal lines around each change. Empty for equal texts. */
export function differenceOf(before: Text | undefined, after: Text): readonly DifferenceLine[] {
  const [old, next] = [before ? written(before) : '', written(after)]
  const changes = diffLines(old, next, { maxEditLength: MOST_EDITS }) ?? [
    { value: old, added: false, removed: true },
    { value: next, added: true, removed: false },
  ]
  if (!changes.some(({ added, removed }) => added || removed)) return []
  return changes.flatMap(({ value, added, removed }, at): readonly DifferenceLine[] => {
    const lines = value.replace(/\n$/, '').split('\n')
    if (added || removed) return lines.map((text) => ({ kind: added ? 'added' : 'removed', text }))
    return shortened(lines, { first: at === 0, last: at === changes.length - 1 })
  })
}

/** Fields and text as one document, so that one difference shows all. */
function written({ title, description, products, body }: Text): string {
  return `${[`# ${title}`, description, products.join(', ')].filter(Boolean).join('\n')}\n\n${body}\n`
}

function shortened(
  lines: readonly string[],
  { first, last }: { readonly first: boolean; readonly last: boolean },
): readonly DifferenceLine[] {
  const [head, tail] = [first ? 0 : AROUND, last ? 0 : AROUND]
  const hidden = lines.length - head - tail
  const same = (text: string) => ({ kind: 'same', text }) as const
  if (hidden <= 1) return lines.map(same)
  return [
    ...lines.slice(0, head).map(same),
    { kind: 'left-out', lines: hidden },
    ...lines.slice(lines.length - tail).map(same),
  ]
}
