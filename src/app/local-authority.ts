import * as x509 from '@peculiar/x509'
import { isIP } from 'node:net'

/** A certificate with its private key, both as PEM. The certificate may carry those that vouch for it below itself. */
export type KeyPair = { readonly certificate: string; readonly key: string }

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
const AUTHORITY_DAYS = 3650
const SERVER_DAYS = 90
/** Clocks of other machines may be behind. */
const BEFORE_HOURS = 24

/**
 * A certificate authority of this installation alone, good for ten years: whoever puts its certificate into his trust believes
 * every certificate that its key signs. It may sign servers and no further authority.
 */
export async function makeAuthority(now: Temporal.Instant): Promise<KeyPair> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const name = `CN=Svar local authority ${now.toString().slice(0, 10)}`
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    signingAlgorithm: ALGORITHM,
    ...span(now, AUTHORITY_DAYS),
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: pem(certificate), key: await pemOf(keys.privateKey) }
}

/** A server's certificate for these host names and addresses, signed by an authority, good for 90 days, with its own new key. */
export async function makeServerCertificate(
  authority: KeyPair,
  names: readonly string[],
  now: Temporal.Instant,
): Promise<KeyPair> {
  const keys = await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const issuer = new x509.X509Certificate(authority.certificate)
  const certificate = await x509.X509CertificateGenerator.create({
    subject: `CN=Svar`,
    issuer: issuer.subjectName,
    publicKey: keys.publicKey,
    signingKey: await signingKeyOf(authority.key),
    signingAlgorithm: ALGORITHM,
    ...span(now, SERVER_DAYS),
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) ? 'ip' : 'dns', value }) as const),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(issuer),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  return { certificate: pem(certificate), key: await pemOf(keys.privateKey) }
}

function span(now: Temporal.Instant, days: number): { readonly notBefore: Date; readonly notAfter: Date } {
  return {
    notBefore: new Date(now.subtract({ hours: BEFORE_HOURS }).epochMilliseconds),
    notAfter: new Date(now.add({ hours: 24 * days }).epochMilliseconds),
  }
}

async function signingKeyOf(key: string): Promise<CryptoKey> {
  return crypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(key), ALGORITHM, false, ['sign'])
}

async function pemOf(key: CryptoKey): Promise<string> {
  return `${x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`
}

function pem(certificate: x509.X509Certificate): string {
  return `${certificate.toString('pem')}\n`
}
