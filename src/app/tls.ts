import { X509Certificate } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:https'
import { isIP } from 'node:net'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import type { KeyPair } from './local-authority.ts'
import type { Settings } from './settings.ts'

type Place = Pick<Settings, 'dataFolder' | 'publicUrl' | 'host' | 'tlsFiles'>

/** A local certificate is made anew when less than this is left of its ninety days; an own one is said to end soon. */
const SOON_DAYS = 30
const HOUR_MILLISECONDS = 3_600_000

/**
 * What the server shows: the certificate of the settings, or one signed by the authority in the data folder. Both are made when
 * they are missing; the certificate also when it ends soon or the names it is asked by are others. Throws a sentence for a person
 * when own files cannot be read or do not belong together.
 */
export async function serverCertificate(place: Place, now: Temporal.Instant): Promise<KeyPair> {
  return place.tlsFiles ? ownCertificate(place.tlsFiles) : localCertificate(place, now)
}

/** Where a client finds the certificate it has to trust; undefined with a certificate of one's own. */
export function authorityFile({ dataFolder, tlsFiles }: Place): string | undefined {
  return tlsFiles ? undefined : join(dataFolder, 'tls/ca.pem')
}

/** Looks every hour whether the certificate was renewed, here or by others, and shows the new one without a restart. */
export function keepCertificate(
  server: Server,
  place: Place,
  { shown, onError }: { readonly shown: KeyPair; readonly onError: (error: unknown) => void },
): void {
  let last = shown
  const look = async () => {
    const next = await serverCertificate(place, Temporal.Now.instant())
    if (next.certificate !== last.certificate) server.setSecureContext({ key: next.key, cert: next.certificate })
    last = next
  }
  const timer = setInterval(() => void look().catch(onError), HOUR_MILLISECONDS).unref()
  server.once('close', () => clearInterval(timer))
}

export type CertificateStanding = {
  /** `own` of the settings, `local` made here, `authority` that vouches for the local one. */
  readonly kind: 'own' | 'local' | 'authority'
  readonly file: string
  readonly endsAt: Temporal.Instant
  readonly endsSoon: boolean
  readonly over: boolean
  /** Whether it is for the host of the public address. */
  readonly fits: boolean
}

/** How the certificates of an installation stand; none where TLS was never asked for. Throws when own files cannot be read. */
export function certificateStandings(place: Place, now: Temporal.Instant): readonly CertificateStanding[] {
  const { tlsFiles } = place
  if (tlsFiles) return [standingOf('own', tlsFiles.certificate, place, now)]
  const { server, authority } = localFiles(place)
  if (!existsSync(server)) return []
  return [standingOf('local', server, place, now), { ...standingOf('authority', authority, place, now), fits: true }]
}

function standingOf(
  kind: CertificateStanding['kind'],
  file: string,
  place: Place,
  now: Temporal.Instant,
): CertificateStanding {
  const certificate = new X509Certificate(readFileSync(file))
  const endsAt = endOf(certificate)
  return {
    kind,
    file,
    endsAt,
    endsSoon: daysLeft(endsAt, now) < SOON_DAYS,
    over: Temporal.Instant.compare(endsAt, now) <= 0,
    fits: isFor(certificate, hostOf(place)),
  }
}

function ownCertificate({ certificate, key }: NonNullable<Place['tlsFiles']>): KeyPair {
  const pair = { certificate: textOf(certificate, 'SVAR_TLS_CERTIFICATE'), key: textOf(key, 'SVAR_TLS_KEY') }
  try {
    createSecureContext({ cert: pair.certificate, key: pair.key })
  } catch (cause) {
    const { message } = cause as Error
    throw new Error(`${certificate} and ${key} are no certificate and its key, as PEM: ${message}`, { cause })
  }
  return pair
}

function textOf(file: string, setting: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (cause) {
    throw new Error(`${setting}: ${(cause as Error).message}`, { cause })
  }
}

/** Key and certificate share a file, so that a half written pair is never read. */
function localFiles({ dataFolder }: Place) {
  const folder = join(dataFolder, 'tls')
  return {
    folder,
    server: join(folder, 'server.pem'),
    authorityPair: join(folder, 'ca-key.pem'),
    authority: join(folder, 'ca.pem'),
  }
}

async function localCertificate(place: Place, now: Temporal.Instant): Promise<KeyPair> {
  const files = localFiles(place)
  mkdirSync(files.folder, { recursive: true, mode: 0o700 })
  const names = [...new Set([hostOf(place), place.host, 'localhost', '127.0.0.1', '::1'])].filter(isName)
  const kept = pairIn(files.server)
  const authority = pairIn(files.authorityPair)
  const isKnown = existsSync(files.authority)
  if (kept && authority && isKnown && serves(kept, { authority, names, now })) return kept

  const { makeAuthority, makeServerCertificate } = await import('./local-authority.ts')
  const signing = authority ?? firstPairIn(files.authorityPair, await makeAuthority(now))
  replace(files.authority, signing.certificate, 0o644)
  const made = await makeServerCertificate(signing, names, now)
  replace(files.server, made.key + made.certificate, 0o600)
  return made
}

/** An address to listen on that is no name to be asked by. */
function isName(name: string): boolean {
  return name !== '0.0.0.0' && name !== '::' && name !== ''
}

function serves(
  { certificate }: KeyPair,
  asked: { readonly authority: KeyPair; readonly names: readonly string[]; readonly now: Temporal.Instant },
): boolean {
  const read = new X509Certificate(certificate)
  return (
    daysLeft(endOf(read), asked.now) >= SOON_DAYS &&
    asked.names.every((name) => isFor(read, name)) &&
    read.checkIssued(new X509Certificate(asked.authority.certificate))
  )
}

function isFor(certificate: X509Certificate, name: string): boolean {
  return (isIP(name) ? certificate.checkIP(name) : certificate.checkHost(name)) !== undefined
}

function hostOf({ publicUrl }: Place): string {
  return new URL(publicUrl).hostname.replace(/^\[(.*)\]$/, '$1')
}

function endOf({ validToDate }: X509Certificate): Temporal.Instant {
  return validToDate.toTemporalInstant()
}

function daysLeft(endsAt: Temporal.Instant, now: Temporal.Instant): number {
  return endsAt.since(now).total('hours') / 24
}

const KEY = /-----BEGIN PRIVATE KEY-----[^-]+-----END PRIVATE KEY-----\n/

function pairIn(file: string): KeyPair | undefined {
  if (!existsSync(file)) return undefined
  const written = readFileSync(file, 'utf8')
  const key = KEY.exec(written)?.[0]
  if (!key) throw new Error(`${file} holds no private key. Remove it, and it is made anew.`)
  return { key, certificate: written.replace(key, '') }
}

/** Two processes that start at once on one folder make two authorities; the first to come keeps its own, and both use it. */
function firstPairIn(file: string, made: KeyPair): KeyPair {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, made.key + made.certificate, { mode: 0o600 })
  try {
    linkSync(draft, file)
    return made
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return pairIn(file) ?? made
  } finally {
    rmSync(draft, { force: true })
  }
}

function replace(file: string, text: string, mode: number): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, text, { mode })
  renameSync(draft, file)
}
