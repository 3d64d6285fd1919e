/** A link as the page has it: outside links say nothing about where the reader came from and get no hold of the page. */
export type SafeLink = { readonly href: string; readonly rel?: 'noopener' }

/**
 * What becomes of a link: outside ones stay, places within the page stay, other articles get their address. Undefined when it
 * leads nowhere here: then its text stays. Addresses such as `/x/y` belong to the site the article came from, which we are not.
 */
export function safeLink(href: string, linkTo: (path: string) => string | undefined): SafeLink | undefined {
  const written = href.trim()
  if (/^(?:mailto|tel):/i.test(written)) return { href: written }
  if (/^https?:\/\/[^\s/]/i.test(written)) return { href: written, rel: 'noopener' }
  if (/^\/\/[^\s/]/.test(written)) return { href: `https:${written}`, rel: 'noopener' }
  if (written.startsWith('#')) return written.length > 1 ? { href: written } : undefined
  if (/^(?:[a-z][a-z\d+.-]*:|[/~\\?])/i.test(written) || written === '') return undefined
  const [path = '', fragment] = written.replace(/\?[^#]*/, '').split('#')
  const address = linkTo(path)
  if (address === undefined) return undefined
  const place = fragment ? `#${fragment}` : ''
  return address === '' && place === '' ? undefined : { href: address + place }
}

/** Only an image that is in the article itself needs nobody else's server; SVG stays out, it is a document. */
export function safeImage(src: unknown): boolean {
  return typeof src === 'string' && /^data:image\/(?:png|jpeg|gif|webp);base64,[a-z\d+/=\s]+$/i.test(src)
}

/** A path as written in a file, seen from the root of the folder; undefined when it leads out of it. */
export function pathFrom(file: string, written: string): string | undefined {
  const steps = file.split('/').slice(0, -1)
  for (const step of decodedPath(written).split('/')) {
    if (step === '..') {
      if (steps.pop() === undefined) return undefined
    } else if (step !== '.' && step !== '') steps.push(step)
  }
  return steps.join('/')
}

function decodedPath(written: string): string {
  try {
    return decodeURIComponent(written)
  } catch {
    return written
  }
}

/** The way from one article's address to another's, both under `/articles/`; empty from an article to itself. */
export function addressFrom(from: string, to: string): string {
  if (from === to) return ''
  const here = from.split('/').slice(0, -1)
  const there = to.split('/')
  const common = here.findIndex((step, at) => step !== there[at] || at === there.length - 1)
  const shared = common < 0 ? Math.min(here.length, there.length - 1) : common
  return [...Array<string>(here.length - shared).fill('..'), ...there.slice(shared).map(encodeURIComponent)].join('/')
}

/** An article's path below an operator's address. */
export function articlePath(id: string, anchor?: string): string {
  const path = `/articles/${id.split('/').map(encodeURIComponent).join('/')}`
  return anchor ? `${path}#${encodeURIComponent(anchor)}` : path
}
