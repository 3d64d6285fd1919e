/**
 * Several views of the same wait, of which the first is the model's. The model is believed unless another view has been much better
 * for long: then the world does something the model does not know, and whoever sees it leads until that ends. Averages of views were
 * tried as well, and cost more than they gave (decision 13).
 */
export type Views = {
  seen: number
  /** Absolute error of each view, forgetting. */
  losses: number[]
}

const FORGETS = 1 - 1 / 1000
/** Another view leads when its error is below this share of the model's: neighbouring waits err alike, so little is proven by a little. */
const MARGIN = 0.75
/** So many waits are seen before anybody but the model may lead. */
const TRIAL = 100

export function newViews(): Views {
  return { seen: 0, losses: [] }
}

export function leading({ seen, losses }: Views, views: readonly number[]): number {
  if (seen < TRIAL) return views[0]!
  let best = 0
  let least = losses[0]! * MARGIN
  for (const [k, loss] of losses.entries())
    if (loss < least) {
      best = k
      least = loss
    }
  return views[best]!
}

export function learnViews(record: Views, views: readonly number[], wait: number): void {
  if (record.losses.length !== views.length) record.losses = views.map(() => 0)
  record.seen += 1
  for (const [k, view] of views.entries()) record.losses[k] = record.losses[k]! * FORGETS + Math.abs(view - wait)
}
