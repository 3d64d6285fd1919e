import { promisify } from 'node:util'
import { gzip, gzipSync } from 'node:zlib'
import type { Context } from 'hono'
import type { Env } from '../ui/visit.ts'

const SMALLEST = 1024
/** From here on another thread compresses, so that nobody waits; below, the way there costs more than the work. */
const LARGEST_AT_ONCE = 128 * 1024
const LEVEL = 4

/** What we write ourselves and send whole. Streams of events are not: they are answered line by line. */
const COMPRESSIBLE = /^(?:text\/(?:html|css|plain|javascript)|application\/(?:json|problem\+json)|image\/svg\+xml)\b/

const inAnotherThread = promisify(gzip)

/**
 * Sends texts as gzip to whoever takes it, in one piece. The middleware that comes with the framework compresses streams, which
 * for a page costs four times the processor time of the compression itself.
 */
export async function compressed(context: Context<Env>, next: () => Promise<void>): Promise<void> {
  await next()
  const { res } = context
  if (!COMPRESSIBLE.test(res.headers.get('content-type') ?? '') || res.headers.has('content-encoding')) return
  res.headers.append('vary', 'Accept-Encoding')
  if (!takesGzip(context.req.header('accept-encoding')) || context.req.method === 'HEAD') return
  const content = Buffer.from(await res.arrayBuffer())
  const headers = new Headers(res.headers)
  if (content.length >= SMALLEST) headers.set('content-encoding', 'gzip')
  headers.delete('content-length')
  const body = content.length < SMALLEST ? content : await zipped(content)
  context.res = undefined
  context.res = new Response(body, { status: res.status, headers })
}

async function zipped(content: Buffer): Promise<Uint8Array<ArrayBuffer>> {
  return content.length > LARGEST_AT_ONCE
    ? inAnotherThread(content, { level: LEVEL })
    : gzipSync(content, { level: LEVEL })
}

/** `gzip` or `*` without a weight of nought. */
function takesGzip(header: string | undefined): boolean {
  return (header ?? '').split(',').some((part) => {
    const [name = '', weight = ''] = part
      .trim()
      .toLowerCase()
      .split(/\s*;\s*q\s*=\s*/)
    return (name === 'gzip' || name === '*') && Number(weight || 1) > 0
  })
}
