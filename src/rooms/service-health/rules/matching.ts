/** How well one of an incident's texts answers a question, weighed as if it were an article of the shelf. */
export type Weighed = { readonly id: string; readonly score: number }

/**
 * What an incident's text must reach to be asked about. Alone, what an article must reach to be an answer at all; and beside the best
 * article a part of its score: a question that an article answers much better is about something else. Found on
 * three sets of questions turned into symptoms (`bench/incident-matching.ts`).
 */
const FLOOR = 1.5
const BESIDE = 0.67

/** More are a list to read, not a question to answer. */
const MOST = 3

/** The incidents a question is near to, the nearest first; none where nothing is near. An incident counts by its best text. */
export function nearIncidents(weighed: readonly Weighed[], best: number): readonly Weighed[] {
  const scores = new Map<string, number>()
  for (const { id, score } of weighed) scores.set(id, Math.max(scores.get(id) ?? 0, score))
  return [...scores]
    .map(([id, score]) => ({ id, score }))
    .filter(({ score }) => score >= FLOOR && score >= BESIDE * best)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, MOST)
}
