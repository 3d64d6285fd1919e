/** Somebody noticed something: a report of an organization, or a case of one, with its telling words. */
export type Sign = {
  readonly id: string
  readonly organizationId: string
  /** A service by id; empty where nobody said which. */
  readonly service: string
  readonly words: ReadonlySet<string>
}

/** Signs that seem to be of one thing, and how many organizations gave them. */
export type Group<S extends Sign> = { readonly signs: readonly S[]; readonly organizations: number }

/** Two signs are alike when they share this part of the words of the shorter one, and this many at least. */
const ALIKE = 0.4
const SHARED = 2

/** Whether two signs may be of one thing: not of different services, and in like words. */
export function areAlike(one: Sign, other: Sign): boolean {
  if (one.service !== '' && other.service !== '' && one.service !== other.service) return false
  const [few, many] = one.words.size < other.words.size ? [one.words, other.words] : [other.words, one.words]
  let shared = 0
  for (const word of few) if (many.has(word)) shared += 1
  const shorter = few.size
  return shared >= Math.min(SHARED, Math.max(1, shorter)) && shared / Math.max(1, shorter) >= ALIKE
}

/**
 * Puts signs that are alike together, the one most organizations gave first. Who is like one of a group belongs to it; so the order
 * in which they came does not matter. A customer who reports ten times is still one.
 */
export function groupsOf<S extends Sign>(signs: readonly S[]): readonly Group<S>[] {
  const left = new Set(signs)
  const groups: Group<S>[] = []
  for (const first of signs) {
    if (!left.delete(first)) continue
    const group = [first]
    for (const member of group) {
      for (const one of left) {
        if (!areAlike(member, one)) continue
        left.delete(one)
        group.push(one)
      }
    }
    groups.push({ signs: group, organizations: new Set(group.map(({ organizationId }) => organizationId)).size })
  }
  return groups.toSorted(
    (one, other) => other.organizations - one.organizations || other.signs.length - one.signs.length,
  )
}

/** The groups that so many organizations gave that an incident is proposed. */
export function proposed<S extends Sign>(groups: readonly Group<S>[], organizations: number): readonly Group<S>[] {
  return groups.filter((group) => group.organizations >= organizations)
}
