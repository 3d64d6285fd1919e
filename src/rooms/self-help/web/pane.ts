import { Hono } from 'hono'
import type { Context } from 'hono'
import { z } from 'zod'
import { read } from '../../../api/read.ts'
import { chooseLocale } from '../../../base/locale.ts'
import type { Env } from '../../../ui/visit.ts'
import { idFrom, isReader, newSlip, noteQuestion, noting, questionIdOf, referring } from '../../evidence/index.ts'
import { articlePath, groupingWords, search, suggest } from '../index.ts'

/**
 * What the pane in other people's portals asks. Open to every page, and therefore the same for everybody: it sees what the
 * operator publishes, whoever is signed in. `settled` says that somebody opened one of the suggestions it was answered with, and
 * carries the reference of that answer: only then they are noted as a question.
 */
export function panePages(): Hono<Env> {
  return new Hono<Env>()
    .get('/pane/suggest', (context) => answer(context, suggest, 5))
    .get('/pane/search', (context) => answer(context, search, 10))
}

const asked = z.object({
  q: z.string().max(2000).default(''),
  language: z.string().max(35).default(''),
  settled: z.string().max(40).optional(),
})

async function answer(context: Context<Env>, find: typeof search, limit: number): Promise<Response> {
  const { database, operatorId, locale, languages, link } = context.get('visit')
  const { q, language: wish, settled } = read(asked, context.req.query())
  const language = wish ? chooseLocale([wish], languages) : locale
  const reference = idFrom(settled) ?? questionIdOf(newSlip(), language, q)
  const found = await noting(database, { kind: 'visitor', operatorId }, async (work, note) => {
    const list = await find(work, { operatorId, language, q, limit })
    if (idFrom(settled) && isReader(context.req))
      note(() =>
        noteQuestion(work, {
          operatorId,
          questionId: reference,
          visitId: reference,
          language,
          text: q.slice(0, 200),
          place: 'pane',
          found: list.length,
          shown: list.map(({ id }) => id),
          wordsOf: (text) => groupingWords(text, language),
        }),
      )
    return list
  })
  context.header('access-control-allow-origin', '*')
  context.header('cross-origin-resource-policy', 'cross-origin')
  return context.json({
    reference,
    results: found.map(({ id, title, passage, anchor, score, language: of }, at) => ({
      id,
      title,
      language: of,
      passage,
      score,
      url: new URL(link(referring(articlePath(id, anchor), { asked: reference, place: at + 1 })), context.req.url).href,
    })),
  })
}
