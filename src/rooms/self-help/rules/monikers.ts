/** The names of all ranges a text has blocks for. */
export function monikersIn(text: string): readonly string[] {
  return [...text.matchAll(/^[ \t]*:::[ \t]*moniker[ \t]+range[ \t]*=[ \t]*["']([^"'\n]{1,200})["']/gm)].flatMap(
    ([, range = '']) => namesIn(range),
  )
}

function namesIn(range: string): readonly string[] {
  return range.split(/[\s|,<>=]+/).filter(Boolean)
}

/** The range that is an operator's own: the one that ends in its name, else the worldwide one. */
export function monikerOf(operator: string, known: Iterable<string>): string {
  const own = [...known].find((name) => name.endsWith(`-${operator}`))
  return own ?? 'o365-worldwide'
}

/**
 * Whether a range holds for a moniker: names in a list or between `||`, each alone or with `>=`, `<=`, `>`, `<` or `=` before it, which
 * compare the numbers behind the same name (`server-2.1`). Undefined when it is no expression; then the block is kept.
 */
export function rangeHolds(expression: string, moniker: string): boolean | undefined {
  const terms = [...expression.matchAll(TERM)]
  const rest = expression.replaceAll(TERM, '').replaceAll(/\|\||[,\s]/g, '')
  if (terms.length === 0 || rest !== '') return undefined
  return terms.some(([, sign = '=', name = '']) => termHolds(sign, name, moniker))
}

const TERM = /([<>]=?|=)?\s*([^\s<>=|,&()"']+)/g

function termHolds(sign: string, name: string, moniker: string): boolean {
  if (name === moniker) return sign.includes('=')
  if (sign === '=') return false
  const [limit, own] = [versionOf(name), versionOf(moniker)]
  if (!limit || !own || limit.product !== own.product) return false
  const order = compared(own.numbers, limit.numbers)
  return sign.startsWith('>') ? order > 0 : order < 0
}

function versionOf(name: string): { readonly product: string; readonly numbers: readonly number[] } | undefined {
  const [, product, version] = /^(.*?)-?v?(\d+(?:\.\d+)*)$/.exec(name) ?? []
  return product === undefined || version === undefined
    ? undefined
    : { product, numbers: version.split('.').map(Number) }
}

function compared(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < Math.max(one.length, other.length); at += 1) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
