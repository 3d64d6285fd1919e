import type { Fault } from './faults.ts'

/** Where an address that was an article's leads now, by ids. */
export type Redirect = { readonly from: string; readonly to: string; readonly line?: number | undefined }

/**
 * The article an address of the vendor's own site means: `/docs/admin/users`, with or without a host, a language and an ending. The
 * site's first steps are not the folder's: what is looked for grows shorter from the front.
 */
export function idOfAddress(address: string, idOf: (path: string) => string | undefined): string | undefined {
  const path = address.replace(/^https?:\/\/[^/]+/i, '').replace(/[?#].*$/, '')
  const steps = path.split('/').filter((step) => step !== '' && step !== '.')
  for (let at = 0; at < steps.length; at += 1) {
    const rest = steps.slice(at).join('/')
    const id = idOf(rest) ?? idOf(`${rest}/index`) ?? idOf(`${rest}/${steps.at(-1)}`)
    if (id !== undefined) return id
  }
  return undefined
}

/**
 * The redirects that lead, in one step or several, to an article there is. What leads nowhere or in a circle is told; an address that
 * is an article is no redirect.
 */
export function settled(
  redirects: readonly Redirect[],
  articles: ReadonlySet<string>,
): { readonly redirects: readonly Redirect[]; readonly faults: readonly (Fault & { readonly from: string })[] } {
  const next = new Map(redirects.map(({ from, to }) => [from, to]))
  const faults: (Fault & { readonly from: string })[] = []
  const kept = redirects.flatMap((one) => {
    if (articles.has(one.from)) return []
    const to = endOf(one.to, next, articles)
    if (to !== undefined) return [{ ...one, to }]
    faults.push({ code: 'redirectNowhere', line: one.line, detail: `${one.from} → ${one.to}`, from: one.from })
    return []
  })
  return { redirects: kept, faults }
}

function endOf(start: string, next: ReadonlyMap<string, string>, articles: ReadonlySet<string>): string | undefined {
  const seen = new Set<string>()
  let at = start
  while (!articles.has(at)) {
    const to = next.get(at)
    if (to === undefined || seen.has(at)) return undefined
    seen.add(at)
    at = to
  }
  return at
}

/** What is left of a text when a rename has adjusted its links: two articles of one such text are one article. */
export function withoutLinks(body: string): string {
  return body
    .replaceAll(/\]\([^)\n]*\)/g, ']()')
    .replaceAll(/\bhref\s*=\s*"[^"\n]*"/g, 'href')
    .trim()
}
