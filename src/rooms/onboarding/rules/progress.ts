import type { State } from './marking.ts'

/** How far a checklist is. `settled` are the steps that are done or not for the organization. */
export type Progress = {
  readonly total: number
  readonly done: number
  readonly aside: number
  readonly settled: number
  /** The first open step; undefined when there is none. */
  readonly next: string | undefined
}

/** How far an organization is, by the steps there are now: what was ticked of steps that are gone counts no more. */
export function progressOf(steps: readonly { readonly id: string }[], states: ReadonlyMap<string, State>): Progress {
  const count = (state: State) => steps.filter(({ id }) => states.get(id) === state).length
  const [done, aside] = [count('done'), count('not-for-us')]
  const next = steps.find(({ id }) => (states.get(id) ?? 'open') === 'open')?.id
  return { total: steps.length, done, aside, settled: done + aside, next }
}
