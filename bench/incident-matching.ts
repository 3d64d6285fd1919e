import { parseArgs } from 'node:util'
import { weighBeside } from '../src/rooms/search/index.ts'
import type { BesideText } from '../src/rooms/search/index.ts'
import { shelfOf } from '../src/rooms/search/test-shelf.ts'
import { MOST_ARTICLES, nearIncidents } from '../src/rooms/service-health/rules/matching.ts'
import type { Found } from '../src/rooms/service-health/rules/matching.ts'
import { setsIn } from './search-sets.ts'
import type { BenchArticle, BenchQuery, BenchSet } from './search-sets.ts'

/*
 * "Is it this?": ten incidents are open at a time, each about an article that answers one question; is the right one first for its
 * question, and is somebody who asks something else shown none? An incident is made of the article's title and first lines, or, in
 * other words, of nothing but another question that the article answers. Run with:
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
type Outcome = { readonly type: string; readonly right: boolean }
type Measured = { readonly symptoms: readonly Outcome[]; readonly others: readonly boolean[] }
type Asked = BenchQuery & { readonly article: BenchArticle }

for (const set of setsIn(folder))
  if (!values.language || set.language === values.language) {
    const measure = measurerOf(set)
    show(`${set.name}, first lines of the article`, measure(asIncident))
    show(`${set.name}, in other words`, measure(inOtherWords))
  }

/** @returns what becomes of questions when each is the symptom of an incident with the text that is made of it */
function measurerOf({ language, articles, queries }: BenchSet) {
  const byId = new Map(articles.map((one) => [one.id, one]))
  const shelf = shelfOf(language, articles.map(onShelf))
  const all = queries.flatMap((one): Asked[] => {
    const article = one.rel.length === 1 ? byId.get(one.rel[0] ?? '') : undefined
    return article && !NO_SYMPTOMS.has(one.type) ? [{ ...one, article }] : []
  })
  const finds = new Map<string, readonly Found[]>()
  const find = (q: string): readonly Found[] => {
    const found = finds.get(q) ?? shelf.ask(q).map(({ article, score }) => ({ number: article, score }))
    finds.set(q, found.slice(0, MOST_ARTICLES))
    return found
  }

  return (textOf: (one: Asked, all: readonly Asked[]) => BesideText | undefined): Measured => {
    const asked = all.flatMap((one) => {
      const text = textOf(one, all)
      return text ? [{ ...one, text }] : []
    })
    const symptoms: Outcome[] = []
    const others: boolean[] = []
    const groups = inGroups(asked).filter((_, at) => values.half === undefined || at % 2 === Number(values.half))
    for (const [place, group] of groups.entries()) {
      const ids = group.map(({ article }) => article.id)
      const texts = group.map(({ text }) => text)
      const titles = group.map(({ article, text }) => ({ id: article.id, found: find(text.title) }))
      const shown = (q: string): readonly string[] => {
        const weighed = weighBeside(q, { language, vocabulary: shelf.vocabulary }, texts)
        return nearIncidents(
          find(q),
          weighed.map(({ at, score }) => ({ id: ids[at] ?? '', score })),
          titles,
        ).map(({ id }) => id)
      }
      for (const { q, type, article } of group) symptoms.push({ type, right: shown(q)[0] === article.id })
      for (let turn = 0; turn < OTHERS; turn++) {
        const other = asked[(place * 97 + turn * 13) % asked.length]
        if (other && !ids.includes(other.article.id)) others.push(shown(other.q).length === 0)
      }
    }
    return { symptoms, others }
  }
}

function onShelf({ id, title, description, headings, body }: BenchArticle) {
  const sections = [body, ...headings.map((heading) => `${heading.replaceAll(': ', ' ')}: `)]
  return { path: id, title, description, sections }
}

function asIncident({ article: { title, description, body } }: Asked): BesideText {
  return { title, description, sections: [{ heading: '', text: body.slice(0, FIRST_LINES) }] }
}

/** What somebody else asked who is answered by the same article. */
function inOtherWords({ q, article }: Asked, all: readonly Asked[]): BesideText | undefined {
  const other = all.find((one) => one.article === article && one.q !== q)
  return other && { title: other.q, description: '', sections: [] }
}

/** Questions by the ten, each with another article. */
function inGroups<One extends Asked>(questions: readonly One[]): readonly (readonly One[])[] {
  const groups: One[][] = []
  for (const one of questions) {
    const free = groups.find(
      (group) => group.length < OPEN_AT_ONCE && !group.some(({ article }) => article === one.article),
    )
    if (free) free.push(one)
    else groups.push([one])
  }
  return groups
}

function show(what: string, { symptoms, others }: Measured): void {
  const share = (all: readonly boolean[]) =>
    `${((100 * all.filter(Boolean).length) / Math.max(1, all.length)).toFixed(1)} %`
  const right = (some: readonly Outcome[]) => share(some.map((one) => one.right))
  console.log(`${what}: the right incident first ${right(symptoms)} of ${symptoms.length} symptoms`)
  console.log(`  shown none ${share(others)} of ${others.length} unrelated questions`)
  for (const [type, some] of Map.groupBy(symptoms, (one) => one.type))
    console.log(`  · ${type}: ${right(some)} of ${some.length}`)
}
