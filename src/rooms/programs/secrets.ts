import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Secrets and tokens have 256 random bits, so one SHA-256 at rest is enough; slow hashes are for passwords. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}

/** Prefixed, so that whoever finds one in a text knows what it is. */
export function newSecret(): string {
  return `svarsecret_${randomBytes(32).toString('base64url')}`
}

export function newToken(): string {
  return `svar_${randomBytes(32).toString('base64url')}`
}

/** Whether a secret is the one that was hashed, in the same time whether it is or not. */
export function isSecret(secret: string, hash: string): boolean {
  return timingSafeEqual(Buffer.from(hashOf(secret)), Buffer.from(hash))
}
