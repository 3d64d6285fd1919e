import { Client } from 'pg'
import type { ClientConfig } from 'pg'
import { CHANNEL } from '../database/crier.ts'

export type Bulletin = {
  /** Calls back when the operator's queue has changed, until the returned function is called. */
  follow(operatorId: string, changed: () => void): () => void
  end(): Promise<void>
}

/** Listens on one connection of its own, again after it was lost, and hands on what it hears. */
export async function listenForChanges(connection: ClientConfig): Promise<Bulletin> {
  const followers = new Map<string, Set<() => void>>()
  let ended = false
  let client: Client | undefined
  const connect = async (): Promise<void> => {
    client = new Client(connection)
    client.on('notification', ({ payload = '' }) => followers.get(payload)?.forEach((changed) => changed()))
    client.on('error', () => {})
    client.on('end', () => void (ended || setTimeout(() => void connect().catch(() => {}), 1000)))
    await client.connect()
    await client.query(`listen ${CHANNEL}`)
  }
  await connect()
  return {
    follow(operatorId, changed) {
      const set = followers.get(operatorId) ?? new Set()
      followers.set(operatorId, set.add(changed))
      return () => void set.delete(changed)
    },
    async end() {
      ended = true
      await client?.end()
    },
  }
}
