import assert from 'node:assert/strict'
import { X509Certificate } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { examineCertificates } from '../src/app/doctor.ts'
import { makeAuthority, makeServerCertificate } from '../src/app/local-authority.ts'
import type { KeyPair } from '../src/app/local-authority.ts'
import { readSettings, withTls } from '../src/app/settings.ts'
import { certificateStandings, serverCertificate } from '../src/app/tls.ts'
import { askOverTls } from './drills/product.ts'

/*
 * What a program that speaks https with Svar has to rely on. The moments are told; nothing here waits.
 */

const folders: string[] = []
after(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

function placeAt(publicUrl = 'https://help.example.com') {
  const dataFolder = mkdtempSync(join(tmpdir(), 'svar-tls-'))
  folders.push(dataFolder)
  return { dataFolder, publicUrl, host: '0.0.0.0', tlsFiles: undefined }
}

const NOW = Temporal.Now.instant()
const days = (count: number) => NOW.add({ hours: 24 * count })
const modeOf = (file: string) => statSync(file).mode & 0o777

/** A server that shows a certificate, while something is asked of it. */
async function showing(shown: KeyPair, ask: (url: string) => Promise<void>): Promise<void> {
  const server = createServer({ key: shown.key, cert: shown.certificate }, (_, response) => response.end('hello'))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  try {
    await ask(`https://127.0.0.1:${(server.address() as AddressInfo).port}/`)
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

test('the first start makes an authority and a certificate for the public host, the machine itself and nobody else', async () => {
  const place = placeAt()
  const read = new X509Certificate((await serverCertificate(place, NOW)).certificate)
  for (const name of ['help.example.com', 'localhost']) assert.ok(read.checkHost(name), name)
  for (const address of ['127.0.0.1', '::1']) assert.ok(read.checkIP(address), address)
  assert.equal(read.checkHost('example.com'), undefined)
  assert.equal(read.checkIP('0.0.0.0'), undefined)
  assert.equal(read.ca, false)
  const authority = new X509Certificate(readFileSync(join(place.dataFolder, 'tls/ca.pem')))
  assert.ok(authority.ca && read.checkIssued(authority) && read.verify(authority.publicKey))
})

test('keys are readable by their owner only, and the certificate to hand out holds no key', async () => {
  const place = placeAt()
  await serverCertificate(place, NOW)
  const at = (name: string) => join(place.dataFolder, 'tls', name)
  assert.deepEqual(
    ['server.pem', 'ca-key.pem', 'ca.pem'].map((name) => modeOf(at(name)).toString(8)),
    ['600', '600', '644'],
  )
  assert.doesNotMatch(readFileSync(at('ca.pem'), 'utf8'), /PRIVATE/)
})

test('who trusts the authority is answered, also by another name of the certificate; who does not, refuses', async () => {
  const place = placeAt()
  const ca = () => readFileSync(join(place.dataFolder, 'tls/ca.pem'))
  await showing(await serverCertificate(place, NOW), async (url) => {
    assert.equal((await askOverTls(url, { ca: ca() })).body, 'hello')
    assert.equal((await askOverTls(url, { ca: ca(), servername: 'help.example.com' })).status, 200)
    await assert.rejects(askOverTls(url, {}), { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' })
    await assert.rejects(askOverTls(url, { ca: ca(), servername: 'other.example.com' }), {
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    })
    const stranger = await makeAuthority(NOW)
    await assert.rejects(askOverTls(url, { ca: Buffer.from(stranger.certificate) }))
  })
})

test('the certificate stays until thirty days before its end, then it is made anew by the same authority', async () => {
  const place = placeAt()
  const first = await serverCertificate(place, NOW)
  assert.deepEqual(await serverCertificate(place, days(59)), first)
  const next = await serverCertificate(place, days(61))
  assert.notEqual(next.certificate, first.certificate)
  assert.notEqual(next.key, first.key)
  const authority = new X509Certificate(readFileSync(join(place.dataFolder, 'tls/ca.pem')))
  assert.ok(new X509Certificate(next.certificate).verify(authority.publicKey))
})

test('another public host gets another certificate; a lost ca.pem comes back the same', async () => {
  const place = placeAt()
  const file = join(place.dataFolder, 'tls/ca.pem')
  await serverCertificate(place, NOW)
  const authority = readFileSync(file, 'utf8')
  const moved = await serverCertificate({ ...place, publicUrl: 'https://[2001:db8::7]:8443' }, NOW)
  assert.ok(new X509Certificate(moved.certificate).checkIP('2001:db8::7'))
  rmSync(file)
  await serverCertificate(place, NOW)
  assert.equal(readFileSync(file, 'utf8'), authority)
})

test('two first starts at once on one folder agree on one authority', async () => {
  const place = placeAt()
  const made = await Promise.all(Array.from({ length: 4 }, () => serverCertificate(place, NOW)))
  const authority = new X509Certificate(readFileSync(join(place.dataFolder, 'tls/ca.pem')))
  for (const { certificate } of made) assert.ok(new X509Certificate(certificate).verify(authority.publicKey))
})

test('own files are shown as they are; a key of another certificate and a missing file are told in a sentence', async () => {
  const place = placeAt()
  const authority = await makeAuthority(NOW)
  const own = await makeServerCertificate(authority, ['help.example.com'], NOW)
  const at = (name: string, text: string) => {
    writeFileSync(join(place.dataFolder, name), text)
    return join(place.dataFolder, name)
  }
  const certificate = at('own.pem', own.certificate + authority.certificate)
  const key = at('own-key.pem', own.key)
  const shown = await serverCertificate({ ...place, tlsFiles: { certificate, key } }, NOW)
  await showing(shown, async (url) => {
    const ca = Buffer.from(authority.certificate)
    assert.equal((await askOverTls(url, { ca, servername: 'help.example.com' })).status, 200)
  })
  const wrong = at('wrong.pem', authority.key)
  const of = (tlsFiles: { certificate: string; key: string }) => serverCertificate({ ...place, tlsFiles }, NOW)
  await assert.rejects(of({ certificate, key: wrong }), /are no certificate and its key/)
  await assert.rejects(of({ certificate: `${certificate}.gone`, key }), /SVAR_TLS_CERTIFICATE: .*no such file/)
})

test('the doctor says which certificate ends soon, has ended, or is for another host', async () => {
  const place = placeAt()
  assert.deepEqual(examineCertificates(place, NOW), [])
  await serverCertificate(place, NOW)
  const statesAt = (now: Temporal.Instant, changed = {}) =>
    examineCertificates({ ...place, ...changed }, now).map(({ state }) => state)
  assert.deepEqual(statesAt(NOW), ['well', 'well'])
  assert.deepEqual(statesAt(days(61)), ['worry', 'well'])
  assert.deepEqual(statesAt(days(91)), ['wrong', 'well'])
  assert.deepEqual(statesAt(days(3640)), ['wrong', 'worry'])
  assert.deepEqual(statesAt(NOW, { publicUrl: 'https://other.example.com' }), ['worry', 'well'])
  assert.deepEqual(statesAt(NOW, { tlsFiles: { certificate: '/nowhere.pem', key: '/nowhere.pem' } }), ['wrong'])
  assert.deepEqual(
    certificateStandings(place, NOW).map(({ kind }) => kind),
    ['local', 'authority'],
  )
})

test('--tls makes the public address https, and contradicts an SVAR_URL that is not', () => {
  assert.equal(withTls(readSettings({ PORT: '8443' })).publicUrl, 'https://127.0.0.1:8443')
  assert.equal(withTls(readSettings({ HOST: '::1' })).publicUrl, 'https://[::1]:3000')
  assert.equal(withTls(readSettings({ SVAR_URL: 'https://help.example.com/' })).publicUrl, 'https://help.example.com')
  assert.throws(() => withTls(readSettings({ SVAR_URL: 'http://help.example.com' })), /SVAR_URL begins with http:/)
  assert.throws(() => readSettings({ SVAR_TLS_KEY: '/a' }), /set both, or neither/)
})
