import { createServer } from 'node:https'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { makeAuthority, makeServerCertificate } from '../../src/app/local-authority.ts'

export type Received = { readonly path: string; readonly headers: IncomingHttpHeaders; readonly body: string }

const NOW = Temporal.Now.instant()
const authority = await makeAuthority(NOW)
const certificate = await makeServerCertificate(authority, ['hooks.test', '*.hooks.test', '127.0.0.1'], NOW)

/** What has to be trusted to believe an endpoint. */
export const endpointAuthority = authority.certificate

type Endpoint = {
  readonly port: number
  /** Every message that came in whole. */
  readonly received: readonly Received[]
  /** How many connections were begun, also those over which nothing came. */
  readonly connections: () => number
  readonly close: () => Promise<void>
}

/** A customer's server that takes messages over https, for `hooks.test` and what lies below. */
export async function endpoint(
  answer: (request: Received, response: ServerResponse) => void = (_, response) => response.end(),
  { port: wanted = 0, host = '127.0.0.1' } = {},
): Promise<Endpoint> {
  const received: Received[] = []
  let connections = 0
  const server = createServer({ key: certificate.key, cert: certificate.certificate }, (request, response) => {
    void (async () => {
      const one = { path: request.url ?? '', headers: request.headers, body: await bodyOf(request) }
      received.push(one)
      answer(one, response)
    })()
  })
  server.on('connection', () => connections++)
  server.on('tlsClientError', () => {})
  await new Promise<void>((listening) => server.listen(wanted, host, listening))
  const { port } = server.address() as AddressInfo
  return {
    port,
    received,
    connections: () => connections,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}
