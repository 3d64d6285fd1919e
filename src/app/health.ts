import { Hono } from 'hono'
import type { Context } from 'hono'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Database } from '../database/work.ts'
import type { Env } from '../ui/visit.ts'

const registry = new Registry()
collectDefaultMetrics({ register: registry, prefix: 'svar_' })
const seconds = new Histogram({
  name: 'svar_http_seconds',
  help: 'Time to answer, by method, route pattern and status.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 1, 5],
  registers: [registry],
})

export async function measured(context: Context<Env>, next: () => Promise<void>): Promise<void> {
  const done = seconds.startTimer()
  await next()
  done({ method: context.req.method, route: context.req.routePath, status: String(context.res.status) })
}

/** `/healthz`: the process answers. `/readyz`: the database does too. `/metrics`: figures without people. */
export function healthRoutes(database: Database): Hono<Env> {
  return new Hono<Env>()
    .get('/healthz', (context) => context.text('ok\n'))
    .get('/readyz', async (context) => {
      try {
        await database.ping()
        return context.text('ready\n')
      } catch {
        return context.text('the database does not answer\n', 503)
      }
    })
    .get('/metrics', async (context) =>
      context.body(await registry.metrics(), 200, { 'content-type': registry.contentType }),
    )
}
