import type { Context } from 'hono'
import type { Env } from '../ui/visit.ts'
import type { Operators } from './operators.ts'

/** The operator's colour as a style sheet: brands are data, and inline styles are not allowed. */
export function brandStyle(operators: Operators) {
  return async (context: Context<Env>) => {
    const operator = await operators.byId(context.get('visit').operatorId)
    const { light, dark } = operator?.charter.brand.color ?? { light: '#0f6cbd', dark: '#479ef5' }
    const style = `:root{--brand:${light}}@media (prefers-color-scheme:dark){:root{--brand:${dark}}}`
    return context.body(style, 200, { 'content-type': 'text/css', 'cache-control': 'public, max-age=300' })
  }
}
