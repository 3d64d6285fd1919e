import { connect } from 'node:net'
import type { Socket } from 'node:net'

/** One keep-alive connection, one request at a time: a loader that costs 40 µs a request, so that it measures the other side. */
export type Line = {
  /** Sends a whole HTTP/1.1 request and waits for its answer; throws when the connection breaks before that. */
  ask(request: string): Promise<Answer>
  close(): void
}

export type Answer = {
  readonly status: number
  readonly head: string
  readonly body: string
  /** The whole answer as it came over the line. */
  readonly byteCount: number
}

export async function openLine(port: number): Promise<Line> {
  const socket = await connected(port)
  let received: Buffer = Buffer.alloc(0)
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined
  const broken = (error: Error) => {
    waiting?.reject(error)
    waiting = undefined
  }
  socket.on('data', (chunk: Buffer) => {
    received = received.length ? Buffer.concat([received, chunk]) : chunk
    const answer = answerIn(received)
    if (!answer) return
    received = Buffer.alloc(0)
    waiting?.resolve(answer)
    waiting = undefined
  })
  socket.on('error', broken)
  socket.on('close', () => broken(new Error('the connection was closed')))
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        if (socket.destroyed) broken(new Error('the connection was closed'))
        else socket.write(request)
      }),
    close: () => socket.destroy(),
  }
}

function connected(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, noDelay: true })
    socket.once('connect', () => {
      socket.removeAllListeners('error')
      resolve(socket)
    })
    socket.once('error', reject)
  })
}

const CRLF = '\r\n'

/** The answer, once it is there to its end; undefined before that. */
function answerIn(received: Buffer): Answer | undefined {
  const end = received.indexOf(CRLF + CRLF)
  if (end < 0) return undefined
  const head = received.toString('latin1', 0, end)
  const rest = received.subarray(end + 4)
  const body = /\ntransfer-encoding: *chunked/i.test(head)
    ? unchunked(rest)
    : ofLength(rest, Number(/\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0))
  return body === undefined ? undefined : { status: Number(head.slice(9, 12)), head, body, byteCount: received.length }
}

function ofLength(rest: Buffer, length: number): string | undefined {
  return rest.length < length ? undefined : rest.toString('utf8', 0, length)
}

function unchunked(rest: Buffer): string | undefined {
  const parts: Buffer[] = []
  for (let at = 0; ;) {
    const line = rest.indexOf(CRLF, at)
    if (line < 0) return undefined
    const length = Number.parseInt(rest.toString('latin1', at, line), 16)
    const next = line + 2 + length + 2
    if (rest.length < next) return undefined
    if (length === 0) return Buffer.concat(parts).toString()
    parts.push(rest.subarray(line + 2, line + 2 + length))
    at = next
  }
}

export type Asked = {
  readonly method?: 'GET' | 'POST'
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A request as it goes over the wire. */
export function written({ method = 'GET', path, headers = {}, body }: Asked): string {
  const all = {
    host: '127.0.0.1',
    ...headers,
    ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
  }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
  return [`${method} ${path} HTTP/1.1`, ...lines, '', body ?? ''].join(CRLF)
}

export type Load = {
  readonly port: number
  readonly connections: number
  readonly seconds: number
  readonly next: () => Asked
  /** Throws at an answer that is not the expected one: a fast mistake is no result. */
  readonly check: (answer: Answer) => void
}

export type Figures = {
  readonly perSecond: number
  readonly p50: number
  readonly p95: number
  readonly p99: number
  readonly answers: number
}

/** Asks on all connections for the time given, each as soon as it was answered. Times are milliseconds. */
export async function load({ port, connections, seconds, next, check }: Load): Promise<Figures> {
  const start = performance.now()
  const until = start + seconds * 1000
  const times: number[] = []
  const one = async () => {
    const line = await openLine(port)
    for (let asked = performance.now(); asked < until;) {
      check(await line.ask(written(next())))
      const answered = performance.now()
      times.push(answered - asked)
      asked = answered
    }
    line.close()
  }
  await Promise.all(Array.from({ length: connections }, one))
  return figuresOf(times, (performance.now() - start) / 1000)
}

export function figuresOf(times: readonly number[], seconds: number): Figures {
  const sorted = times.toSorted((one, other) => one - other)
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
  return { perSecond: times.length / seconds, p50: at(0.5), p95: at(0.95), p99: at(0.99), answers: times.length }
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2
}
