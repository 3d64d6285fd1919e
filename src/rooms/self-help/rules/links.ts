import type { FaultCode } from './faults.ts'

/** An article a link leads to: its id, and its address as seen from the article the link stands in. */
export type LinkTarget = { readonly id: string; readonly address: string }

export type LinkHelp = {
  /** The article a path of a link leads to; `outside` when it leads out of the folder, undefined when nothing is there. */
  readonly linkTo: (path: string) => LinkTarget | 'outside' | undefined
  /** The site the articles come from, which addresses such as `/x/y` belong to. */
  readonly site?: string | undefined
}

/** A link as the page has it: outside links say nothing about where the reader came from and get no hold of the page. */
export type SafeLink =
  | { readonly href: string; readonly rel?: 'noopener'; readonly target?: string }
  /** It leads nowhere here: its text stays. Told when that is a fault of the article. */
  | { readonly href?: never; readonly fault: FaultCode | undefined }

/** What becomes of a link: outside ones stay, places within the page stay, other articles get their address. */
export function safeLink(href: string, { linkTo, site }: LinkHelp): SafeLink {
  const written = href.trim()
  if (/^(?:mailto|tel):/i.test(written)) return { href: written }
  if (/^https?:\/\/[^\s/]/i.test(written)) return { href: written, rel: 'noopener' }
  if (/^\/\/[^\s/]/.test(written)) return { href: `https:${written}`, rel: 'noopener' }
  if (written.startsWith('#')) return written.length > 1 ? { href: written } : { fault: undefined }
  if (/^\/[^\s\\]*$/.test(written))
    return site ? { href: site.replace(/\/$/, '') + written, rel: 'noopener' } : { fault: 'linkSite' }
  if (/^(?:[a-z][a-z\d+.-]*:|[/\\?]|~(?!\/))/i.test(written) || written === '') return { fault: undefined }
  const [path = '', fragment] = written.replace(/\?[^#]*/, '').split('#')
  const target = linkTo(path)
  if (target === undefined || target === 'outside') {
    const isImage = /\.(?:png|jpe?g|gif|svg|webp)$/i.test(path)
    return { fault: isImage ? undefined : target === 'outside' ? 'linkOutside' : 'linkBroken' }
  }
  const place = fragment ? `#${fragment}` : ''
  return target.address === '' && place === ''
    ? { fault: undefined }
    : { href: target.address + place, target: target.id }
}

/** Only an image that is in the article itself needs nobody else's server; SVG stays out, it is a document. */
export function safeImage(src: unknown): boolean {
  return typeof src === 'string' && /^data:image\/(?:png|jpeg|gif|webp);base64,[a-z\d+/=\s]+$/i.test(src)
}

/** A path as written in a file, seen from the root of the folder; undefined when it leads out of it. */
export function pathFrom(file: string, written: string): string | undefined {
  // `~/x.md` is seen from the root, wherever it is written.
  const steps = written.startsWith('~/') ? [] : file.split('/').slice(0, -1)
  for (const step of decodedPath(written.replace(/^~\//, '')).split(/[/\\]/)) {
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
