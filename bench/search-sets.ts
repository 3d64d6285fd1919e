import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Locale } from '../src/base/locale.ts'

export type BenchArticle = {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly headings: readonly string[]
  readonly body: string
  readonly links: readonly { readonly text: string; readonly target: string }[]
}

export type BenchQuery = {
  readonly q: string
  readonly type: string
  /** What somebody who types it has typed so far, where that is asked too. */
  readonly prefix: string | null
  /** The articles that answer it. */
  readonly rel: readonly string[]
}

export type BenchSet = {
  readonly name: string
  readonly language: Locale
  readonly file: string
  readonly articles: readonly BenchArticle[]
  readonly queries: readonly BenchQuery[]
}

const SETS = [
  ['dev-en', 'en'],
  ['dev-da', 'da'],
  ['dev-zh', 'zh-Hans'],
] as const

/** The sets of articles with questions and known answers in a folder: `search/NAME.jsonl.gz` and `queries/NAME.json`. */
export function setsIn(folder: string): readonly BenchSet[] {
  return SETS.flatMap(([name, language]) => {
    const file = join(folder, 'search', `${name}.jsonl.gz`)
    const asked = join(folder, 'queries', `${name}.json`)
    if (!existsSync(file) || !existsSync(asked)) return []
    const articles = gunzipSync(readFileSync(file))
      .toString('utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const one = JSON.parse(line) as Omit<BenchArticle, 'links' | 'description'> &
          Partial<Pick<BenchArticle, 'links' | 'description'>>
        return { ...one, links: one.links ?? [], description: one.description ?? '' }
      })
    const { queries } = JSON.parse(readFileSync(asked, 'utf8')) as { queries: BenchQuery[] }
    return [{ name, language, file, articles, queries }]
  })
}

/** What a list of ids is worth: nDCG of the first ten where each answer is worth 1, and whether one is among the first three. */
export function worthOf(
  ids: readonly string[],
  rel: readonly string[],
): { readonly ndcg: number; readonly three: number } {
  const wanted = new Set(rel)
  const gain = (at: number) => 1 / Math.log2(at + 2)
  const list = [...new Set(ids)].slice(0, 10)
  const got = list.reduce((sum, id, at) => sum + (wanted.has(id) ? gain(at) : 0), 0)
  const best = Array.from({ length: Math.min(10, wanted.size) }, (_, at) => gain(at)).reduce((a, b) => a + b, 0)
  return { ndcg: got / best, three: list.slice(0, 3).some((id) => wanted.has(id)) ? 1 : 0 }
}

/** core, noise, code and xling; the first three together are what the goals are set for. */
export function familyOf(type: string): string {
  if (type === 'code' || type === 'xling') return type
  return type.startsWith('noise') ? 'noise' : 'core'
}
