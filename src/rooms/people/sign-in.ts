import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { emailOTP } from 'better-auth/plugins'
import { chooseLocale, LOCALES, wishesOf } from '../../base/locale.ts'
import type { Locale } from '../../base/locale.ts'
import { Refused } from '../../base/refused.ts'
import { poolFor } from '../../database/connection.ts'
import type { Connection } from '../../database/connection.ts'
import { memoryOfASecond } from './memory.ts'

/** Minutes a one-time code works; five wrong tries end it sooner. */
export const CODE_MINUTES = 10
const TRIES = 5
const SESSION_HOURS = 12

export type CodeToSend = {
  readonly email: string
  readonly code: string
  readonly operatorId: string
  readonly locale: Locale
}

export type SignIn = {
  /** The sign-in behind the request's session cookie, as of at most one second ago; undefined when there is none or it is over. */
  whoIs(headers: Headers): Promise<string | undefined>
  /** Has a code sent, if the address is known; says the same when it is not. `refused`: too many attempts. */
  askForCode(from: SignInRequest, email: string): Promise<'sent' | 'refused'>
  /** The cookies of a new session, or why not. */
  enterCode(from: SignInRequest, email: string, code: string): Promise<readonly string[] | 'wrong' | 'refused'>
  /** Cookies that end the session. */
  signOut(headers: Headers): Promise<readonly string[]>
  /** The passkey endpoints, for the browser's own ceremony. */
  passkeys(request: Request, address: string): Promise<Response>
  /** The passkeys of whoever the session is of, the oldest first. */
  passkeysOf(headers: Headers): Promise<readonly Passkey[]>
  /** Takes a passkey of whoever the session is of away. Refused with `not-found` when it is not his, or is gone already. */
  removePasskey(headers: Headers, passkeyId: string): Promise<void>
  /** Becomes somebody without a code: for the demonstration only. */
  become(email: string): Promise<readonly string[]>
  end(): Promise<void>
}

export type Passkey = { readonly passkeyId: string; readonly addedAt: Temporal.Instant }

/** Where a sign-in comes from: its headers, the network address the limits count by, and whose page it was. */
export type SignInRequest = {
  readonly headers: Headers
  readonly address: string
  readonly operatorId: string
  readonly locale: Locale
}

const CLIENT = 'x-svar-client'
const OPERATOR = 'x-svar-operator'

/**
 * Sign-in by one-time code and passkey, through better-auth on its own tables and under its own database role. It says who
 * somebody is; what he may do is asked of this room's tables.
 */
export function createSignIn(options: {
  readonly connection: Connection
  readonly publicUrl: string
  readonly secret: string
  readonly sendCode: (code: CodeToSend) => Promise<void>
}): SignIn {
  const pool = poolFor(options.connection, { role: 'svar_signin', schema: 'signin', max: 3 })
  const auth = authOn(pool, options)
  const sessions = memoryOfASecond<string>()
  const post = (path: string, from: SignInRequest, body: unknown) =>
    auth.handler(requestTo(options.publicUrl, path, from, body))

  return {
    whoIs: (headers) =>
      sessions.recall(headers.get('cookie') ?? '', async () => (await auth.api.getSession({ headers }))?.user.id),
    async askForCode(from, email) {
      const response = await post('/email-otp/send-verification-otp', from, { email, type: 'sign-in' })
      return response.status === 429 ? 'refused' : 'sent'
    },
    async enterCode(from, email, code) {
      const response = await post('/sign-in/email-otp', from, { email, otp: code })
      if (response.status === 429 || response.status === 403) return 'refused'
      return response.ok ? response.headers.getSetCookie() : 'wrong'
    },
    async signOut(headers) {
      const response = await auth.api.signOut({ headers, asResponse: true })
      sessions.forget()
      return response.headers.getSetCookie()
    },
    passkeys(request, address) {
      const copy = new Request(request)
      copy.headers.set(CLIENT, address)
      return auth.handler(copy)
    },
    async passkeysOf(headers) {
      const passkeys = await auth.api.listPasskeys({ headers })
      return passkeys
        .map(({ id, createdAt }) => ({ passkeyId: id, addedAt: createdAt.toTemporalInstant() }))
        .toSorted((one, other) => Temporal.Instant.compare(one.addedAt, other.addedAt))
    },
    async removePasskey(headers, passkeyId) {
      const { status } = await auth.api.deletePasskey({ headers, body: { id: passkeyId }, asResponse: true })
      if (status !== 200) throw new Refused('not-found')
    },
    async become(email) {
      const otp = await auth.api.createVerificationOTP({ body: { email, type: 'sign-in' } })
      const response = await auth.api.signInEmailOTP({ body: { email, otp }, asResponse: true })
      return response.headers.getSetCookie()
    },
    end: () => pool.end(),
  }
}

function authOn(pool: ReturnType<typeof poolFor>, { publicUrl, secret, sendCode }: Parameters<typeof createSignIn>[0]) {
  const { origin, protocol } = new URL(publicUrl)
  const site = passkeySite(publicUrl)
  return betterAuth({
    database: pool,
    secret,
    baseURL: publicUrl,
    basePath: '/auth',
    telemetry: { enabled: false },
    logger: { disabled: true },
    session: { expiresIn: SESSION_HOURS * 3600, updateAge: 3600, cookieCache: { enabled: true, maxAge: 60 } },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 60,
      customRules: {
        '/email-otp/send-verification-otp': { window: 300, max: 10 },
        '/sign-in/email-otp': { window: 300, max: 20 },
      },
    },
    advanced: {
      cookiePrefix: 'svar',
      useSecureCookies: protocol === 'https:',
      ipAddress: { ipAddressHeaders: [CLIENT] },
    },
    trustedOrigins: [origin, site.origin],
    plugins: [
      emailOTP({
        otpLength: 6,
        expiresIn: CODE_MINUTES * 60,
        allowedAttempts: TRIES,
        disableSignUp: true,
        storeOTP: 'hashed',
        // Not awaited, so that a known address takes no longer than an unknown one.
        sendVerificationOTP: async ({ email, otp }, context) => {
          const headers = context?.request?.headers
          const locale = chooseLocale(wishesOf(headers?.get('accept-language') ?? undefined), LOCALES)
          const operatorId = headers?.get(OPERATOR) ?? ''
          if (operatorId) void sendCode({ email, code: otp, operatorId, locale }).catch(() => {})
        },
      }),
      passkey({ rpID: site.hostname, rpName: 'Svar', origin: site.origin }),
    ],
  })
}

/** Whose passkeys are: a name, never an address in numbers. A server on this machine alone has the name `localhost`. */
function passkeySite(publicUrl: string): URL {
  const site = new URL(publicUrl)
  if (site.hostname === '127.0.0.1' || site.hostname === '[::1]') site.hostname = 'localhost'
  return site
}

function requestTo(
  publicUrl: string,
  path: string,
  { headers, address, operatorId, locale }: SignInRequest,
  body: unknown,
): Request {
  const cookie = headers.get('cookie')
  return new Request(new URL(`/auth${path}`, publicUrl), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      origin: new URL(publicUrl).origin,
      'accept-language': locale,
      [CLIENT]: address,
      [OPERATOR]: operatorId,
      ...(cookie ? { cookie } : {}),
    },
    body: JSON.stringify(body),
  })
}
