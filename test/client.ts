import type { Somebody, World } from './world.ts'

export type Answer = {
  readonly status: number
  readonly body: string
  readonly headers: Headers
  readonly path: string
}

/** Somebody at a browser without JavaScript: follows links, sends forms, keeps the session's cookie. */
export function browserOf(world: World, who?: Somebody) {
  let cookie: Promise<string> | undefined
  async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
    cookie ??= who ? world.cookieOf(who) : Promise.resolve('')
    const headers = new Headers(init.headers)
    headers.set('x-forwarded-for', '192.0.2.1')
    headers.set('cookie', await cookie)
    const response = await world.app.fetch(
      new Request(`http://svar.test${path}`, { ...init, headers, redirect: 'manual' }),
    )
    const next = response.headers.get('location')
    if (next && response.status === 303) return ask(next)
    return { status: response.status, body: await response.text(), headers: response.headers, path }
  }
  return {
    get: (path: string, headers: Record<string, string> = {}) => ask(path, { headers }),
    send: (path: string, fields: Record<string, string>, files: readonly File[] = []) => {
      const form = new FormData()
      for (const [name, value] of Object.entries(fields)) form.append(name, value)
      for (const file of files) form.append('files', file)
      return ask(path, { method: 'POST', body: form, headers: { origin: 'http://svar.test', host: 'svar.test' } })
    },
    /** Forgets the session, as when it has ended. */
    signOut: () => (cookie = Promise.resolve('')),
  }
}

/** A program with a bearer token. */
export function programOf(world: World, token: Promise<string> | string) {
  return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const request = new Request(`http://svar.test/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${await token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const response = await world.app.fetch(request)
    const text = await response.text()
    const json: Json = text ? JSON.parse(text) : undefined
    return { status: response.status, headers: response.headers, json }
  }
}

/** An answer of the JSON door, as a stranger would look at it. */
export type Json = any

/** A request as Asta would send it; parts replaced as the story needs. */
export function serviceRequest(parts: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    title: 'No mail since eight',
    description: 'Nobody in the company receives external mail.',
    supportType: 'technical',
    topic: 'exchange-mail-flow',
    requestedSeverity: 'A',
    businessImpact: 'Ships wait for papers.',
    contact: { method: 'email', phone: '', email: 'asta@havn.test' },
    language: 'en',
    ...parts,
  }
}
