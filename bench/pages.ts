import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../src/database/launcher.ts'
import { freePort, startProduct } from '../test/drills/product.ts'
import type { Product, ProductOptions } from '../test/drills/product.ts'
import { openLine, written } from './loader.ts'
import { cpuSecondsOf } from './processes.ts'

/*
 * G4: processor time of the app's process for one page, in milliseconds, on the demonstration: asked one after the other over one
 * connection, as a browser asks, after a warm-up. Performance.md, section 6. Linux only. Run with:
 * node --import tsx bench/pages.ts [--rounds 500] [--profile <folder>]
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

const PAGES = [
  { path: '/microsoft/', as: undefined },
  { path: '/microsoft/', as: CUSTOMER },
  { path: '/microsoft/help', as: undefined },
  { path: '/microsoft/help?q=shared+mailbox+access', as: undefined },
  { path: '/microsoft/help?q=shared+mailbox+access', as: CUSTOMER },
  { path: '/microsoft/articles/shared-mailbox', as: undefined },
  { path: '/microsoft/contact', as: CUSTOMER },
  { path: '/microsoft/cases', as: CUSTOMER },
  { path: '/microsoft/agent', as: AGENT },
] as const

const WARM_UP = 300

export async function measurePages(
  options: { readonly rounds?: number; readonly product?: Pick<ProductOptions, 'nodeOptions'> } = {},
): Promise<readonly PageFigures[]> {
  const { rounds = 500 } = options
  const folder = mkdtempSync(join(tmpdir(), 'svar-pages-'))
  const product = await startProduct({ folder, port: await freePort(), command: 'start', ...options.product })
  try {
    const cookies = { [CUSTOMER]: await cookieOf(product, CUSTOMER), [AGENT]: await cookieOf(product, AGENT) }
    const asked = PAGES.map(({ path, as }) => ({ path, as, cookie: as ? cookies[as] : '' }))
    for (const one of asked) await askOften(product, one, WARM_UP)
    const figures: PageFigures[] = []
    for (const one of asked) {
      const before = cpuSecondsOf(product.pid)
      const bytes = await askOften(product, one, rounds)
      const cpu = ((cpuSecondsOf(product.pid) - before) / rounds) * 1000
      figures.push({ page: one.path, as: one.as ?? 'a visitor', cpu, bytes })
    }
    return figures
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
  const request = written({ path, headers })
  let bytes = 0
  for (let asked = 0; asked < times; asked++) {
    const answer = await line.ask(request)
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
  const { values } = parseArgs({ options: { rounds: { type: 'string', default: '500' }, profile: { type: 'string' } } })
  const nodeOptions = values.profile ? ['--cpu-prof', `--cpu-prof-dir=${values.profile}`] : []
  console.table(await measurePages({ rounds: Number(values.rounds), product: { nodeOptions } }))
}
