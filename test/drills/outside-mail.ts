import { SMTPServer } from 'smtp-server'

/** Somebody else's mail server: takes everything, and counts the copies of each mail by its Message-ID. */
export type OutsideMail = {
  readonly url: string
  readonly copies: ReadonlyMap<string, number>
  /** The mail that came in last, as it came. */
  newest(): string
  end(): Promise<void>
}

export async function openOutsideMail(): Promise<OutsideMail> {
  const copies = new Map<string, number>()
  let newest = ''
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, _, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        newest = Buffer.concat(parts).toString()
        const id = /^message-id: *<([^>@]+)@/im.exec(newest)?.[1] ?? 'without an id'
        copies.set(id, (copies.get(id) ?? 0) + 1)
        done(null)
      })
    },
  })
  server.on('error', () => {}) // a client that was killed in the middle of a mail
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `smtp://127.0.0.1:${port}`,
    copies,
    newest: () => newest,
    end: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
