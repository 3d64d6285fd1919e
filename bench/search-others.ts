import MiniSearch from 'minisearch'
import { Client } from 'pg'
import type { Locale } from '../src/base/locale.ts'
import { cutWords } from '../src/rooms/search/words.ts'
import type { BenchArticle } from './search-sets.ts'

/** Another engine over the same articles: ids, the best first. */
export type Engine = {
  readonly name: string
  ask(q: string, typing: boolean): Promise<readonly string[]>
  end(): Promise<void>
}

const LIMIT = 10
const BOOST = { title: 8, headings: 3, description: 2, links: 3, body: 1 }

/** MiniSearch as somebody who knows it would set it up: stems, fields, beginnings, small mistakes, texts of links that lead to an article. */
export function miniSearch(articles: readonly BenchArticle[], language: Locale): Engine {
  const stems = (text: string) =>
    cutWords(text, language).flatMap(({ word, kind }) => (kind === 'character' ? [] : [word]))
  const engine = new MiniSearch<{ id: string }>({
    fields: Object.keys(BOOST),
    tokenize: stems,
    processTerm: (term) => term,
    searchOptions: {
      boost: BOOST,
      fuzzy: (term) => (/^[a-z]{4,}$/.test(term) ? 0.2 : false),
      weights: { fuzzy: 0.3, prefix: 0.4 },
    },
  })
  engine.addAll(articles.map((one) => ({ ...one, headings: one.headings.join('\n'), links: linksTo(one, articles) })))
  return {
    name: 'MiniSearch, tuned',
    ask: async (q, typing) =>
      engine
        .search(q, typing ? { prefix: (_, at, terms) => at === terms.length - 1 } : {})
        .slice(0, LIMIT)
        .map(({ id }) => String(id)),
    end: async () => {},
  }
}

const lines = new WeakMap<readonly BenchArticle[], ReadonlyMap<string, readonly string[]>>()

function linksTo({ id }: BenchArticle, articles: readonly BenchArticle[]): string {
  let known = lines.get(articles)
  if (!known) {
    const all = articles.flatMap(({ id: from, links }) => links.filter(({ target }) => target !== from))
    known = new Map(
      [...Map.groupBy(all, ({ target }) => target)].map(([target, own]) => [target, own.map(({ text }) => text)]),
    )
    lines.set(articles, known)
  }
  return (known.get(id) ?? []).join('\n')
}

const CONFIGURATION: Record<Locale, string> = { en: 'english', da: 'danish', 'zh-Hans': 'simple' }

/** PostgreSQL full text with weighted fields, any word enough, and trigrams of the title where the server has them. */
export async function postgresFullText(
  url: string,
  articles: readonly BenchArticle[],
  language: Locale,
): Promise<Engine> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const trigrams = await client.query('create extension if not exists pg_trgm').then(
    () => true,
    () => false,
  )
  const configuration = CONFIGURATION[language]
  const spoken = (text: string) => (language === 'zh-Hans' ? pairs(text) : text)
  await client.query('drop table if exists bench_text; create table bench_text (id text, title text, words tsvector)')
  await client.query(
    `insert into bench_text select id, lower(title),
       setweight(to_tsvector($2::regconfig, title), 'A') || setweight(to_tsvector($2::regconfig, headings || ' ' || links), 'B')
       || setweight(to_tsvector($2::regconfig, description), 'C') || setweight(to_tsvector($2::regconfig, body), 'D')
     from json_to_recordset($1) as a (id text, title text, headings text, links text, description text, body text)`,
    [
      JSON.stringify(
        articles.map((one) => ({
          id: one.id,
          title: spoken(one.title),
          headings: spoken(one.headings.join('\n')),
          links: spoken(linksTo(one, articles)),
          description: spoken(one.description),
          body: spoken(one.body).slice(0, 200_000),
        })),
      ),
      configuration,
    ],
  )
  const alike = trigrams ? ' + 2 * similarity(title, lower($1))' : ''
  return {
    name: trigrams ? 'PostgreSQL full text + trigrams' : 'PostgreSQL full text',
    ask: async (q, typing) => {
      const words = spoken(q).match(/[\p{L}\p{N}]+/gu) ?? []
      if (words.length === 0) return []
      const query = words.map((word, at) => (typing && at === words.length - 1 ? `${word}:*` : word)).join(' | ')
      const { rows } = await client.query<{ id: string }>(
        `select id from bench_text, to_tsquery($2::regconfig, $3) as query
         where words @@ query${trigrams ? ' or title % lower($1)' : ''}
         order by ts_rank('{0.05, 0.2, 0.4, 1}', words, query, 1)${alike} + 0 * length($1) desc, id limit ${LIMIT}`,
        [spoken(q), configuration, query],
      )
      return rows.map(({ id }) => id)
    },
    end: async () => client.end(),
  }
}

/** Chinese as words of two neighbouring characters: PostgreSQL cuts none. */
function pairs(text: string): string {
  return text.replaceAll(/\p{Script=Han}+/gu, (run) => {
    const characters = Array.from(run)
    return ` ${
      characters.length === 1
        ? run
        : characters
            .slice(1)
            .map((next, at) => `${characters[at]}${next}`)
            .join(' ')
    } `
  })
}
