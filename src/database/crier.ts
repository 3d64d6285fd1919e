/** The channel on which the processes tell one another whose queue has changed. */
export const CHANNEL = 'svar_queue'

export type Crier = { cry(operatorIds: ReadonlySet<string>): void; end(): Promise<void> }

const PAUSE_MILLISECONDS = 100

/** Says each name once, a moment later, however often it was given: a hundred cases in that moment are one announcement. */
export function crier(say: (operatorIds: readonly string[]) => Promise<unknown>): Crier {
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  let saying: Promise<unknown> = Promise.resolve()
  const sayAll = () => {
    timer = undefined
    saying = say([...waiting]).catch(() => {}) // whoever listens lost the connection too, and looks again
    waiting.clear()
  }
  return {
    cry(operatorIds) {
      for (const operatorId of operatorIds) waiting.add(operatorId)
      if (waiting.size > 0) timer ??= setTimeout(sayAll, PAUSE_MILLISECONDS).unref()
    },
    async end() {
      clearTimeout(timer)
      if (waiting.size > 0) sayAll()
      await saying
    },
  }
}
