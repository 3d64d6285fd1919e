/**
 * Several views of the same wait, of which the first is the model's. The model is believed unless another view has been better
 * lately by a clear margin: then the world does something the model does not know, and whoever sees it leads until it ends.
 */
export type Views = { losses: number[] }

const FORGETS = 1 - 1 / 400
/** Another view leads when its error is below this share of the model's. */
const MARGIN = 0.85
/** So many waits are seen before anybody but the model may lead. */
const TRIAL = 40

export function newViews(): Views & { seen: number } {
  return { losses: [], seen: 0 }
}

export type ViewRecord = Views & { seen: number }

export function leading(record: ViewRecord, views: readonly number[]): number {
  const { losses, seen } = record
  if (seen < TRIAL || losses.length !== views.length) return views[0]!
  let best = 0
  for (let k = 1; k < losses.length; k++) if (losses[k]! < (best === 0 ? losses[0]! * MARGIN : losses[best]!)) best = k
  return views[best]!
}

export function learnViews(record: ViewRecord, views: readonly number[], wait: number): void {
  if (record.losses.length !== views.length) record.losses = views.map(() => 0)
  record.seen = Math.min(record.seen + 1, 1e6)
  views.forEach((view, k) => (record.losses[k] = record.losses[k]! * FORGETS + Math.abs(view - wait)))
}
