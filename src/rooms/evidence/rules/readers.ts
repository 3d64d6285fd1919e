const PROGRAM =
  /bot\b|crawl|spider|slurp|preview|scan|monitor|headlesschrome\/.*lighthouse|facebookexternalhit|curl\/|wget\//i

/** Whether a page is asked for by somebody who will look at it: no browser that fetches ahead, no program that says it is one. */
export function isReader(header: (name: string) => string | undefined): boolean {
  const purpose = `${header('sec-purpose') ?? ''} ${header('purpose') ?? ''} ${header('x-moz') ?? ''}`
  return !/prefetch|prerender|preview/i.test(purpose) && !PROGRAM.test(header('user-agent') ?? '')
}
