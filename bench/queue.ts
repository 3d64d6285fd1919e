import { createSignIn } from '../src/rooms/people/index.ts'
import { openGround, SECRET } from './ground.ts'
import { load, median } from './loader.ts'
import { plansOfLists } from './plans.ts'
import { seedCases } from './seed-cases.ts'

/*
 * G2a: the agents' queue with 10,000 and with 1,000,000 open cases, at the JSON door and as a page: p95 and its ratio, both sizes
 * served side by side, A B A B. No list may read a whole table at the larger size. Performance.md, section 6.
 * Run with: node --import tsx bench/queue.ts [--url <superuser's URL>] [--large 1000000]
 */

export type QueueFigures = {
  readonly what: string
  readonly small: number
  readonly large: number
  readonly ratio: number
}

const ROUNDS = 5
const SECONDS = 3

export async function measureQueue(options: {
  readonly url?: string | undefined
  readonly large: number
}): Promise<readonly QueueFigures[]> {
  const ground = await openGround(options.url)
  const stops: (() => Promise<void>)[] = []
  try {
    const sides = []
    for (const [database, cases] of [
      ['svar_small', 10_000],
      ['svar_large', options.large],
    ] as const) {
      const { agent, operatorId } = await ground.make(database)
      const seeded = await seedCases(ground.url(database), { operatorId, cases })
      const login = new URL(ground.url(database))
      login.username = 'svar_login'
      const scans = (await plansOfLists(login.href, { ...seeded, operatorId })).filter(
        ({ scanned }) => scanned.length > 0,
      )
      if (scans.length > 0) throw new Error(`with ${cases} cases: ${JSON.stringify(scans)}`)
      const product = await ground.serve(database)
      stops.push(async () => (product.signal('SIGTERM'), product.ended))
      const cookie = await cookieOf(login.href, product.port)
      sides.push({ port: product.port, headers: { authorization: `Bearer ${agent}`, cookie } })
    }
    const figures = []
    for (const path of ['/api/v1/cases?limit=50', '/api/v1/cases?limit=50&waitingFor=customer', '/microsoft/agent']) {
      const p95s: number[][] = [[], []]
      for (let round = 0; round < ROUNDS; round++)
        for (const [at, { port, headers }] of sides.entries()) {
          const check = ({ status, body }: { readonly status: number; readonly body: string }) => {
            if (status !== 200 || !body.includes('Seeded')) throw new Error(`${status} ${body}`)
          }
          const next = () => ({ path, headers })
          p95s[at]?.push((await load({ port, connections: 1, seconds: SECONDS, next, check })).p95)
        }
      const [small = Number.NaN, large = Number.NaN] = p95s.map(median)
      figures.push({ what: `GET ${path}`, small, large, ratio: large / small })
    }
    return figures
  } finally {
    for (const stop of stops) await stop()
    await ground.end()
  }
}

/** The session cookie of the agent, as signing in would give it. */
async function cookieOf(connectionString: string, port: number): Promise<string> {
  const signIn = createSignIn({
    connection: { connectionString },
    publicUrl: `http://127.0.0.1:${port}`,
    secret: SECRET,
    sendCode: async () => {},
  })
  const cookies = await signIn.become('mette@drill.test')
  await signIn.end()
  return cookies.map((cookie) => cookie.split(';')[0]).join('; ')
}

if (import.meta.filename === process.argv[1]) {
  const { parseArgs } = await import('node:util')
  const { values } = parseArgs({ options: { url: { type: 'string' }, large: { type: 'string', default: '1000000' } } })
  console.table(await measureQueue({ url: values.url, large: Number(values.large) }))
}
