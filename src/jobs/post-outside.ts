import { Resolver } from 'node:dns/promises'
import type { IncomingMessage } from 'node:http'
import { Agent, request as requestOver } from 'node:https'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { lanes } from './lanes.ts'
import { isOuter, networkOf } from './outer-address.ts'

/** Why an address that somebody typed is never sent to. */
export type BadTarget = 'not-an-address' | 'not-https' | 'port' | 'with-a-password' | 'inner-address'

/** What became of a message. What failed may go well later; what was refused never will. */
export type Sent =
  | { readonly kind: 'answered'; readonly status: number; readonly retryAfterSeconds: number | undefined }
  | { readonly kind: 'refused'; readonly why: BadTarget }
  | { readonly kind: 'failed'; readonly why: 'unknown-host' | 'timeout' | 'tls' | 'unreachable' }
  | { readonly kind: 'failed'; readonly why: 'resting'; readonly retryAfterSeconds: number }

export type OutsideMessage = { readonly headers: Readonly<Record<string, string>>; readonly body: string }

export type Outside = {
  /** Sends a message to an address that somebody typed. Never throws for what the other side does. */
  readonly post: (url: string, message: OutsideMessage) => Promise<Sent>
  /** Why an address would never be sent to, as far as it shows in how it is written; undefined for a good one. */
  readonly refusalOf: (url: string) => BadTarget | undefined
}

export type OutsideOptions = {
  /** Networks that count as outer though they are not, as `10.1.2.0/24`: for installations whose customers are inside. */
  readonly letThrough?: readonly string[]
  readonly ports?: readonly number[]
  /** Certificates to trust instead of those that every machine trusts, as PEM. */
  readonly ca?: string
  /** Name servers to ask instead of the machine's own, as `127.0.0.1:53`. */
  readonly nameServers?: readonly string[]
  /** For finding the name, connecting and being answered, all together. */
  readonly seconds?: number
}

const URL_LIMIT = 2000
const HEADER_BYTES = 16 * 1024
const ANSWER_BYTES = 64 * 1024
const NAME_MILLISECONDS = 2000
const PATIENCE_MILLISECONDS = 1000
const MOST_ADDRESSES = 16
const PORTS = [443, 8443]
const LANES = { most: 200, perPlace: 4, rest: { seconds: 30, longest: 3600 } } as const

/**
 * The one way to addresses that customers typed. It finds the name's addresses itself, refuses if one of them is inner, and
 * connects to those it has checked, so that a name cannot lead elsewhere the second time. No redirect is followed, no proxy of
 * the environment used; time and size are bounded; a host that hangs holds up nobody else's messages.
 */
export function openOutside(options: OutsideOptions = {}): Outside {
  const letThrough = (options.letThrough ?? []).map(networkOf)
  const { ports = PORTS, ca, nameServers, seconds = 10 } = options
  const { ride } = lanes(LANES)

  return {
    refusalOf(url) {
      const target = targetOf(url, ports)
      if (typeof target === 'string') return target
      const address = nameIn(target)
      return isIP(address) && !isOuter(address, letThrough) ? 'inner-address' : undefined
    },
    async post(url, message) {
      const target = targetOf(url, ports)
      if (typeof target === 'string') return { kind: 'refused', why: target }
      const sent = await ride(target.host, () => sendTo(target, message), isHung)
      return sent.kind === 'done' ? sent.answer : { kind: 'failed', why: 'resting', retryAfterSeconds: sent.seconds }
    },
  }

  async function sendTo(target: URL, message: OutsideMessage): Promise<Sent> {
    const ending = AbortSignal.timeout(seconds * 1000)
    try {
      const addresses = await addressesOf(nameIn(target), { nameServers, ending })
      ending.throwIfAborted()
      if (addresses.length === 0) return { kind: 'failed', why: 'unknown-host' }
      if (!addresses.every((address) => isOuter(address, letThrough))) return { kind: 'refused', why: 'inner-address' }
      return await answerOf(target, { message, addresses, ca, ending })
    } catch (error) {
      return { kind: 'failed', why: ending.aborted ? 'timeout' : reasonOf(error) }
    }
  }
}

/** The address to send to, or what is wrong with it as it is written; where its name leads is seen when something is sent. */
export function targetOf(written: string, ports: readonly number[] = PORTS): URL | BadTarget {
  const url = written.length <= URL_LIMIT ? URL.parse(written) : null
  if (!url || url.hostname === '') return 'not-an-address'
  if (url.protocol !== 'https:') return 'not-https'
  if (url.username !== '' || url.password !== '') return 'with-a-password'
  return ports.includes(Number(url.port || 443)) ? url : 'port'
}

function nameIn({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

/** Asked of name servers, not of the machine: its own file of hosts knows inner names, and its lookups hold up others. */
async function addressesOf(
  name: string,
  { nameServers, ending }: { readonly nameServers: readonly string[] | undefined; readonly ending: AbortSignal },
): Promise<readonly string[]> {
  if (isIP(name)) return [name]
  const resolver = new Resolver({ timeout: NAME_MILLISECONDS, tries: 2 })
  if (nameServers) resolver.setServers(nameServers)
  ending.addEventListener('abort', () => resolver.cancel())
  const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
  return answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : [])).slice(0, MOST_ADDRESSES)
}

type Sending = {
  readonly message: OutsideMessage
  readonly addresses: readonly string[]
  readonly ca: string | undefined
  readonly ending: AbortSignal
}

function answerOf(target: URL, { message, addresses, ca, ending }: Sending): Promise<Sent> {
  return new Promise((resolve, reject) => {
    // An agent of its own: that of the process may know a proxy from the environment, or keep connections.
    const agent = new Agent({ keepAlive: false, maxCachedSessions: 0 })
    const sending = requestOver(target, {
      method: 'POST',
      agent,
      lookup: only(addresses),
      maxHeaderSize: HEADER_BYTES,
      signal: ending,
      ...(ca === undefined ? {} : { ca }),
      headers: { 'user-agent': 'Svar', 'content-length': Buffer.byteLength(message.body), ...message.headers },
    })
    sending.once('error', reject)
    sending.once('response', (response) => {
      sending.off('error', reject).on('error', () => {}) // it has arrived, whatever comes now
      response.on('error', () => {})
      response.once('close', () => resolve(read(response)))
      drain(response)
    })
    sending.end(message.body)
  })
}

/** Nothing of an answer is kept but its head; the rest is let in for a moment and up to a limit, so that the other side may end. */
function drain(response: IncomingMessage): void {
  const patience = setTimeout(() => response.destroy(), PATIENCE_MILLISECONDS)
  response.once('close', () => clearTimeout(patience))
  let bytes = 0
  response.on('data', (part: Buffer) => {
    bytes += part.length
    if (bytes > ANSWER_BYTES) response.destroy()
  })
}

function read({ statusCode = 0, headers }: IncomingMessage): Sent {
  const after = /^\d{1,6}$/.exec(headers['retry-after'] ?? '')?.[0]
  return { kind: 'answered', status: statusCode, retryAfterSeconds: after === undefined ? undefined : Number(after) }
}

/** Whatever is looked up, these addresses are the answer: they have been checked. */
function only(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_, { all: wantsAll }, answer) => {
    const [first] = all
    if (wantsAll) answer(null, all)
    else if (first) answer(null, first.address, first.family)
  }
}

function reasonOf(error: unknown): 'tls' | 'unreachable' {
  const { code = '' } = error as { code?: string }
  return /^(ERR_TLS|ERR_SSL|CERT_|DEPTH_|SELF_SIGNED|UNABLE_TO_)|_CERT|EPROTO/.test(code) ? 'tls' : 'unreachable'
}

/** A host that takes our time; one that answers anything at all, or refuses at once, does not. */
function isHung(sent: Sent): boolean {
  return sent.kind === 'failed' && sent.why === 'timeout'
}
