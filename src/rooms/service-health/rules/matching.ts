/** How well one of an incident's texts answers a question, weighed as if it were an article of the shelf. */
export type Weighed = { readonly id: string; readonly score: number }

/** An article that a question, or an incident's title asked as if it were one, finds; the best first. */
export type Found = { readonly number: number; readonly score: number }

/**
 * What an incident must reach to be asked about. Alone, what an article must reach to be an answer at all; and beside the best
 * article a part of its score: a question that an article answers much better is about something else. This and what follows was
 * found on three sets of questions turned into symptoms (`bench/incident-matching.ts`).
 */
const FLOOR = 1.5
const BESIDE = 0.75

/** A text is about the articles it finds that score nearly as much as the best of them, of which there are few. */
const NEARLY = 0.9
/** This many are asked for. */
export const MOST_ARTICLES = 2

/** More incidents are a list to read, not a question to answer. */
const MOST = 3

/**
 * The incidents a question is near to, the nearest first; none where nothing is near. An incident is near by its words, or by its
 * subject: question and title share no word, and yet both find the same article. It counts by the best it has.
 * @param question what the question finds
 * @param texts the incidents' texts, weighed with the question
 * @param titles what the incidents' titles find
 */
export function nearIncidents(
  question: readonly Found[],
  texts: readonly Weighed[],
  titles: readonly { readonly id: string; readonly found: readonly Found[] }[],
): readonly Weighed[] {
  const best = question[0]?.score ?? 0
  const scores = new Map<string, number>()
  const add = ({ id, score }: Weighed) => scores.set(id, Math.max(scores.get(id) ?? 0, score))
  texts.forEach(add)
  const subjects = subjectsOf(question)
  for (const { id, found } of titles)
    for (const { number, share } of subjectsOf(found)) {
      const shared = subjects.find((one) => one.number === number)
      if (shared) add({ id, score: share * shared.score })
    }
  return [...scores]
    .map(([id, score]) => ({ id, score }))
    .filter(({ score }) => score >= FLOOR && score >= BESIDE * best)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, MOST)
}

/** The articles a text is about, each with its share of the best one's score. */
function subjectsOf(found: readonly Found[]): readonly (Found & { readonly share: number })[] {
  const best = found[0]?.score ?? 0
  if (best < FLOOR) return []
  return found
    .slice(0, MOST_ARTICLES)
    .map((one) => ({ ...one, share: one.score / best }))
    .filter(({ share }) => share >= NEARLY)
}
