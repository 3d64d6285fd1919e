import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { sql } from 'kysely'
import { Client } from 'pg'
import { evidenceFor } from '../../src/rooms/evidence/index.ts'
import { importArticles, publishArticles } from '../../src/rooms/self-help/index.ts'
import { browserOf, programOf, serviceRequest } from '../client.ts'
import type { Answer } from '../client.ts'
import { world } from '../world.ts'

/*
 * Visitors, Asta and Liv ask the help articles of microsoft; Mette leads support there and sees what was not answered. Each test
 * asks for words of its own.
 */

const here = await world()
const { microsoft } = here.operators

const folder = mkdtempSync(join(tmpdir(), 'svar-evidence-'))
mkdirSync(join(folder, 'mail'))
const ARTICLES = {
  'mail/share': '# Share a mailbox with colleagues\n\nGive several people access to one mailbox.\n',
  'mail/forward': '# Forward mail to another address\n\nForwarding sends a copy of each mail elsewhere.\n',
  printer: '# Install a printer\n\nPrinters are found on the network.\n',
  invoice: '# Download an invoice\n\nInvoices are under billing.\n',
}
for (const [id, text] of Object.entries(ARTICLES)) writeFileSync(join(folder, `${id}.md`), text)
await importArticles(here.database, { operatorId: microsoft, operator: 'microsoft', folder, language: 'en' })

const ENGLISH = { 'accept-language': 'en' }

type Report = {
  readonly total: { readonly asked: number; readonly good: number }
  readonly settled: { readonly selfServedPercent: number | null }
  readonly groups: readonly { readonly asked: number; readonly nothingFound: number }[]
}

type Row = {
  readonly text: string | null
  readonly found: number
  readonly shown: readonly string[]
  readonly opened: readonly string[]
  readonly verdict: string | null
  readonly followed: boolean
  readonly visit: string | null
  readonly person: string | null
}

async function questions(text: string): Promise<readonly Row[]> {
  await here.doJobs()
  const { rows } = await here.database.ask<Row>(
    { kind: 'job', operatorIds: [microsoft] },
    sql`select text, found, shown, opened, verdict, case_followed as followed, visit_id as visit, person_id as person
      from help_question where text like ${`${text}%`} order by asked_at, question_id`,
  )
  return rows
}

/** The address of the first answer on a page of results. */
function firstAnswer({ body }: Answer): string {
  return /<h3[^>]*><a href="([^"]+)"/.exec(body)?.[1]?.replaceAll('&amp;', '&') ?? assert.fail('nothing was found')
}

const hidden = ({ body }: Answer, name: string) => new RegExp(`name="${name}" value="([^"]+)"`).exec(body)?.[1]

async function say(visitor: ReturnType<typeof browserOf>, article: Answer, solved: 'yes' | 'no') {
  return visitor.send('/microsoft/help/solved', {
    article: hidden(article, 'article') ?? '',
    language: 'en',
    asked: hidden(article, 'asked') ?? '',
    solved,
  })
}

test('a page of results notes one question, and what is opened from it; letters on the way note nothing', async () => {
  const visitor = browserOf(here)
  for (const q of ['install', 'install a', 'install a pr'])
    await visitor.get(`/microsoft/help/suggest?q=${encodeURIComponent(q)}`, ENGLISH)
  const results = await visitor.get('/microsoft/help?q=install+a+printer', ENGLISH)
  await visitor.get(firstAnswer(results), ENGLISH)
  const rows = await questions('install')
  assert.equal(rows.length, 1)
  assert.deepEqual([rows[0]?.text, rows[0]?.shown[0], rows[0]?.opened], ['install a printer', 'printer', ['printer']])
  assert.equal(rows[0]?.person, null)
})

test('coming back to the same results asks nothing anew', async () => {
  const visitor = browserOf(here)
  const form = await visitor.get('/microsoft/help', ENGLISH)
  const address = `/microsoft/help?q=printer+again&slip=${hidden(form, 'slip')}`
  await visitor.get(address, ENGLISH)
  await visitor.get(address, ENGLISH)
  assert.equal((await questions('printer again')).length, 1)
})

test('a browser that fetches ahead, a robot and an agent leave nothing behind', async () => {
  const results = await browserOf(here).get('/microsoft/help?q=printer+ahead', ENGLISH)
  await browserOf(here).get(firstAnswer(results), { ...ENGLISH, 'sec-purpose': 'prefetch' })
  await browserOf(here).get('/microsoft/help?q=printer+robot', { ...ENGLISH, 'user-agent': 'Somebot/1.0' })
  await browserOf(here, here.agents.mette).get('/microsoft/help?q=printer+agent')
  assert.deepEqual((await questions('printer ahead'))[0]?.opened, [])
  assert.equal((await questions('printer robot')).length + (await questions('printer agent')).length, 0)
})

test('a suggestion that is opened is noted with the list it was chosen from', async () => {
  const visitor = browserOf(here)
  const path = '/microsoft/help/suggest?q=forward+mai'
  const { reference, results } = JSON.parse((await visitor.get(path, ENGLISH)).body) as {
    reference: string
    results: readonly { url: string }[]
  }
  // The article may be asked for before the word of it arrives.
  await visitor.get(results[0]?.url.split('#')[0] ?? '', ENGLISH)
  await visitor.get(`${path}&settled=${reference}`, ENGLISH)
  const [row] = await questions('forward mai')
  assert.deepEqual([row?.opened, row?.shown[0]], [['mail/forward'], 'mail/forward'])
})

test('addresses and numbers never reach the table', async () => {
  await browserOf(here).get(
    `/microsoft/help?q=${encodeURIComponent('bounce from asta@havn.test +45 32123456')}`,
    ENGLISH,
  )
  assert.equal((await questions('bounce'))[0]?.text, 'bounce from [@] [#]')
})

test('"Did this solve it?" works without JavaScript: yes is thanked for, no leads on to support with the article', async () => {
  const visitor = browserOf(here)
  const article = await visitor.get(firstAnswer(await visitor.get('/microsoft/help?q=invoice+yes', ENGLISH)), ENGLISH)
  assert.match(article.body, /Did this solve it\?/)
  assert.match((await say(visitor, article, 'yes')).body, /Good to hear|helps others/)
  const no = await say(visitor, article, 'no')
  assert.match(no.body, /contact\?article=Download\+an\+invoice&amp;asked=/)
  const missing = await visitor.send('/microsoft/help/solved', {
    article: 'invoice',
    language: 'en',
    missing: 'where is 2024, write to bo@havn.test',
  })
  assert.match(missing.body, /Support leads will read/)
  assert.equal((await questions('invoice yes'))[0]?.verdict, 'unsolved')
  const { rows } = await here.database.ask<{ solved: boolean | null; missing: string | null }>(
    { kind: 'job', operatorIds: [microsoft] },
    sql`select solved, missing from article_verdict where article_id = 'invoice' order by verdict_id`,
  )
  assert.deepEqual(
    rows.map((row) => row.solved ?? row.missing),
    [true, false, 'where is 2024, write to [@]'],
  )
})

test('an article that does not exist is not said anything of', async () => {
  const answer = await browserOf(here).send('/microsoft/help/solved', {
    article: 'no/such',
    language: 'en',
    solved: 'no',
  })
  assert.equal(answer.status, 404)
})

test('a case from the pages within seven days counts for what its person asked, and for the visit that led to it', async () => {
  here.at('2026-06-16T08:00:00Z')
  const asta = browserOf(here, here.people.asta)
  await asta.get('/microsoft/help?q=forward+seven')
  const visitor = browserOf(here)
  const first = await visitor.get('/microsoft/help?q=share+visit', ENGLISH)
  const second = await visitor.get(
    `/microsoft/help?q=share+visit+again&slip=${hidden(first, 'slip')}&visit=${hidden(first, 'visit')}`,
    ENGLISH,
  )
  const asked = /contact\?question=[^"]*asked=([0-9a-f-]+)/.exec(second.body)?.[1] ?? ''
  await browserOf(here).get('/microsoft/help?q=share+other', ENGLISH)
  const form = await asta.get(`/microsoft/contact?question=x&asked=${asked}`)
  assert.equal(hidden(form, 'asked'), asked)
  here.at('2026-06-20T08:00:00Z')
  const sent = await asta.send('/microsoft/contact', {
    title: 'No forwarding',
    description: 'It does not forward.',
    topic: 'understand-bill',
    businessImpact: '',
    method: 'email',
    phone: '',
    email: 'asta@havn.test',
    asked,
  })
  assert.match(sent.path, /contact\/sent/)
  assert.equal((await questions('forward seven'))[0]?.followed, true)
  assert.deepEqual(
    (await questions('share visit')).map(({ followed }) => followed),
    [true, true],
  )
  assert.equal((await questions('share other'))[0]?.followed, false)
})

test('a case by another door is found when the seven days are over, and one on the eighth day is not', async () => {
  here.at('2026-07-01T08:00:00Z')
  await browserOf(here, here.people.asta).get('/microsoft/help?q=door+api')
  await browserOf(here, here.people.liv).get('/microsoft/help?q=door+late')
  const open = async (who: 'asta' | 'liv', key: string) => {
    const contact = { method: 'email', phone: '', email: here.people[who].email }
    const request = serviceRequest({ contact, supportType: 'billing', topic: 'understand-bill' })
    const answer = await programOf(here, here.tokenOf(here.people[who]))('POST', '/cases', request, {
      'idempotency-key': key,
    })
    assert.equal(answer.status, 201)
  }
  here.at('2026-07-03T08:00:00Z')
  await open('asta', 'door-1')
  here.at('2026-07-08T08:00:01Z')
  await open('liv', 'door-2')
  assert.equal((await questions('door api'))[0]?.followed, true)
  assert.equal((await questions('door late'))[0]?.followed, false)
})

test('after thirty days nobody can tell who asked, and a text that looks personal is gone', async () => {
  here.at('2026-08-01T08:00:00Z')
  const asta = browserOf(here, here.people.asta)
  await asta.get('/microsoft/help?q=keep+this+short')
  await asta.get(`/microsoft/help?q=${encodeURIComponent('keep my secret sent to asta@havn.test')}`)
  here.at('2026-08-30T08:00:00Z')
  assert.ok((await questions('keep')).every(({ person, visit }) => person !== null && visit !== null))
  here.at('2026-08-31T08:00:01Z')
  const rows = await questions('keep')
  assert.deepEqual(
    rows.map(({ text, person, visit }) => [text, person, visit]),
    [['keep this short', null, null]],
  )
  const { rows: left } = await here.database.ask<{ count: number }>(
    { kind: 'job', operatorIds: [microsoft] },
    sql`select count(*)::int as count from help_question where text like '%secret%' or group_key like '%secret%'`,
  )
  assert.equal(left[0]?.count, 0)
})

test('evidence needs two different visits, or the word of a lead', async () => {
  here.at('2026-09-01T08:00:00Z')
  const shelf = { operatorId: microsoft, language: 'en' }
  const evidence = () =>
    here.database.work({ kind: 'job', operatorIds: [microsoft] }, async (work) => {
      const asked = (await evidenceFor(work, shelf)).get('mail/share') ?? []
      return asked.filter(({ text }) => text.includes('colleague'))
    })
  const ask = async (visit: string) => {
    const visitor = browserOf(here)
    const results = await visitor.get(`/microsoft/help?q=colleague+mailboxes${visit}`, ENGLISH)
    const article = await visitor.get(firstAnswer(results), ENGLISH)
    await say(visitor, article, 'yes')
    await here.doJobs()
    return hidden(results, 'visit')
  }
  const visit = await ask('')
  await ask(`&visit=${visit}`)
  assert.deepEqual(await evidence(), [], 'the same visit twice')
  await ask('')
  assert.deepEqual(await evidence(), [{ text: 'colleague mailboxes', weight: 2 }])
  // A day at a time, as it happens: settled after seven, forgotten after thirty.
  for (const day of ['2026-09-08T08:00:01Z', '2026-10-05T08:00:00Z']) {
    here.at(day)
    await here.doJobs()
  }
  assert.deepEqual(await evidence(), [{ text: 'colleague mailboxes', weight: 2 }], 'forgetting makes two of no one')
})

test('Mette reads what was not answered, grouped by words; others do not', async () => {
  here.at('2026-11-02T08:00:00Z')
  const visitor = browserOf(here)
  for (const q of ['quantum teapot', 'Teapots quantum', 'QUANTUM TEAPOT'])
    await visitor.get(`/microsoft/help?q=${encodeURIComponent(q)}`, ENGLISH)
  const share = await visitor.get('/microsoft/help?q=share+mailbox+well', ENGLISH)
  await visitor.get(firstAnswer(share), ENGLISH)
  await here.doJobs()
  const lead = browserOf(here, here.agents.mette)
  const page = await lead.get('/microsoft/agent/answers?from=2026-11-01&to=2026-11-30&language=en')
  assert.equal(page.status, 200)
  assert.match(page.body, /agent\/articles\/new\?title=[^"]*teapot[^"]*language=en/i)
  const mette = programOf(here, here.tokenOf(here.agents.mette, 'read'))
  const answer = await mette('GET', '/reports/questions?from=2026-11-01&to=2026-11-30&language=en')
  const report = answer.json as Report
  assert.deepEqual(
    report.groups.map(({ asked, nothingFound }) => [asked, nothingFound]),
    [[3, 3]],
  )
  assert.deepEqual([report.total.asked, report.total.good, report.settled.selfServedPercent], [4, 1, null])
  const csv = await lead.get('/microsoft/agent/answers.csv?from=2026-11-01&to=2026-11-30')
  assert.match(csv.body, /^language,text,asked,good,nothingFound/)
  here.at('2026-11-10T08:00:00Z')
  await here.doJobs()
  const later = await mette('GET', '/reports/questions?from=2026-11-01&to=2026-11-30')
  assert.equal((later.json as Report).settled.selfServedPercent, 25)

  assert.equal((await browserOf(here, here.people.asta).get('/microsoft/agent/answers')).status, 403)
  const asta = programOf(here, here.tokenOf(here.people.asta))
  assert.equal((await asta('GET', '/reports/questions')).status, 403)
})

test('a lead teaches an article a question, and takes it back', async () => {
  const lead = browserOf(here, here.agents.mette)
  const offered = await lead.get('/microsoft/agent/answers/teach?question=quantum+teapot&language=en&q=printer')
  assert.match(offered.body, /Install a printer/)
  const lesson = { question: 'quantum teapot', language: 'en', article: 'printer' }
  const taught = await lead.send('/microsoft/agent/answers/teach', { ...lesson, act: 'teach' })
  assert.match(taught.body, /quantum teapot<\/span> →/)
  const evidence = () =>
    here.database.work({ kind: 'job', operatorIds: [microsoft] }, (work) =>
      evidenceFor(work, { operatorId: microsoft, language: 'en' }),
    )
  assert.deepEqual((await evidence()).get('printer'), [{ text: 'quantum teapot', weight: 3 }])
  await here.database.work({ kind: 'job', operatorIds: [microsoft] }, (work) =>
    publishArticles(work, { operatorId: microsoft, language: 'en' }),
  )
  const found = await browserOf(here).get('/microsoft/help?q=quantum+teapot', ENGLISH)
  assert.match(firstAnswer(found), /printer/)
  await lead.send('/microsoft/agent/answers/teach', { ...lesson, phrase: 'quantum teapot', act: 'withdraw' })
  assert.equal((await evidence()).get('printer'), undefined)
  const unknown = await lead.send('/microsoft/agent/answers/teach', { ...lesson, article: 'no/such' })
  assert.equal(unknown.status, 404)
})

test('a program notes what it says a person settled on, and nothing else', async () => {
  const search = async (more: string) => {
    const address = `http://svar.test/api/v1/articles/search?operator=microsoft&language=en&${more}`
    return (await (await here.app.fetch(new Request(address))).json()) as {
      readonly reference?: string
      readonly results: readonly { readonly url: string }[]
    }
  }
  const plain = await search('q=program+printer')
  assert.equal(plain.reference, undefined)
  assert.doesNotMatch(plain.results[0]?.url ?? '', /asked=/)
  const settled = await search('q=program+printer+settled&settled=yes')
  assert.match(settled.results[0]?.url ?? '', new RegExp(`asked=${settled.reference}&place=1`))
  assert.deepEqual(
    (await questions('program')).map(({ text }) => text),
    ['program printer settled'],
  )
})

test('a customer reads nothing of what others asked, and writes in nobody else’s name', async () => {
  const asta = here.people.asta
  const client = new Client(here.superuserUrl)
  await client.connect()
  const { rows } = await client.query<{ person: string; organization: string }>(
    `select person_id as person, organization_id as organization from svar.person where email = $1`,
    [asta.email],
  )
  await client.end()
  const actor = {
    kind: 'member',
    personId: rows[0]?.person ?? '',
    organizationId: rows[0]?.organization ?? '',
    operatorId: microsoft,
  } as const
  await assert.rejects(here.database.ask(actor, sql`select text from help_question`), /permission denied/)
  await assert.rejects(
    here.database.work(actor, (work) =>
      sql`insert into help_outcome (operator_id, outcome_id, kind, holder_id, noted_at)
        values (${microsoft}, gen_random_uuid(), 'case', gen_random_uuid(), now())`.execute(work.tx),
    ),
    /row-level security/,
  )
})

test('when evidence cannot be written, the page is shown all the same', async () => {
  const client = new Client(here.superuserUrl)
  await client.connect()
  await client.query('revoke insert on svar.help_question, svar.help_outcome, svar.article_verdict from svar_customer')
  try {
    const visitor = browserOf(here)
    const results = await visitor.get('/microsoft/help?q=printer+broken', ENGLISH)
    assert.equal(results.status, 200)
    const article = await visitor.get(firstAnswer(results), ENGLISH)
    assert.equal(article.status, 200)
    assert.equal((await say(visitor, article, 'yes')).status, 200)
  } finally {
    await client.query('grant insert on svar.help_question, svar.help_outcome, svar.article_verdict to svar_customer')
    await client.end()
  }
})
