import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { read } from '../../../api/read.ts'
import { chooseLocale } from '../../../base/locale.ts'
import type { Env } from '../../../ui/visit.ts'
import { articlePath, search, suggest } from '../index.ts'

/**
 * What the pane in other people's portals asks. Open to every page, and therefore the same for everybody: it sees what the
 * operator publishes, whoever is signed in.
 */
export function panePages(): Hono<Env> {
  return new Hono<Env>()
    .get('/pane/suggest', (context) => answer(context, suggest, 5))
    .get('/pane/search', (context) => answer(context, search, 10))
}

const asked = z.object({ q: z.string().max(2000).default(''), language: z.string().max(35).default('') })

async function answer(context: Context<Env>, find: typeof search, limit: number): Promise<Response> {
  const { database, operatorId, locale, languages, link } = context.get('visit')
  const { q, language: wish } = read(asked, context.req.query())
  const language = wish ? chooseLocale([wish], languages) : locale
  const found = await database.work({ kind: 'visitor', operatorId }, (work) =>
    find(work, { operatorId, language, q, limit }),
  )
  context.header('access-control-allow-origin', '*')
  context.header('cross-origin-resource-policy', 'cross-origin')
  return context.json({
    results: found.map(({ id, title, passage, anchor, score, language: of }) => ({
      id,
      title,
      language: of,
      passage,
      score,
      url: new URL(link(articlePath(id, anchor)), context.req.url).href,
    })),
  })
}
