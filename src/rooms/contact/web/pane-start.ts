import type { Context } from 'hono'
import { chooseLocale } from '../../../base/locale.ts'
import type { Env } from '../../../ui/visit.ts'
import { charterInForce } from '../../entitlements/index.ts'
import { currentHealth, healthItems } from '../../service-health/index.ts'
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
