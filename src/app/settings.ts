import { z } from 'zod'

/** Everything the environment may say, read once. Each has a line in docs/operating/settings.md and a reader in the code. */
const shape = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  HOST: z.string().min(1).max(253).default('127.0.0.1'),
  SVAR_URL: z.url().optional(),
  SVAR_DATA: z.string().min(1).default('.svar'),
  SVAR_CORPUS: z.string().min(1).optional(),
  SVAR_SMTP_URL: z.string().min(1).optional(),
  SVAR_SECRET: z.string().min(32).optional(),
  SVAR_TRUST_PROXY: z.stringbool().default(false),
  SVAR_NAMED_STATEMENTS: z.stringbool().default(true),
  SVAR_LOG: z.enum(['silent', 'error', 'info', 'debug']).default('info'),
  DATABASE_URL: z.string().min(1).optional(),
  SVAR_OWNER_URL: z.string().min(1).optional(),
  SVAR_STATUS_FILES: z.string().min(1).optional(),
  SVAR_STATUS_URL: z.url({ protocol: /^https?$/ }).optional(),
  SVAR_TLS_CERTIFICATE: z.string().min(1).optional(),
  SVAR_TLS_KEY: z.string().min(1).optional(),
})

export type Settings = {
  readonly port: number
  readonly host: string
  /** Where people reach this installation: in mails, for passkeys and cookies. */
  readonly publicUrl: string
  readonly dataFolder: string
  readonly corpusFolder: string | undefined
  readonly smtpUrl: string | undefined
  readonly secret: string | undefined
  readonly trustProxy: boolean
  readonly namedStatements: boolean
  readonly log: string
  /** A PostgreSQL of one's own, as the login that serves; without it the embedded one is used. */
  readonly databaseUrl: string | undefined
  /** The login that owns and migrates, for `svar migrate`. */
  readonly ownerUrl: string | undefined
  /** A folder or an S3 store where the public status is written for others to serve; undefined for nowhere. */
  readonly statusFiles: string | undefined
  /** Where those others serve it, without a slash at its end. */
  readonly statusUrl: string | undefined
  /** Whether the server itself speaks TLS, as `--tls` asks. */
  readonly tls: boolean
  /** A certificate of one's own, with those that vouch for it, and its key: paths of PEM files. Without them a local one is made. */
  readonly tlsFiles: { readonly certificate: string; readonly key: string } | undefined
}

/** Reads the settings; throws with a line for each that makes no sense. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const result = shape.safeParse(environment)
  if (!result.success)
    throw new Error(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'))
  const read = result.data
  const { SVAR_TLS_CERTIFICATE: certificate, SVAR_TLS_KEY: key } = read
  if (!certificate !== !key) throw new Error('SVAR_TLS_CERTIFICATE and SVAR_TLS_KEY: set both, or neither')
  return {
    port: read.PORT,
    host: read.HOST,
    publicUrl: (read.SVAR_URL ?? ownUrl('http', read.HOST, read.PORT)).replace(/\/$/, ''),
    dataFolder: read.SVAR_DATA,
    corpusFolder: read.SVAR_CORPUS,
    smtpUrl: read.SVAR_SMTP_URL,
    secret: read.SVAR_SECRET,
    trustProxy: read.SVAR_TRUST_PROXY,
    namedStatements: read.SVAR_NAMED_STATEMENTS,
    log: read.SVAR_LOG,
    databaseUrl: read.DATABASE_URL,
    ownerUrl: read.SVAR_OWNER_URL,
    statusFiles: read.SVAR_STATUS_FILES,
    statusUrl: read.SVAR_STATUS_URL?.replace(/\/$/, ''),
    tls: false,
    tlsFiles: certificate && key ? { certificate, key } : undefined,
  }
}

/** The same settings for a server that speaks TLS itself. Throws when SVAR_URL says that people come without. */
export function withTls(settings: Settings): Settings {
  const { publicUrl, host, port } = settings
  const isDefault = publicUrl === ownUrl('http', host, port)
  if (!isDefault && publicUrl.startsWith('http:'))
    throw new Error('SVAR_URL begins with http:, and --tls answers https only. Set SVAR_URL to the https address.')
  return { ...settings, tls: true, publicUrl: isDefault ? ownUrl('https', host, port) : publicUrl }
}

function ownUrl(scheme: 'http' | 'https', host: string, port: number): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
}
