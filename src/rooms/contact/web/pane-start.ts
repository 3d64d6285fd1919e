import type { Context } from 'hono'
import { chooseLocale } from '../../../base/locale.ts'
import type { Env } from '../../../ui/visit.ts'
import { charterInForce } from '../../entitlements/index.ts'
import { currentHealth, healthItems, knownIncidents } from '../../service-health/index.ts'
import { z } from 'zod'
import { read } from '../../../api/read.ts'
import { words } from '../messages/words.ts'

const WORDS = [
  'button',
  'close',
  'title',
  'label',
  'hint',
  'none',
  'found',
  'contact',
  'allHelp',
  'healthWell',
  'known',
  'unreachable',
] as const

/** What the pane needs when it opens on somebody else's page: its words, the health line, where to go on. Public, so for any origin. */
export async function paneStart(context: Context<Env>): Promise<Response> {
  const visit = context.get('visit')
  const locale = chooseLocale([context.req.query('language') ?? '', visit.locale], visit.languages)
  const say = words(locale)
  const visitor = { kind: 'visitor', operatorId: visit.operatorId } as const
  const { charter, incidents } = await visit.database.work(visitor, async (work) => ({
    charter: (await charterInForce(work, visit.operatorId)).charter,
    incidents: await currentHealth(work, visit.operatorId),
  }))
  const { origin } = new URL(context.req.url)
  return context.json(
    {
      words: Object.fromEntries(WORDS.map((key) => [key, say(`pane.${key}`)])),
      health: healthItems({ locale }, charter.services, incidents).map(({ service, title, impact }) => ({
        service,
        title,
        impact,
      })),
      contactUrl: `${origin}${visit.link('/contact')}`,
      helpUrl: `${origin}${visit.link('/help')}`,
    },
    200,
    { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' },
  )
}

const asked = z.object({ q: z.string().max(2000).default(''), language: z.string().max(35).default('') })

/** What is known to be broken and may be what somebody asks in the pane. Open to every page, so of what is told to everybody. */
export async function paneKnown(context: Context<Env>): Promise<Response> {
  const { database, operatorId, locale, languages, link } = context.get('visit')
  const { q, language: wish } = read(asked, context.req.query())
  const language = wish ? chooseLocale([wish], languages) : locale
  const items = await database.work({ kind: 'visitor', operatorId }, async (work) => {
    const known = await knownIncidents(work, { operatorId, language, q, typing: true })
    const { charter } = await charterInForce(work, operatorId)
    return healthItems({ locale: language }, charter.services, known)
  })
  context.header('access-control-allow-origin', '*')
  context.header('cross-origin-resource-policy', 'cross-origin')
  return context.json({
    known: items.map(({ incidentId, service, title, impact, language: of }) => ({
      title: `${service}: ${title}`,
      passage: impact,
      language: of,
      url: new URL(link(`/health/incidents/${incidentId}`), context.req.url).href,
    })),
  })
}
