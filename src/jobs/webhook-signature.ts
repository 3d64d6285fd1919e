import { createHmac, randomBytes } from 'node:crypto'

const PREFIX = 'whsec_'

/** A new secret that a receiver checks our messages with, as Standard Webhooks writes it. */
export function newWebhookSecret(): string {
  return PREFIX + randomBytes(32).toString('base64')
}

export type WebhookMessage = {
  /** The same each time the message is sent, so that the receiver can drop copies. */
  readonly id: string
  /** When it is sent; receivers refuse what is more than five minutes off. */
  readonly at: Temporal.Instant
  readonly body: string
}

/**
 * The headers that prove a message is ours (Standard Webhooks 1.0): one signature for each secret, the newest first, so that a
 * receiver may change secrets without losing a message.
 */
export function webhookHeaders(
  { id, at, body }: WebhookMessage,
  secrets: readonly string[],
): Readonly<Record<string, string>> {
  const seconds = Math.floor(at.epochMilliseconds / 1000)
  const signatures = secrets.map((secret) => `v1,${signed(secret, `${id}.${seconds}.${body}`)}`)
  return { 'webhook-id': id, 'webhook-timestamp': String(seconds), 'webhook-signature': signatures.join(' ') }
}

function signed(secret: string, content: string): string {
  const key = Buffer.from(secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : secret, 'base64')
  return createHmac('sha256', key).update(content).digest('base64')
}
