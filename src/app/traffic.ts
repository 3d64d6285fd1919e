import type { MiddlewareHandler } from 'hono'

/** Whether this process is answering somebody right now, so that its jobs can wait for a better moment. */
export type Traffic = { readonly isBusy: () => boolean; readonly counted: MiddlewareHandler }

/** Who was just answered often asks again at once. */
const PAUSE_MILLISECONDS = 5

export function traffic(): Traffic {
  let answering = 0
  let last = -Infinity
  return {
    isBusy: () => answering > 0 || performance.now() - last < PAUSE_MILLISECONDS,
    async counted(_, next) {
      answering++
      try {
        await next()
      } finally {
        answering--
        last = performance.now()
      }
    },
  }
}
