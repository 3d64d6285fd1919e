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
}

/** Reads the settings; throws with a line for each that makes no sense. */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const result = shape.safeParse(environment)
  if (!result.success)
    throw new Error(result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'))
  const read = result.data
  return {
    port: read.PORT,
    host: read.HOST,
    publicUrl: (read.SVAR_URL ?? `http://${read.HOST}:${read.PORT}`).replace(/\/$/, ''),
    dataFolder: read.SVAR_DATA,
    corpusFolder: read.SVAR_CORPUS,
    smtpUrl: read.SVAR_SMTP_URL,
    secret: read.SVAR_SECRET,
    trustProxy: read.SVAR_TRUST_PROXY,
    namedStatements: read.SVAR_NAMED_STATEMENTS,
    log: read.SVAR_LOG,
    databaseUrl: read.DATABASE_URL,
    ownerUrl: read.SVAR_OWNER_URL,
  }
}
