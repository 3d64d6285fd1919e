const MILLISECONDS = 1000
/** More than this come within one second only under attack; then nobody is remembered for longer than it takes to fill it again. */
const MOST = 10_000

/** Who somebody is, asked once a second for whoever comes again and again. */
export type Memory<Who> = {
  recall(name: string, ask: () => Promise<Who | undefined>): Promise<Who | undefined>
  forget(): void
}

/** Forgets everybody at once, a second after the first; nobody is remembered as unknown. */
export function memoryOfASecond<Who>(): Memory<Who> {
  const known = new Map<string, Who>()
  let until = 0
  return {
    async recall(name, ask) {
      if (performance.now() >= until || known.size >= MOST) {
        known.clear()
        until = performance.now() + MILLISECONDS
      }
      const before = known.get(name)
      if (before !== undefined) return before
      const found = await ask()
      if (found !== undefined) known.set(name, found)
      return found
    },
    forget: () => known.clear(),
  }
}
