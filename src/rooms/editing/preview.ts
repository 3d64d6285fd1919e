import type { Locale } from '../../base/locale.ts'
import type { Agent } from '../../database/actor.ts'
import type { Work } from '../../database/work.ts'
import { requireLead } from '../people/index.ts'
import { previewArticle } from '../self-help/index.ts'
import { articleIds } from './store.ts'

const LINKS = 500

/** What readers would see of a text, safe to be shown. For support leads only. */
export async function previewOf(
  work: Work<Agent>,
  operatorId: string,
  of: { readonly language: Locale; readonly body: string; readonly addressOf: (articleId: string) => string },
): Promise<string> {
  await requireLead(work, operatorId)
  const { language, body, addressOf } = of
  const linked = [...body.matchAll(/\]\(\s*<?([^\s)>#]{1,300})/g)].map(([, to = '']) => to.replace(/\.md$/i, ''))
  const known = await articleIds(work, { operatorId, language }, [...new Set(linked)].slice(0, LINKS))
  const { html } = await previewArticle(body, language, (id) => (known.has(id) ? addressOf(id) : undefined))
  return html
}
