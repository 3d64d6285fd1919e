/** What is known of an article when its relatives are looked for. */
export type Relative = {
  readonly id: string
  /** The words of its title as search cuts them, its products, and the articles it links to. */
  readonly words: readonly string[]
  readonly products: readonly string[]
  readonly targets: readonly string[]
}

const MOST = 5
/** What more articles than these share tells them from nothing. */
const COMMON = 60
const LINKED = 10
const LEAST = 4

/**
 * For each article at most five others a reader may want next, the best first: those it links to or that link to it, and those that
 * share rare words of the title, links or products. The rarer what two articles share, the more it says. Worked out once for all
 * articles, because what is rare depends on all of them; the page then reads five ids.
 */
export function relate(articles: readonly Relative[]): ReadonlyMap<string, readonly string[]> {
  const holders = new Map<string, number[]>()
  const features = articles.map(featuresOf)
  features.forEach((of, at) => of.forEach((feature) => push(holders, feature, at)))
  const numbers = new Map(articles.map(({ id }, at) => [id, at]))
  const linked = articles.map(({ targets }) => new Set(targets.flatMap((id) => numbers.get(id) ?? [])))
  const linkers = new Map<number, number[]>()
  linked.forEach((targets, at) => targets.forEach((to) => push(linkers, to, at)))
  /** A list of everything says nothing of what it links to, and what everything links to says nothing of them. */
  const worthOf = (from: number, to: number) => {
    const [outgoing, incoming] = [linked[from]?.size ?? 0, linkers.get(to)?.length ?? 0]
    return outgoing > COMMON || incoming > COMMON ? 0 : LINKED / Math.log2(1 + Math.max(outgoing, incoming))
  }
  return new Map(
    articles.map(({ id }, at) => {
      const scores = new Map<number, number>()
      const add = (other: number, score: number) => scores.set(other, (scores.get(other) ?? 0) + score)
      for (const feature of features[at] ?? []) {
        const of = holders.get(feature) ?? []
        if (of.length > 1 && of.length <= COMMON)
          for (const other of of) add(other, Math.log(articles.length / of.length))
      }
      for (const other of linked[at] ?? []) add(other, worthOf(at, other))
      for (const other of linkers.get(at) ?? []) add(other, worthOf(other, at))
      return [id, best(scores, at, articles)]
    }),
  )
}

function featuresOf({ words, products, targets }: Relative): ReadonlySet<string> {
  return new Set([
    ...words.map((word) => `word ${word}`),
    ...products.map((product) => `product ${product}`),
    ...targets.map((target) => `link ${target}`),
  ])
}

function push<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key)
  if (list) list.push(value)
  else lists.set(key, [value])
}

function best(scores: ReadonlyMap<number, number>, self: number, articles: readonly Relative[]): readonly string[] {
  return [...scores]
    .filter(([other, score]) => other !== self && score >= LEAST)
    .toSorted(([one, score], [other, than]) => than - score || one - other)
    .slice(0, MOST)
    .map(([other]) => articles[other]?.id ?? '')
}
