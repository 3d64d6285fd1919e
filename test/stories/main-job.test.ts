import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserOf } from '../client.ts'
import { world } from '../world.ts'

const here = await world()

const REQUEST = {
  title: 'Ingen mail siden klokken otte',
  description: 'Ingen i firmaet modtager ekstern mail.',
  topic: 'exchange-mail-flow',
  'impact-works': 'not-at-all',
  'impact-affected': 'many',
  'impact-workaround': 'no',
  businessImpact: 'Skibe venter på papirer.',
  method: 'email',
  phone: '+45 32 12 34 56',
  email: 'asta@havn.test',
  key: 'a key of this page',
}

function numberIn(path: string): string {
  return /(\d{11})/.exec(path)?.[1] ?? assert.fail(`no case number in ${path}`)
}

test('Asta asks, Mette answers, Asta reads it and closes: the main job without JavaScript, in Danish', async () => {
  here.at('2026-06-15T08:00:00Z')
  const asta = browserOf(here, here.people.asta)
  const mette = browserOf(here, here.agents.mette)

  const front = await asta.get('/microsoft/')
  assert.equal(front.status, 200)
  assert.match(front.body, /lang="da"/)

  const sent = await asta.send('/microsoft/contact', REQUEST)
  assert.match(sent.path, /^\/microsoft\/contact\/sent\/\d{11}$/)
  assert.match(sent.body, /severity-A/, 'a premium organization and a technical outage: severity A')
  assert.match(sent.body, /11[.:]00/, 'due an hour later, in Copenhagen')
  const number = numberIn(sent.path)

  const again = await asta.send('/microsoft/contact', REQUEST)
  assert.equal(numberIn(again.path), number, 'the same page sent twice is one case')

  assert.ok((await here.doJobs()) >= 2)
  const mailbox = await asta.get('/microsoft/demonstration/mailbox')
  assert.match(mailbox.body, /Vi har modtaget din serviceanmodning/)

  const queue = await mette.get('/microsoft/agent')
  assert.match(queue.body, /Ingen mail siden klokken otte/)
  assert.match(queue.body, /in 1 hr/)

  here.at('2026-06-15T08:20:00Z')
  const answered = await mette.send(`/microsoft/agent/cases/${number}/messages`, {
    kind: 'answer',
    body: 'Vi har fundet fejlen og retter den nu.',
  })
  assert.match(answered.body, /given .*, in time/)
  await mette.send(`/microsoft/agent/cases/${number}/messages`, { kind: 'note', body: 'Samme fejl som i går.' })
  await here.doJobs()

  const read = await asta.get(`/microsoft/cases/${number}`)
  assert.match(read.body, /Vi har fundet fejlen/)
  assert.doesNotMatch(read.body, /Samme fejl som i går/, 'a note is for colleagues')
  assert.match((await asta.get('/microsoft/demonstration/mailbox')).body, /Mette Krogh har skrevet/)

  await asta.send(`/microsoft/cases/${number}/reply`, { body: 'Tak!' }, [
    new File(['log'], '../../log.txt', { type: 'text/plain' }),
  ])
  const closed = await asta.send(`/microsoft/cases/${number}/close`, {})
  assert.match(closed.body, /Sagen blev lukket/)
  const file = /\/files\/([0-9a-f-]{36})/.exec(closed.body)?.[0] ?? ''
  const download = await asta.get(`/microsoft/cases/${number}${file}`)
  assert.equal(download.body, 'log')
  assert.match(download.headers.get('content-disposition') ?? '', /^attachment; filename\*=UTF-8''.._.._log\.txt$/)

  const reopened = await asta.send(`/microsoft/cases/${number}/reopen`, { body: 'Det skete igen.' })
  assert.match(reopened.body, /Sagen blev genåbnet/)
})

test('Liv has no premium contract: the same outage is held at B, and her partner is named first', async () => {
  const liv = browserOf(here, here.people.liv)
  assert.match((await liv.get('/microsoft/contact')).body, /Nordlys IT/)
  const sent = await liv.send('/microsoft/contact', { ...REQUEST, email: 'liv@bageri.test', key: 'another key' })
  assert.match(sent.body, /severity-B/)
  assert.match(sent.body, /needs an advanced support agreement/)
})

test('Bo is no administrator: he is told that Asta is', async () => {
  const bo = browserOf(here, here.people.bo)
  const refused = await bo.get('/microsoft/contact')
  assert.equal(refused.status, 403)
  assert.match(refused.body, /Asta Holm/)
  assert.equal((await bo.send('/microsoft/contact', REQUEST)).status, 403)
  const own = await bo.get('/microsoft/cases')
  assert.equal(own.status, 200)
  assert.doesNotMatch(own.body, /cases\/\d{11}/, 'he sees no case of others')
})

test('a form with mistakes comes back with every word that was typed', async () => {
  const asta = browserOf(here, here.people.asta)
  const back = await asta.send('/microsoft/contact', { ...REQUEST, title: '', phone: '12', method: 'phone', key: 'k3' })
  assert.equal(back.status, 422)
  assert.match(back.body, /Ingen i firmaet modtager ekstern mail\./)
  assert.match(back.body, /id="title-problem"/)
  assert.match(back.body, /id="phone-problem"/)
  assert.match(back.body, /value="k3"/, 'the key of the page stays, so that the next try is still one case')
  const broken = await asta.send('/microsoft/contact', { ...REQUEST, description: 'Br\uFFFDkket', key: 'k4' })
  assert.match(broken.body, /id="description-problem"/)
  const long = await asta.send('/microsoft/contact', { ...REQUEST, title: 'x'.repeat(151), key: 'k5' })
  assert.match(long.body, /Forkort til 150 tegn/)
})

test('a file of eleven megabytes is refused beside its field, and the text is kept', async () => {
  const asta = browserOf(here, here.people.asta)
  const back = await asta.send('/microsoft/contact', { ...REQUEST, key: 'k6' }, [
    new File([new Uint8Array(11 * 1024 * 1024)], 'big.bin'),
  ])
  assert.equal(back.status, 422)
  assert.match(back.body, /højst fylde 10 MB/)
  assert.match(back.body, /Ingen i firmaet modtager ekstern mail\./)
})

test('the session ended while Asta wrote: she signs in and goes on, and nothing is lost', async () => {
  const asta = browserOf(here, here.people.asta)
  await asta.signOut()
  const over = await asta.send('/microsoft/contact', { ...REQUEST, key: 'k7' })
  assert.equal(over.status, 401)
  assert.match(over.body, /Ingen i firmaet modtager ekstern mail/)
  const kept =
    /name="kept" value="([^"]*)"/.exec(over.body)?.[1]?.replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? ''
  const asked = await asta.send('/microsoft/sign-in', { email: 'asta@havn.test', back: '/microsoft/', kept })
  assert.match(asked.body, /name="kept"/)
  await here.doJobs()
  const code = await latestCode()
  const on = await asta.send('/microsoft/sign-in/code', { email: 'asta@havn.test', code, back: '/microsoft/', kept })
  assert.match(on.body, /Ingen i firmaet modtager ekstern mail/)
  assert.match(on.body, /action="\/microsoft\/contact"/)
})

/** The code is mailed after the answer, so that an unknown address takes no less time: it may be a moment late. */
async function latestCode(): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    await here.doJobs()
    const mailbox = await browserOf(here).get('/microsoft/demonstration/mailbox')
    const code = /(\d{6}) (?:is your sign-in code|er din engangskode)/.exec(mailbox.body)?.[1]
    if (code) return code
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return assert.fail('no code was mailed')
}

test('an unknown address gets the same page as a known one, and no mail', async () => {
  const visitor = browserOf(here)
  const known = await visitor.send('/microsoft/sign-in', { email: 'liv@bageri.test' })
  const unknown = await visitor.send('/microsoft/sign-in', { email: 'nobody@bageri.test' })
  assert.equal(unknown.status, known.status)
  assert.equal(unknown.body.replaceAll('nobody@', 'liv@'), known.body)
})

test('the hour passes without an answer: the breach is written at the moment it was due', async () => {
  here.at('2026-06-16T08:00:00Z')
  const asta = browserOf(here, here.people.asta)
  const number = numberIn((await asta.send('/microsoft/contact', { ...REQUEST, key: 'late' })).path)
  here.at('2026-06-16T08:59:59Z')
  await here.doJobs()
  assert.doesNotMatch((await asta.get(`/microsoft/cases/${number}`)).body, /overskredet/)
  here.at('2026-06-16T09:00:01Z')
  await here.doJobs()
  assert.match((await asta.get(`/microsoft/cases/${number}`)).body, /overskredet/)
})

test('pages are for the right people: visitors sign in, customers see no queue, agents no other operator', async () => {
  assert.match((await browserOf(here).get('/microsoft/cases')).path, /sign-in/)
  assert.equal((await browserOf(here, here.people.asta).get('/microsoft/agent')).status, 403)
  assert.match((await browserOf(here, here.agents.mette).get('/21vianet/agent')).path, /^\/21vianet\/sign-in|agent/)
  const chen = browserOf(here, here.people.chen)
  assert.match((await chen.get('/21vianet/cases')).body, /我的案例/)
})

test('a form from another site changes nothing', async () => {
  const cookie = await here.cookieOf(here.people.asta)
  const response = await here.app.fetch(
    new Request('http://svar.test/microsoft/contact', {
      method: 'POST',
      body: new URLSearchParams(REQUEST),
      headers: { cookie, origin: 'http://evil.test', host: 'svar.test', 'sec-fetch-site': 'cross-site' },
    }),
  )
  assert.equal(response.status, 403)
})
