import { LOCALES } from '../../base/locale.ts'
import type { Locale } from '../../base/locale.ts'
import type { Work } from '../../database/work.ts'
import { find, tellingWords } from '../search/index.ts'
import type { Features, Shelf } from '../search/index.ts'
import { passageAround } from './rules/text.ts'
import { hitsIn, spelled } from './show-hits.ts'
import { hitsAt } from './store.ts'
import type { HitRow } from './store.ts'

export type Asked = {
  readonly operatorId: string
  readonly language: Locale
  /** As somebody typed it; at most 200 characters are read. */
  readonly q: string
  /** At most 50 are given. */
  readonly limit: number
  /** Only articles about this product, as they name it. */
  readonly product?: string | undefined
  /** Only articles written for these readers, as `admin`. */
  readonly audience?: string | undefined
}

export type Found = {
  readonly id: string
  readonly title: string
  /** Another than was asked for when nothing was found in that one. */
  readonly language: Locale
  /** About 160 characters of plain text around what was asked for. */
  readonly passage: string
  /** The place in the article that answers best; none is its beginning. */
  readonly anchor: string | undefined
  readonly heading: string
  readonly products: readonly string[]
  readonly audiences: readonly string[]
  readonly updatedOn: string | undefined
  readonly score: number
  /** What the score is made of, for who may look behind it. */
  readonly features: Features
}

/** Answers, with the words of the question that were read as others, as both are written. */
export type FoundAll = {
  readonly found: readonly Found[]
  readonly corrections: readonly { readonly typed: string; readonly meant: string }[]
}

const MOST = 50
/** In characters; a Chinese one says as much as two of the others. */
const PASSAGE: Record<Locale, number> = { en: 160, da: 160, 'zh-Hans': 90 }

/** The articles of an operator that answer a question, the best first. Whatever is typed gives a list, if an empty one. */
export async function searchAll(work: Work, asked: Asked): Promise<FoundAll> {
  return inLanguages(work, asked, false)
}

export async function search(work: Work, asked: Asked): Promise<readonly Found[]> {
  return (await inLanguages(work, asked, false)).found
}

/** The same while somebody types: the last word may be a beginning. */
export async function suggest(work: Work, asked: Asked): Promise<readonly Found[]> {
  return (await inLanguages(work, asked, true)).found
}

const NOTHING: FoundAll = { found: [], corrections: [] }

/** In the language asked for; in the others, one after the other, only when it has nothing. */
async function inLanguages(work: Work, asked: Asked, typing: boolean): Promise<FoundAll> {
  for (const language of [asked.language, ...LOCALES.filter((other) => other !== asked.language)]) {
    const all = await findIn(work, { operatorId: asked.operatorId, language }, asked, typing)
    if (all.found.length > 0) return all
  }
  return NOTHING
}

async function findIn(
  work: Work,
  shelf: Shelf,
  { q, limit, product, audience }: Asked,
  typing: boolean,
): Promise<FoundAll> {
  const facets = Object.entries({ product, audience }).flatMap(([name, one]) => (one ? [`${name}=${one}`] : []))
  const { answers, corrections } = await find(work, shelf, { q, typing, limit: Math.min(limit, MOST), facets })
  if (answers.length === 0) return NOTHING
  const hits = new Map((await hitsAt(work, shelf, answers)).map((row) => [row.number, row]))
  const asked = new Set([...tellingWords(q, shelf.language), ...corrections.map(({ meant }) => meant)])
  const found = answers.flatMap(({ number, score, features }): Found[] => {
    const hit = hits.get(number)
    return hit ? [{ ...foundOf(hit, shelf.language, asked), score: Math.round(score * 1000) / 1000, features }] : []
  })
  const texts = found.flatMap(({ title, heading, passage }) => [title, heading, passage])
  return {
    found,
    corrections: corrections.flatMap(({ typed, meant }) => {
      const [from, to] = [spelled(typed, [q], shelf.language), spelled(meant, texts, shelf.language)]
      return from !== undefined && to !== undefined ? [{ typed: from, meant: to }] : []
    }),
  }
}

function foundOf(hit: HitRow, language: Locale, asked: ReadonlySet<string>): Omit<Found, 'score' | 'features'> {
  const { id, title, products, audiences, heading } = hit
  return {
    id,
    title,
    language,
    passage: passageOf(hit, language, asked),
    anchor: hit.anchor ?? undefined,
    heading,
    products,
    audiences,
    updatedOn: hit.updatedOn ?? undefined,
  }
}

/** Around what was asked for; the description where the section has none of it. */
function passageOf({ passage, description }: HitRow, language: Locale, asked: ReadonlySet<string>): string {
  const hits = hitsIn(passage, asked, language)
  if (hits.length > 0) return passageAround(passage, hits, PASSAGE[language])
  return passageAround(description.length > 20 ? description : passage, [], PASSAGE[language])
}
