import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Bulletin } from '../jobs/bulletin.ts'
import type { Env } from './visit.ts'

/** Says "changed" whenever what has this name on the bulletin has changed, at most twice a second, until the browser leaves. */
export function follow(context: Context<Env>, bulletin: Bulletin, name: string): Response {
  return streamSSE(context, async (stream) => {
    let wake: (() => void) | undefined
    let changed = false
    const unfollow = bulletin.follow(name, () => {
      changed = true
      wake?.()
    })
    stream.onAbort(() => {
      unfollow()
      wake?.()
    })
    await stream.writeSSE({ event: 'hello', data: '' })
    while (!stream.aborted && !stream.closed) {
      if (!changed) await new Promise<void>((resolve) => ((wake = resolve), setTimeout(resolve, 20_000).unref()))
      await stream.writeSSE({ event: changed ? 'changed' : 'still-here', data: '' })
      changed = false
      await stream.sleep(500)
    }
  })
}
