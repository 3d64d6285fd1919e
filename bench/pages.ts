import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../src/database/launcher.ts'
import { freePort, startProduct } from '../test/drills/product.ts'
import type { Product, ProductOptions } from '../test/drills/product.ts'
import { median, openLine, written } from './loader.ts'
import { cpuSecondsOf } from './processes.ts'

/*
 * G4: processor time of the app's process for one page, in milliseconds, on the demonstration: asked one after the other over one
 * connection, as a browser asks, after a warm-up, the median of five rounds over all
 * pages; `/healthz` shows what any answer costs. Performance.md, section 6. Linux only. Run with:
 * node --import tsx bench/pages.ts [--requests 200] [--profile <folder>]
 */

export type PageFigures = {
  readonly page: string
  readonly as: string
  /** Milliseconds of processor time a request. */
  readonly cpu: number
  /** As sent over the line. */
  readonly bytes: number
}

const CUSTOMER = 'admin@havn.example'
const AGENT = 'agent@microsoft.example'

/** Questions differ, or the second time would cost less than it does in life. */
const QUESTIONS = [
  'shared mailbox access',
  'forward mail to another address',
  'reset password user',
  'add a domain',
  'quarantine message release',
  'license invoice',
  'guest cannot open folder',
  'meeting recording missing',
].map(encodeURIComponent)

const PAGES = [
  { path: '/healthz', as: undefined },
  { path: '/microsoft/', as: undefined },
  { path: '/microsoft/', as: CUSTOMER },
  { path: '/microsoft/help', as: undefined },
  { path: '/microsoft/help?q=…', as: undefined },
  { path: '/microsoft/help?q=…', as: CUSTOMER },
  { path: '/microsoft/articles/shared-mailbox', as: undefined },
  { path: '/microsoft/contact', as: CUSTOMER },
  { path: '/microsoft/cases', as: CUSTOMER },
  { path: '/microsoft/agent', as: AGENT },
] as const

const WARM_UP = 300
const ROUNDS = 5

export async function measurePages(
  options: { readonly requests?: number; readonly product?: Pick<ProductOptions, 'nodeOptions'> } = {},
): Promise<readonly PageFigures[]> {
  const { requests = 200 } = options
  const folder = mkdtempSync(join(tmpdir(), 'svar-pages-'))
  const product = await startProduct({ folder, port: await freePort(), command: 'start', ...options.product })
  try {
    const cookies = { [CUSTOMER]: await cookieOf(product, CUSTOMER), [AGENT]: await cookieOf(product, AGENT) }
    const asked = PAGES.map(({ path, as }) => ({ path, as, cookie: as ? cookies[as] : '' }))
    for (const one of asked) await askOften(product, one, WARM_UP)
    const figures = asked.map(() => ({ cpu: [] as number[], bytes: 0 }))
    for (let round = 0; round < ROUNDS; round++)
      for (const [at, one] of asked.entries()) {
        const before = cpuSecondsOf(product.pid)
        const bytes = await askOften(product, one, requests)
        figures[at]?.cpu.push(((cpuSecondsOf(product.pid) - before) / requests) * 1000)
        Object.assign(figures[at] ?? {}, { bytes })
      }
    return asked.map(({ path, as = 'a visitor' }, at) => {
      const { cpu = [], bytes = 0 } = figures[at] ?? {}
      return { page: path, as, cpu: median(cpu), bytes }
    })
  } finally {
    product.signal('SIGTERM')
    await product.ended
    await (await startEmbedded(folder)).stop('anyway')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Asks for a page again and again; answers how many bytes the last answer had. */
async function askOften(
  { port }: Product,
  { path, cookie }: { readonly path: string; readonly cookie: string },
  times: number,
): Promise<number> {
  const line = await openLine(port)
  const headers = {
    'accept-encoding': 'gzip, deflate, br, zstd',
    'accept-language': 'en',
    ...(cookie ? { cookie } : {}),
  }
  let bytes = 0
  for (let asked = 0; asked < times; asked++) {
    const answer = await line.ask(
      written({ path: path.replace('…', QUESTIONS[asked % QUESTIONS.length] ?? ''), headers }),
    )
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
    bytes = answer.byteCount
  }
  line.close()
  return bytes
}

/** The session of one of the demonstration's people. */
async function cookieOf({ port }: Product, email: string): Promise<string> {
  const origin = `http://127.0.0.1:${port}`
  const response = await fetch(`${origin}/microsoft/demonstration/people`, {
    method: 'POST',
    body: new URLSearchParams({ email }),
    headers: { origin },
    redirect: 'manual',
  })
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

if (import.meta.filename === process.argv[1]) {
  const { parseArgs } = await import('node:util')
  const { values } = parseArgs({
    options: { requests: { type: 'string', default: '200' }, profile: { type: 'string' } },
  })
  const nodeOptions = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : []
  console.table(await measurePages({ requests: Number(values.requests), product: { nodeOptions } }))
}
