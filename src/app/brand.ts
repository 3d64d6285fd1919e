import type { Context } from 'hono'
import type { Env } from '../ui/visit.ts'
import type { Operators } from './operators.ts'

/** The operator's colours as a style sheet - its own and those of its severities: brands are data, and inline styles are not allowed. */
export function brandStyle(operators: Operators) {
  return async (context: Context<Env>) => {
    const operator = await operators.byId(context.get('visit').operatorId)
    const { light, dark } = operator?.charter.brand.color ?? { light: '#0f6cbd', dark: '#479ef5' }
    const colors = `:root{--brand:${light}}@media (prefers-color-scheme:dark){:root{--brand:${dark}}}`
    const style = colors + severityStyle(operator?.charter.severities ?? [])
    return context.body(style, 200, { 'content-type': 'text/css', 'cache-control': 'public, max-age=300' })
  }
}

/** The worst severity is marked as danger, and the next one as a warning unless it is the mildest. */
function severityStyle(severities: readonly { readonly id: string }[]): string {
  const ranked = severities.length > 1 ? severities.slice(0, Math.min(2, severities.length - 1)) : []
  return ranked
    .map(({ id }, rank) => {
      const [kind, shade] = rank === 0 ? ['Danger', 1] : ['Warning', 3]
      return `.severity-${id}{color:var(--colorStatus${kind}Foreground${shade});background:var(--colorStatus${kind}Background1)}`
    })
    .join('')
}
