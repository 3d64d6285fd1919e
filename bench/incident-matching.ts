import { parseArgs } from 'node:util'
import { weighBeside } from '../src/rooms/search/index.ts'
import { shelfOf } from '../src/rooms/search/test-shelf.ts'
import { nearIncidents } from '../src/rooms/service-health/rules/matching.ts'
import { setsIn } from './search-sets.ts'
import type { BenchArticle, BenchQuery, BenchSet } from './search-sets.ts'

/*
 * "Is it this?": ten incidents are open at a time, each made of the title and the first lines of an article that answers one question;
 * is the right one first for its question, and is somebody who asks something else shown none? Run with:
 * node --import tsx bench/incident-matching.ts --corpus <folder> [--language en] [--half 0 | 1]
 */

const { values } = parseArgs({
  options: { corpus: { type: 'string' }, language: { type: 'string' }, half: { type: 'string' } },
})
const folder = values.corpus ?? process.env['SVAR_CORPUS']
if (!folder) throw new Error('say where the sets are: --corpus <folder>, or SVAR_CORPUS')

const OPEN_AT_ONCE = 10
/** Of questions about other articles, for each ten open incidents. */
const OTHERS = 20
/** Characters of an article that become the impact, and the posts, of its incident. */
const FIRST_LINES = 1000

/** Questions in another language than the articles, and commands, are nobody's symptoms. */
const NO_SYMPTOMS = new Set(['xling', 'code'])
/** Headings somewhere in an article: what they name is mostly not in its first lines. */
const DEEP = new Set(['heading', 'question'])

type Outcome = { readonly type: string; readonly right: boolean }

for (const set of setsIn(folder)) if (!values.language || set.language === values.language) show(set, measure(set))

function measure(set: BenchSet): { readonly symptoms: readonly Outcome[]; readonly others: readonly boolean[] } {
  const { language } = set
  const articles = new Map(set.articles.map((one) => [one.id, one]))
  const shelf = shelfOf(language, set.articles.map(onShelf))
  const asked = set.queries.filter(
    ({ rel, type }) => rel.length === 1 && articles.has(rel[0] ?? '') && !NO_SYMPTOMS.has(type),
  )
  const best = new Map<string, number>()
  const symptoms: Outcome[] = []
  const others: boolean[] = []
  const groups = inGroups(asked).filter((_, at) => values.half === undefined || at % 2 === Number(values.half))
  for (const [place, group] of groups.entries()) {
    const ids = group.map(({ rel }) => rel[0] ?? '')
    const texts = ids.flatMap((id) => articles.get(id) ?? []).map(asIncident)
    const shown = (q: string): readonly string[] => {
      if (!best.has(q)) best.set(q, shelf.ask(q)[0]?.score ?? 0)
      const weighed = weighBeside(q, { language, vocabulary: shelf.vocabulary }, texts)
      return nearIncidents(
        weighed.map(({ at, score }) => ({ id: ids[at] ?? '', score })),
        best.get(q) ?? 0,
      ).map(({ id }) => id)
    }
    for (const { q, type, rel } of group) symptoms.push({ type, right: shown(q)[0] === rel[0] })
    for (let turn = 0; turn < OTHERS; turn++) {
      const other = asked[(place * 97 + turn * 13) % asked.length]
      if (other && !ids.includes(other.rel[0] ?? '')) others.push(shown(other.q).length === 0)
    }
  }
  return { symptoms, others }
}

function onShelf({ id, title, description, headings, body }: BenchArticle) {
  const sections = [body, ...headings.map((heading) => `${heading.replaceAll(': ', ' ')}: `)]
  return { path: id, title, description, sections }
}

function asIncident({ title, description, body }: BenchArticle) {
  return { title, description, sections: [{ heading: '', text: body.slice(0, FIRST_LINES) }] }
}

/** Questions by the ten, each with another article. */
function inGroups(queries: readonly BenchQuery[]): readonly (readonly BenchQuery[])[] {
  const groups: BenchQuery[][] = []
  for (const one of queries) {
    const free = groups.find((group) => group.length < OPEN_AT_ONCE && !group.some(({ rel }) => rel[0] === one.rel[0]))
    if (free) free.push(one)
    else groups.push([one])
  }
  return groups
}

function show({ name }: BenchSet, { symptoms, others }: ReturnType<typeof measure>): void {
  const share = (all: readonly boolean[]) =>
    `${((100 * all.filter(Boolean).length) / Math.max(1, all.length)).toFixed(1)} %`
  const right = (some: readonly Outcome[]) => share(some.map((one) => one.right))
  const whole = symptoms.filter(({ type }) => !DEEP.has(type))
  console.log(`${name}: the right incident first ${right(whole)} of ${whole.length} symptoms of the first lines`)
  console.log(`  ${right(symptoms)} of all ${symptoms.length}, with headings from further down`)
  console.log(`  shown none ${share(others)} of ${others.length} unrelated questions`)
  for (const [type, some] of Map.groupBy(symptoms, (one) => one.type))
    console.log(`  · ${type}: ${right(some)} of ${some.length}`)
}
