const PROGRAM =
  /bot\b|crawl|spider|slurp|preview|scan|monitor|headlesschrome\/.*lighthouse|facebookexternalhit|curl\/|wget\//i

type Request = { readonly method: string; header(name: string): string | undefined }

/** Whether a page is asked for by somebody who will look at it: no browser that fetches ahead, no program that says it is one. */
export function isReader(request: Request): boolean {
  if (request.method !== 'GET' && request.method !== 'POST') return false
  const header = (name: string) => request.header(name)
  const purpose = `${header('sec-purpose') ?? ''} ${header('purpose') ?? ''} ${header('x-moz') ?? ''}`
  return !/prefetch|prerender|preview/i.test(purpose) && !PROGRAM.test(header('user-agent') ?? '')
}
