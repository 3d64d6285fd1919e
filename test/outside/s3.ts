import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

type Stored = { readonly contentType: string; readonly cacheControl: string; readonly body: string }

/** A store that speaks S3, as far as files are put into it and taken out: it checks the signature as the service's documentation writes it. */
export async function s3({ key, secret, region }: { key: string; secret: string; region: string }) {
  const files = new Map<string, Stored>()
  let broken = 0
  const server = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request)
      if (broken > 0 && broken--) return response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>')
      if (!isSigned(request, body, { key, secret, region }))
        return response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>')
      if (request.method === 'DELETE') {
        files.delete(request.url ?? '')
        return response.writeHead(204).end()
      }
      files.set(request.url ?? '', {
        contentType: request.headers['content-type'] ?? '',
        cacheControl: request.headers['cache-control'] ?? '',
        body: body.toString(),
      })
      return response.writeHead(200, { etag: '"1"' }).end()
    })()
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    files,
    /** The next so many requests are answered with 503. */
    breakFor: (requests: number) => (broken = requests),
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const hash = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
const mac = (key: string | Buffer, content: string) => createHmac('sha256', key).update(content).digest()

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/

/** AWS Signature Version 4: the request written out plainly, hashed, and signed with a key made from day, region and service. */
function isSigned(
  request: IncomingMessage,
  body: Buffer,
  known: { key: string; secret: string; region: string },
): boolean {
  const [, key, day = '', region, names = '', signature = ''] =
    AUTHORIZATION.exec(request.headers.authorization ?? '') ?? []
  const { headers } = request
  const moment = String(headers['x-amz-date'])
  const content = String(headers['x-amz-content-sha256'])
  if (key !== known.key || region !== known.region || !moment.startsWith(day) || content !== hash(body)) return false
  const always = ['host', 'x-amz-date', 'x-amz-content-sha256']
  for (const needed of request.method === 'PUT' ? [...always, 'content-type'] : always)
    if (!names.split(';').includes(needed)) return false
  const lines = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`)
  const plain = [request.method, request.url, '', lines.join(''), names, content].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const signing = [day, region, 's3', 'aws4_request'].reduce<string | Buffer>(mac, `AWS4${known.secret}`)
  const expected = mac(signing, ['AWS4-HMAC-SHA256', moment, scope, hash(plain)].join('\n')).toString('hex')
  return timingSafeEqual(Buffer.from(expected), Buffer.from(signature))
}
