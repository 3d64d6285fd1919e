import { shareOf } from './rules/outcome.ts'
import type { Figures } from './rules/outcome.ts'
import type { AnswersReport } from './read-answers.ts'

/** What the JSON door shows of the report; `selfServedPercent` is of settled questions, null of none. */
export function answersJson({ from, to, zone, total, settled, groups, articles }: AnswersReport) {
  return {
    from,
    to,
    zone,
    total: figuresJson(total),
    settled: { ...figuresJson(settled), selfServedPercent: shareOf(settled.good, settled.asked) ?? null },
    groups: groups.map(({ language, text, lastAskedAt, taught, ...figures }) => ({
      language,
      text,
      lastAskedAt: lastAskedAt.toString(),
      taught,
      ...figuresJson(figures),
    })),
    articles: articles.map(({ articleId, language, title, solved, unsolved, missing }) => ({
      id: articleId,
      language,
      title,
      solved,
      unsolved,
      missing,
    })),
  }
}

function figuresJson({ asked, good, nothingFound, nothingOpened, notSolved, caseFollowed, saidSolved }: Figures) {
  return { asked, good, nothingFound, nothingOpened, notSolved, caseFollowed, saidSolved }
}
