import type { Locale } from '../../base/locale.ts'
import type { Work } from '../../database/work.ts'
import { charterInForce } from '../entitlements/index.ts'
import { taughtPhrases } from '../evidence/index.ts'
import { requireLead } from '../people/index.ts'
import type { AskedReport } from './asked.ts'
import { figuresOf, needOf } from './rules/outcome.ts'
import type { Figures } from './rules/outcome.ts'
import { periodOf } from './rules/period.ts'
import { groupsOf, poorArticles, totalsOf } from './store.ts'
import type { ArticleRow, GroupRow } from './store.ts'

/** Questions that are the same but for the form and order of their words. */
export type Group = Figures & {
  readonly groupKey: string
  readonly language: Locale
  readonly text: string
  readonly lastAskedAt: Temporal.Instant
  /** Articles a lead says answer it, by id. */
  readonly taught: readonly string[]
}

export type AnswersReport = {
  readonly from: string
  readonly to: string
  readonly zone: string
  readonly language: Locale | undefined
  readonly languages: readonly Locale[]
  /** Of all questions of the period. */
  readonly total: Figures
  /** Of those whose seven days are over: the only ones of which it can be said whether a case followed. */
  readonly settled: Figures
  /** Without good answers, the worst first. */
  readonly groups: readonly Group[]
  readonly articles: readonly ArticleRow[]
}

const CANDIDATES = 500
const GROUPS = 100
const ARTICLES = 50
const PHRASES = 1000

/** What customers asked in a period and did not find answered. For support leads only. */
export async function readAnswers(work: Work, operatorId: string, asked: AskedReport): Promise<AnswersReport> {
  await requireLead(work, operatorId)
  const { charter } = await charterInForce(work, operatorId)
  const { from, to, since, until } = periodOf(asked, { zone: charter.zone, now: work.now })
  const period = { from: since, until, language: asked.language }
  const totals = await totalsOf(work, operatorId, period)
  const rows = await groupsOf(work, operatorId, { ...period, limit: CANDIDATES })
  const articles = await poorArticles(work, operatorId, { ...period, limit: ARTICLES })
  const taught = await taughtOf(work, operatorId, charter.languages)
  return {
    from,
    to,
    zone: charter.zone,
    language: asked.language,
    languages: charter.languages,
    total: figuresOf(totals),
    settled: figuresOf(totals.filter(({ settled }) => settled)),
    groups: worstFirst(rows)
      .slice(0, GROUPS)
      .map((group) => ({ ...group, taught: taught.get(`${group.language} ${group.groupKey}`) ?? [] })),
    articles,
  }
}

function worstFirst(rows: readonly GroupRow[]): readonly Omit<Group, 'taught'>[] {
  const groups = [...Map.groupBy(rows, ({ language, groupKey }) => `${language} ${groupKey}`).values()]
  return groups
    .map((of) => ({ of, need: needOf(of) }))
    .toSorted((one, other) => other.need - one.need)
    .flatMap(({ of }) => {
      const [first] = of
      if (!first) return []
      const { groupKey, language, text, lastAskedAt } = first
      return [{ groupKey, language, text, lastAskedAt, ...figuresOf(of) }]
    })
}

async function taughtOf(
  work: Work,
  operatorId: string,
  languages: readonly Locale[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const taught = new Map<string, string[]>()
  for (const language of languages)
    for (const { groupKey, articleId } of await taughtPhrases(work, { operatorId, language, limit: PHRASES }))
      taught.set(`${language} ${groupKey}`, [...(taught.get(`${language} ${groupKey}`) ?? []), articleId])
  return taught
}
