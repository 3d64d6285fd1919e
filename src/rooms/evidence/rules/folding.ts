type Outcome = {
  readonly operatorId: string
  readonly questionId: string | null
  readonly kind: 'opened' | 'solved' | 'unsolved' | 'case'
  readonly articleId: string | null
}

type Folded = {
  readonly operatorId: string
  readonly questionId: string
  readonly opened: readonly string[]
  readonly verdict: 'solved' | 'unsolved' | null
}

/** Outcomes in their order, put together for each question: the last word counts, and an article that was said to solve it is its last. */
export function foldingOf(outcomes: readonly Outcome[]): readonly Folded[] {
  const folded = new Map<string, Folded>()
  for (const { operatorId, questionId, kind, articleId } of outcomes) {
    if (questionId === null || kind === 'case') continue
    const before = folded.get(questionId) ?? { operatorId, questionId, opened: [], verdict: null }
    const opened = articleId === null || kind === 'unsolved' ? before.opened : [...before.opened, articleId]
    folded.set(questionId, { ...before, opened, verdict: kind === 'opened' ? before.verdict : kind })
  }
  return [...folded.values()]
}
