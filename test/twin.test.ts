import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { writePredicates } from '../src/database/wall.ts'
import { newId } from '../src/base/ids.ts'
import { proposeRelation } from '../src/rooms/partners/index.ts'
import { addOrganization, addPerson, findByEmail } from '../src/rooms/people/index.ts'
import { giveConsent } from '../src/rooms/rights/index.ts'
import { browserOf, programOf, serviceRequest } from './client.ts'
import { privateAddresses } from '../src/rooms/status-feeds/api.ts'
import { DOCUMENTS, OWN_DOCUMENTS } from '../src/rooms/status-feeds/documents.ts'
import { world } from './world.ts'
import type { Somebody } from './world.ts'

/*
 * The wall between customers, walked along: every route there is, as everybody there is, with the ids of others in paths, queries,
 * headers and bodies. Nobody sees a foreign word; foreign and non-existing are alike; and all answers are the same to the byte
 * when every predicate on organization and operator is taken out of the SQL, because row-level security holds without them.
 * Security.md, section 4, and S3 in section 7.
 */

const here = await world()
const client = new Client(here.superuserUrl)

// ---- Who owns what

type Slug = 'microsoft' | '21vianet'

/** An organization with a case of everything, each part with a word that stands nowhere else. */
type Owner = {
  readonly mark: string
  readonly slug: Slug
  readonly administrator: Somebody
  readonly agent: Somebody
  readonly key: string
  readonly number: string
  readonly caseId: string
  readonly fileId: string
  readonly organizationId: string
  readonly names: readonly string[]
}

/** A topic both operators have. */
const TOPIC = 'understand-bill'

const NOBODY = {
  number: '12345678903',
  caseId: '00000000-0000-7000-8000-000000000000',
  fileId: '00000000-0000-7000-8000-000000000001',
  organizationId: '00000000-0000-7000-8000-000000000002',
}

async function seed(
  mark: string,
  slug: Slug,
  administrator: Somebody,
  agent: Somebody,
  names: readonly string[],
): Promise<Owner> {
  const key = `key-of-${mark}`
  const program = programOf(here, here.tokenOf(administrator))
  const request = {
    title: `${mark}title`,
    description: `${mark}description`,
    businessImpact: `${mark}impact`,
    supportType: 'billing',
    topic: TOPIC,
    contact: { method: 'email', email: administrator.email },
  }
  const { json } = await program('POST', '/cases', serviceRequest(request), { 'idempotency-key': key })
  const number = String(json.number)
  const file = new File([`${mark}content`], `${mark}file.txt`, { type: 'text/plain' })
  await browserOf(here, administrator).send(`/${slug}/cases/${number}/reply`, { body: `${mark}reply` }, [file])
  const desk = browserOf(here, agent)
  await desk.send(`/${slug}/agent/cases/${number}/messages`, { kind: 'answer', body: `${mark}answer` })
  await desk.send(`/${slug}/agent/cases/${number}/messages`, { kind: 'note', body: `${mark}note` })
  const { rows } = await client.query<{ caseId: string; fileId: string; organizationId: string }>(
    `select c.case_id as "caseId", a.attachment_id as "fileId", c.organization_id as "organizationId" from svar.support_case c
     join svar.attachment a using (organization_id, case_id) where c.number = $1`,
    [number],
  )
  const ids = rows[0] ?? assert.fail(`${mark} has no case with a file`)
  return { mark, slug, administrator, agent, key, number, names, ...ids }
}

async function addLvye(): Promise<Somebody> {
  const operatorId = here.operators.vianet
  await here.database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
    const organizationId = await addOrganization(work, { operatorId, name: '绿野食品', country: 'CN', contract: null })
    await addPerson(work, {
      operatorId,
      organizationId,
      email: 'li@lvye.test',
      name: '李伟',
      phone: null,
      language: 'zh-Hans',
      zone: 'Asia/Shanghai',
      roles: ['global-admin'],
    })
  })
  return { email: 'li@lvye.test', operator: '21vianet', operatorId }
}

/** Somebody of a partner to whom Liv has consented: to the wall a person of her organization. */
async function addPartnerOfLiv(): Promise<Somebody> {
  const operatorId = here.operators.microsoft
  const partner = { partnerId: newId(), name: 'Nordlys IT' }
  const liv = await here.database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
    const found = await findByEmail(work, operatorId, here.people.liv.email)
    const member = found?.actor.kind === 'member' ? found.actor : assert.fail('Liv is nobody')
    const { organizationId } = member
    const endsAt = work.now.add({ hours: 24 * 365 })
    await proposeRelation(work, {
      organizationId,
      operatorId,
      ...partner,
      roles: ['global-admin'],
      endsAt,
      extends: true,
    })
    await addPerson(work, {
      operatorId,
      organizationId,
      partner,
      email: 'nora@nordlys.test',
      name: 'Nora Vik',
      phone: null,
      language: 'en',
      zone: 'Europe/Copenhagen',
      roles: [],
    })
    return member
  })
  await here.database.work(liv, (work) => giveConsent(work, partner.partnerId))
  return { email: 'nora@nordlys.test', operator: 'microsoft', operatorId }
}

async function seedAll(): Promise<readonly Owner[]> {
  const { people, agents } = here
  const li = await addLvye()
  const all = [
    await seed('Xhavnx', 'microsoft', people.asta, agents.mette, [
      'Havn Logistik',
      'Asta Holm',
      'Bo Lind',
      'asta@havn.test',
    ]),
    await seed('Xbageriix', 'microsoft', people.liv, agents.mette, [
      'Livs Bageri',
      'Liv Bager',
      'liv@bageri.test',
      'Nordlys IT',
    ]),
    await seed('Xjinlingx', '21vianet', people.chen, agents.wang, ['金陵物流', '陈静', 'chen@jinling.test']),
    await seed('Xlvyex', '21vianet', li, agents.wang, ['绿野食品', '李伟', 'li@lvye.test']),
  ]
  // Each with the number of a case for its own, so that the walk finds it.
  for (const { slug, caseId, mark } of all)
    await client.query(
      `insert into svar.holiday_proposal (operator_id, proposal_id, layer, year, days, difference, source, proposed_at)
       values ($1, $2, $3, 2028, '{"2028-01-03": "closed"}', '[]', $4, '2026-06-15T08:00:00Z')`,
      [
        slug === 'microsoft' ? here.operators.microsoft : here.operators.vianet,
        caseId,
        slug === 'microsoft' ? 'denmark' : 'china',
        `${mark}notice`,
      ],
    )
  for (const owner of all) await seedArticle(owner)
  for (const owner of all) await seedProgram(owner)
  for (const owner of all) await seedIncident(owner)
  for (const owner of all) await seedOnboarding(owner)
  for (const { caseId, mark } of all)
    await client.query(
      `insert into svar.promised_call (organization_id, operator_id, call_id, case_id, queue, topic, severity, severity_rank, language,
         zone, phone, phone_written, state, asked_at, waiting_since, misses, passed)
       select organization_id, operator_id, case_id, case_id, support_type, topic, severity, 1, 'en', 'UTC', '+4532123456', $2, 'waiting',
         opened_at, opened_at, 0, '{}' from svar.support_case where case_id = $1`,
      [caseId, `${mark}phone`],
    )
  await here.doJobs()
  return all
}

/** A question somebody asked, and an article with a version and a draft that waits for review, each found by the case's own id. */
async function seedArticle({ slug, caseId, mark }: Owner): Promise<void> {
  const operatorId = slug === 'microsoft' ? here.operators.microsoft : here.operators.vianet
  const at = '2026-06-15T07:00:00Z'
  const question = [operatorId, caseId, `${mark}question`, at]
  await client.query(
    `insert into svar.help_question (operator_id, question_id, language, text, group_key, place, found, shown, asked_at)
     values ($1, $2, 'en', $3, $3, 'page', 0, '{}', $4)`,
    question,
  )
  const article = [operatorId, `here/${caseId}`, at]
  await client.query(
    `insert into svar.own_article (operator_id, article_id, source_language, created_at) values ($1, $2, 'en', $3)`,
    article,
  )
  await client.query(
    `insert into svar.own_article_version (operator_id, article_id, language, version, title, description, products, body,
       written_by, published_by, published_at)
     select $1, $2, 'en', version, $4, '', '{}', $4 || version, $5, $5, $3 from generate_series(1, 2) as version`,
    [...article, `${mark}text`, caseId],
  )
  await client.query(
    `insert into svar.own_article_draft (operator_id, draft_id, article_id, language, agent_id, state, title, description, products,
       body, based_on, revision, saved_at)
     values ($1, $4, $2, 'en', $4, 'submitted', $5, '', '{}', $5, 2, 1, $3)`,
    [...article, caseId, `${mark}draft`],
  )
}

/** A program of the organization, found by the case's own id, with something to tell of it. */
async function seedProgram({ slug, caseId, mark, names: [holder] }: Owner): Promise<void> {
  const operatorId = slug === 'microsoft' ? here.operators.microsoft : here.operators.vianet
  await client.query(
    `with made as (insert into svar.program (operator_id, program_id, holder_id, name, scopes, secret_hash, made_at, expires_at)
       select $1, $2, organization_id, $3, '{ServiceHealth.Read.All}', repeat('0', 64), '2026-06-15T07:00:00Z', '2027-06-15T07:00:00Z'
       from svar.organization where name = $4 returning *)
     insert into svar.program_event (operator_id, event_id, program_id, holder_id, kind, actor_kind, why, recorded_at)
     select operator_id, program_id, program_id, holder_id, 'token-refused', 'job', 'over', made_at from made`,
    [operatorId, caseId, `${mark}program`, holder],
  )
}

/**
 * An incident told to one organization alone, found by its case's own id: with a post, somebody who follows it, what it does to them,
 * their case, and what they reported.
 */
async function seedIncident({ slug, caseId, mark, administrator }: Owner): Promise<void> {
  const operatorId = slug === 'microsoft' ? here.operators.microsoft : here.operators.vianet
  const { rows } = await client.query<{ organizationId: string; personId: string }>(
    `select organization_id as "organizationId", person_id as "personId" from svar.person where email = $1`,
    [administrator.email],
  )
  const { organizationId, personId } = rows[0] ?? assert.fail(`${mark} is nobody`)
  const at = '2026-06-15T07:00:00Z'
  const texts = JSON.stringify({ en: `${mark}outage` })
  const incident = [operatorId, caseId]
  await client.query(
    `insert into svar.incident (operator_id, incident_id, kind, service, origin, state, source_language, title, impact, organizations,
       started_at, declared_at, published_at, updated_at)
     values ($1, $2, 'incident', 'mail', 'operator', 'investigating', 'en', $3, $3, array[$4::uuid], $5, $5, $5, $5)`,
    [...incident, texts, organizationId, at],
  )
  await client.query(
    `insert into svar.incident_state (operator_id, incident_id, sequence, state, entered_at, recorded_at)
     values ($1, $2, 1, 'investigating', $3, $3)`,
    [...incident, at],
  )
  await client.query(
    `insert into svar.incident_post (operator_id, incident_id, post_id, kind, source_language, texts, written_at, review, published_at)
     values ($1, $2, $2, 'regular', 'en', $3, $4, 'none', $4)`,
    [...incident, JSON.stringify({ en: `${mark}post` }), at],
  )
  const member = [organizationId, operatorId, caseId, personId, at]
  await client.query(
    `insert into svar.incident_follower (organization_id, operator_id, incident_id, person_id, followed_at) values ($1, $2, $3, $4, $5)`,
    member,
  )
  await client.query(
    `insert into svar.incident_impact (organization_id, operator_id, incident_id, person_id, people, word, added_at)
     values ($1, $2, $3, $4, 5, $6, $5)`,
    [...member, `${mark}hit`],
  )
  await client.query(
    `insert into svar.health_report (organization_id, operator_id, report_id, person_id, service, symptom, language, since, people, reported_at)
     values ($1, $2, $3, $4, 'mail', $6, 'en', $5, 5, $5)`,
    [...member, `${mark}symptom`],
  )
  await client.query(
    `insert into svar.health_subscription (organization_id, operator_id, person_id, services, subscribed_at)
     values ($1, $2, $3, '{mail}', $4)`,
    [organizationId, operatorId, personId, at],
  )
  await client.query(
    `with made as (insert into svar.health_webhook (organization_id, operator_id, webhook_id, url, secret, language, made_by, made_at)
       values ($1, $2, $3, $6, $7, 'en', $4, $5) returning *)
     insert into svar.health_delivery (organization_id, operator_id, webhook_id, delivery_id, incident_id, body, written_at, state, tries)
     select organization_id, operator_id, webhook_id, webhook_id, webhook_id, $7, made_at, 'delivered', 1 from made`,
    [...member, `https://${mark}hook.test`, `${mark}secret`],
  )
  await client.query(
    `insert into svar.status_address (organization_id, operator_id, address_id, made_by, made_at) values ($1, $2, $3, $4, $5)`,
    member,
  )
  await client.query(
    `insert into svar.incident_case (organization_id, operator_id, case_id, incident_id, linked_at) values ($1, $2, $3, $3, $4)`,
    [organizationId, operatorId, caseId, at],
  )
}

/** A checklist that is begun, with a word on a step; where the operator has none, it lies there all the same. */
async function seedOnboarding({ slug, mark, administrator }: Owner): Promise<void> {
  const operatorId = slug === 'microsoft' ? here.operators.microsoft : here.operators.vianet
  const of = [operatorId, administrator.email, '2026-06-15T07:00:00Z']
  await client.query(
    `with bought as (insert into svar.add_on (organization_id, operator_id, add_on, seats, starts_at)
       select organization_id, $1, 'business-assist', 5, $3 from svar.person where email = $2 returning organization_id),
     begun as (insert into svar.onboarding (organization_id, operator_id, checklist, begun_at, moved_at)
       select organization_id, $1, 'settling-in', $3, $3 from bought returning organization_id)
     insert into svar.onboarding_event (organization_id, operator_id, checklist, sequence, event_id, step, kind, word, actor_kind, actor_id,
       charter_version, recorded_at)
     select organization_id, $1, 'settling-in', 1, organization_id, 'own-domain', 'done', $4, 'member', person_id, 1, $3
     from begun join svar.person using (organization_id) where email = $2`,
    [...of, `${mark}ticked`],
  )
}

// ---- Who asks

type Role = {
  readonly name: string
  readonly headers: Readonly<Record<string, string>>
  readonly sees: (owner: Owner) => boolean
  readonly seesNotes: boolean
}

async function everybody(owners: readonly Owner[]): Promise<readonly Role[]> {
  const { people, agents } = here
  const cookie = async (who: Somebody) => ({ cookie: await here.cookieOf(who) })
  const bearer = async (who: Somebody, scope: 'all' | 'read' | 'articles') => ({
    authorization: `Bearer ${await here.tokenOf(who, scope)}`,
  })
  const of = (mark: string) => (owner: Owner) => owner.mark === mark
  const at = (slug: Slug) => (owner: Owner) => owner.slug === slug
  const nora = await addPartnerOfLiv()
  const li = owners.find(of('Xlvyex'))?.administrator ?? people.chen
  const member = { seesNotes: false }
  const agent = { seesNotes: true }
  return [
    { name: 'a visitor', headers: {}, sees: () => false, ...member },
    { name: 'Asta', headers: await cookie(people.asta), sees: of('Xhavnx'), ...member },
    { name: 'Bo, an employee', headers: await cookie(people.bo), sees: of('Xhavnx'), ...member },
    { name: 'Liv', headers: await cookie(people.liv), sees: of('Xbageriix'), ...member },
    { name: 'Chen', headers: await cookie(people.chen), sees: of('Xjinlingx'), ...member },
    { name: 'Li', headers: await cookie(li), sees: of('Xlvyex'), ...member },
    { name: 'Nora, a partner of Liv', headers: await cookie(nora), sees: of('Xbageriix'), ...member },
    { name: "Nora's program", headers: await bearer(nora, 'all'), sees: of('Xbageriix'), ...member },
    { name: 'Mette', headers: await cookie(agents.mette), sees: at('microsoft'), ...agent },
    { name: 'Wang', headers: await cookie(agents.wang), sees: at('21vianet'), ...agent },
    { name: "Asta's program", headers: await bearer(people.asta, 'all'), sees: of('Xhavnx'), ...member },
    { name: "Liv's reading program", headers: await bearer(people.liv, 'read'), sees: of('Xbageriix'), ...member },
    { name: "Li's program", headers: await bearer(li, 'all'), sees: of('Xlvyex'), ...member },
    { name: "Mette's program", headers: await bearer(agents.mette, 'all'), sees: at('microsoft'), ...agent },
    { name: "Wang's reading program", headers: await bearer(agents.wang, 'read'), sees: at('21vianet'), ...agent },
    { name: 'a program for articles', headers: await bearer(people.asta, 'articles'), sees: () => false, ...member },
  ]
}

// ---- What is asked

type Target = Pick<Owner, 'number' | 'caseId' | 'fileId' | 'organizationId'> & {
  readonly key: string
  readonly email: string
}

/** The word of the private address of a target's health; who has it may read there whoever he is. */
const { wordFor } = privateAddresses('a secret for tests that is long enough')
const BY_WORD = '/status/o/:word'
type Ask = {
  readonly query?: string
  readonly form?: Record<string, string>
  readonly json?: unknown
  readonly headers?: Record<string, string>
}

const cursorAt = (at: string, { caseId }: Target) => Buffer.from(`${at} ${caseId}`).toString('base64url')
const BODY = { body: 'Hello from outside' }
const request = ({ email }: Target) => ({
  title: 'Mine',
  description: 'Mine',
  supportType: 'billing',
  topic: TOPIC,
  businessImpact: '',
  contact: { method: 'email', email },
})

/** How each route is asked about a target. A route that is not here fails the test. */
const ASKED: Readonly<Record<string, (target: Target) => readonly Ask[]>> = {
  'GET /healthz': () => [{}],
  'GET /readyz': () => [{}],
  'GET /metrics': () => [{}],
  'GET /assets/*': () => [{}],
  'GET /api/v1/openapi.json': () => [{}],
  'GET /api/v1/articles/search': ({ number }) => [{ query: `q=${number}` }, { query: `q=mail&operator=21vianet` }],
  'GET /api/v1/articles/suggest': ({ number }) => [{ query: `q=${number}` }],
  'GET /api/v1/me': () => [{}],
  'GET /api/v1/program': () => [{}],
  'GET /.well-known/oauth-authorization-server/:operator': () => [{}],
  'GET /:operator/v1.0/admin/serviceAnnouncement/healthOverviews': () => [{}, { query: '$expand=issues' }],
  'GET /:operator/v1.0/admin/serviceAnnouncement/healthOverviews/:name': () => [{}],
  'GET /:operator/v1.0/admin/serviceAnnouncement/issues': ({ caseId }) => [{}, { query: `$filter=id eq '${caseId}'` }],
  'GET /:operator/v1.0/admin/serviceAnnouncement/issues/:id': () => [{}],
  'GET /:operator/v1.0/admin/serviceAnnouncement/issues/:id/incidentReport': () => [{}],
  'GET /:operator/v1.0/admin/serviceAnnouncement/messages': () => [{}],
  'GET /:operator/v1.0/admin/serviceAnnouncement/messages/:id': () => [{}],
  'GET /:operator/v1.0/admin/serviceAnnouncement/messages/:id/attachments': () => [{}],
  'GET /:operator/status': () => [{}],
  'GET /:operator/status/:language': () => [{}],
  ...Object.fromEntries(
    Object.keys(DOCUMENTS).flatMap((path) => [
      [`GET /:operator/status/${path}`, () => [{}]],
      [`GET /:operator/status/:language/${path}`, () => [{}]],
    ]),
  ),
  'GET /:operator/status/o/:word': () => [{}],
  'GET /:operator/status/o/:word/:language': () => [{}],
  ...Object.fromEntries(
    Object.keys(OWN_DOCUMENTS).flatMap((path) => [
      [`GET /:operator/status/o/:word/${path}`, () => [{}]],
      [`GET /:operator/status/o/:word/:language/${path}`, () => [{}]],
    ]),
  ),
  'GET /:operator/health/feeds': () => [{}],
  'POST /:operator/health/feeds': ({ caseId }): readonly Ask[] => [
    { form: { act: 'make' } },
    { form: { act: 'renew', address: caseId } },
    { form: { act: 'withdraw', address: caseId } },
    { form: { act: 'x' } },
  ],
  'POST /:operator/oauth2/v2.0/token': ({ caseId }): readonly Ask[] => [
    { form: { grant_type: 'client_credentials', client_id: caseId, client_secret: 'twin' } },
    { form: { grant_type: 'password' } },
  ],
  'GET /api/v1/service-requests/options': () => [{}],
  'GET /api/v1/cases': (target) => [
    {},
    { query: `waitingFor=customer&cursor=${cursorAt('infinity', target)}` },
    { query: `cursor=${cursorAt('2099-01-01T00:00:00Z', target)}` },
    { query: `waitingFor=customer&cursor=${cursorAt('2000-01-01T00:00:00Z', target)}` },
  ],
  'POST /api/v1/cases': (target) => [
    { json: request(target), headers: { 'idempotency-key': target.key } },
    { json: { ...request(target), organizationId: target.caseId }, headers: { 'idempotency-key': target.key } },
  ],
  'GET /api/v1/cases/:number': () => [{}],
  'GET /api/v1/cases/:number/messages': () => [{}],
  'POST /api/v1/cases/:number/messages': () => [{ json: BODY }, { json: { ...BODY, kind: 'note' } }],
  'POST /api/v1/cases/:number/about': ({ caseId }): readonly Ask[] => [
    { json: { yes: caseId } },
    { json: { no: [caseId] } },
  ],
  'POST /api/v1/cases/:number/close': () => [{}],
  'GET /api/v1/cases/:number/clocks': () => [{}],
  'GET /api/v1/cases/:number/call': () => [{}],
  'POST /api/v1/cases/:number/call': (): readonly Ask[] => [
    { json: { phone: '+4532123457' } },
    { json: { phone: '+4532123457', at: '2026-06-16T08:00:00Z' } },
  ],
  'DELETE /api/v1/cases/:number/call': () => [{}],
  'GET /api/v1/reports/calls': () => [{}],
  'GET /api/v1/reports/questions': () => [{}, { query: 'from=2026-06-01&to=2026-06-30&language=en' }],
  'GET /api/v1/reports/response-targets': () => [{}, { query: 'from=2026-06&to=2026-07&asOf=2026-06-14' }],
  'GET /': () => [{}],
  'GET /icon.svg': () => [{}],
  'GET /:operator': () => [{}],
  'GET /:operator/': () => [{}],
  'GET /:operator/brand.css': () => [{}],
  'GET /:operator/language/:language': () => [{}],
  'GET /:operator/pane/suggest': ({ number }) => [{ query: `q=${number}` }],
  'GET /:operator/pane/search': ({ number }) => [{ query: `q=${number}` }],
  'GET /:operator/pane/start': () => [{}],
  'GET /:operator/pane.js': () => [{}],
  'GET /:operator/sign-in': ({ number }) => [{ query: `back=/microsoft/cases/${number}` }],
  'POST /:operator/sign-in': ({ email }) => [{ form: { email: `not-${email}` } }],
  'POST /:operator/sign-in/code': ({ email }) => [{ form: { email: `not-${email}`, code: '000000' } }],
  'GET /:operator/invitation/:token': () => [{}],
  'POST /:operator/invitation/:token': () => [{ form: { name: 'Eve', email: 'eve@evil.test' } }],
  'GET /:operator/account': () => [{}],
  'GET /:operator/demonstration/people': () => [{}],
  'POST /:operator/demonstration/people': () => [{ form: { email: 'nobody@nowhere.test' } }],
  'GET /:operator/demonstration/mailbox': () => [{}],
  'GET /:operator/demonstration/portal': () => [{}],
  'GET /:operator/articles/:id{.+}': () => [{}],
  'GET /:operator/help': ({ number }) => [{}, { query: `q=${number}` }],
  'GET /:operator/help/suggest': ({ number }) => [{ query: `q=${number}` }],
  'POST /:operator/help/solved': ({ number, caseId }): readonly Ask[] => [
    { form: { article: number, language: 'en', asked: caseId, solved: 'no' } },
    { form: { article: 'twin', language: 'en', asked: caseId, solved: 'yes' } },
    { form: {} },
  ],
  'GET /:operator/help/solved': ({ number }) => [{ query: `article=${number}` }, { query: 'article=twin&said=no' }],
  'GET /:operator/health': () => [{}, { query: 'part=now' }],
  'GET /:operator/health/changes': () => [{}],
  'GET /:operator/health/report': () => [{}],
  'POST /:operator/health/report': (): readonly Ask[] => [
    { form: { service: 'mail', symptom: 'Twin', since: '2026-06-15T08:00', people: '2' } },
    { form: {} },
  ],
  'GET /:operator/health/incidents/:incident': () => [{}],
  'POST /:operator/health/incidents/:incident/follow': () => [
    { form: { act: 'follow' } },
    { form: { act: 'unfollow' } },
  ],
  'POST /:operator/health/incidents/:incident/impact': (): readonly Ask[] => [
    { form: { people: '3', word: 'Twin' } },
    { form: {} },
  ],
  'POST /:operator/health/incidents/:incident/works': () => [{ form: { works: 'yes' } }],
  'GET /:operator/health/subscriptions': ({ caseId }) => [{}, { query: `after=${caseId}` }],
  'POST /:operator/health/subscriptions': (): readonly Ask[] => [
    { form: { which: 'own', pace: 'daily', hour: '7' } },
    { form: { which: 'chosen', pace: 'at-once' } },
    { form: { act: 'stop' } },
  ],
  'POST /:operator/health/subscriptions/colleagues': ({ caseId, email }): readonly Ask[] => [
    { form: { email } },
    { form: { person: caseId } },
  ],
  'GET /:operator/health/webhooks': () => [{}],
  'POST /:operator/health/webhooks': () => [{ form: { url: 'http://twin.test' } }],
  'GET /:operator/health/webhooks/changes': () => [{}],
  'POST /:operator/health/webhooks/remove': ({ caseId }) => [{ form: { webhook: caseId } }],
  'POST /:operator/health/webhooks/test': ({ caseId }) => [{ form: { webhook: caseId } }],
  'GET /:operator/health/webhooks/:webhook': () => [{}],
  'POST /:operator/health/webhooks/:webhook': (): readonly Ask[] => [
    { form: { which: 'own' } },
    { form: { which: 'chosen', 'service-mail': 'on', language: 'en' } },
  ],
  'GET /:operator/health/unsubscribe/:word': () => [{}],
  'POST /:operator/health/unsubscribe/:word': () => [{ form: { 'List-Unsubscribe': 'One-Click' } }],
  'GET /:operator/pane/known': ({ number }) => [{ query: `q=${number}` }, { query: 'q=outage&language=en' }],
  'GET /:operator/agent/incidents': () => [{}],
  'POST /:operator/agent/incidents/mail': () => [{ form: { act: 'stop' } }, { form: { act: 'start' } }],
  'GET /:operator/agent/incidents/new': ({ number }) => [{}, { query: `title=${number}&service=mail` }],
  'POST /:operator/agent/incidents/new': () => [{ form: { kind: 'incident' } }],
  'GET /:operator/agent/incidents/:incident': () => [{}],
  'GET /:operator/agent/incidents/:incident/cases': () => [{}],
  'POST /:operator/agent/incidents/:incident/cases': ({ number }) => [
    { form: { act: 'link', numbers: number } },
    { form: { act: 'unlink', numbers: '22222222222' } },
  ],
  'POST /:operator/agent/incidents/:incident/posts': (): readonly Ask[] => [
    { form: { kind: 'regular', language: 'en', 'text-en': 'Twin', preview: 'yes' } },
    { form: { kind: 'regular', language: 'en', 'text-en': 'Twin' } },
  ],
  'POST /:operator/agent/incidents/:incident/texts': () => [{ form: { 'title-en': '' } }],
  'POST /:operator/agent/incidents/:incident/translate': ({ caseId }) => [
    { form: { post: caseId, 'text-da': 'Tvilling' } },
  ],
  'POST /:operator/agent/incidents/:incident/review': ({ caseId }): readonly Ask[] => [
    { form: { post: caseId, review: 'approved' } },
    { form: { review: 'approved' } },
  ],
  'POST /:operator/agent/incidents/:incident/merge': ({ caseId }) => [{ form: { into: caseId } }],
  'POST /:operator/agent/incidents/:incident/state': () => [
    { form: { to: 'serviceOperational' } },
    { form: { to: 'serviceRestored' } },
  ],
  'GET /:operator/agent/onboarding': ({ caseId }) => [
    {},
    { query: 'stage=not-begun&checklist=more-of-it' },
    { query: `after=2026-06-15T00:00:00Z_${caseId}` },
  ],
  'GET /:operator/agent/onboarding/:organization': () => [{}],
  'GET /:operator/agent/onboarding/:organization/:checklist/history': () => [{}, { query: 'before=2' }],
  'POST /:operator/agent/onboarding/:organization/:checklist': ({ key }): readonly Ask[] => [
    { form: { step: 'multi-factor', mark: 'done', word: 'Twin', key } },
    { form: { step: 'gone', mark: 'noted', word: 'Twin', key } },
    { form: { mark: 'x' } },
  ],
  'GET /:operator/onboarding': () => [{}],
  'GET /:operator/onboarding/:checklist/history': () => [{}],
  'POST /:operator/onboarding/:checklist': ({ key }): readonly Ask[] => [
    { form: { step: 'move-mail', mark: 'done', key } },
    { form: { step: 'move-mail', mark: 'not-for-us', key } },
    { form: { step: 'gone', mark: 'noted', word: 'Twin', key } },
  ],
  'GET /:operator/agent/noticed': () => [{}, { query: 'part=groups' }],
  'GET /:operator/agent/noticed/changes': () => [{}],
  'POST /:operator/agent/noticed': ({ caseId }) => [{ form: { reports: caseId, incident: caseId } }],
  'POST /:operator/cases/:number/about': ({ caseId }): readonly Ask[] => [
    { form: { yes: caseId } },
    { form: { no: caseId, back: 'sent' } },
  ],
  'POST /:operator/cases/:number/works': () => [{ form: { works: 'no' } }, { form: { works: 'yes' } }],
  'GET /:operator/contact': ({ number }) => [{}, { query: `question=${number}&to=operator` }],
  'POST /:operator/contact': ({ key, number, email }): readonly Ask[] => [
    { form: { title: 'Mine', key, number, email } },
    { form: { ...formRequest(email), key, organizationId: number } },
    { form: { ...formRequest(email), key: `draft of ${key}`, draft: number, subscription: NOBODY.caseId } },
  ],
  'GET /:operator/contact/sent/:number': () => [{}],
  'POST /:operator/contact/colleagues': (): readonly Ask[] => [
    { form: { title: 'Mine', description: 'Mine' } },
    { form: { title: '' } },
  ],
  'GET /:operator/pre-sales': () => [{}],
  'POST /:operator/pre-sales': () => [{ form: { name: 'Twin' } }],
  'GET /:operator/organization': () => [{}],
  'POST /:operator/organization/roles': ({ caseId }) => [{ form: { person: caseId, 'role-global-admin': 'on' } }],
  'POST /:operator/organization/delegations': ({ caseId }): readonly Ask[] => [
    { form: { person: caseId, role: 'global-admin', until: '2027-01-01T00:00' } },
    { form: { person: caseId, role: '' } },
  ],
  'POST /:operator/organization/delegations/end': ({ caseId }) => [{ form: { grant: caseId } }],
  'POST /:operator/organization/seats/free': ({ caseId }) => [{ form: { addOn: 'business-assist', person: caseId } }],
  'POST /:operator/organization/invite': ({ email }) => [{ form: { name: 'Twin', email: `not-${email}` } }],
  'GET /:operator/organization/questions': () => [{}],
  'POST /:operator/organization/questions/decline': ({ caseId }) => [{ form: { question: caseId, word: 'Twin' } }],
  'GET /:operator/organization/partner': () => [{}],
  'POST /:operator/organization/partner': ({ caseId }) => [{ form: { partner: caseId, act: 'give' } }],
  'GET /:operator/organization/programs': () => [{}],
  'POST /:operator/organization/programs': () => [{ form: { name: '' } }],
  'POST /:operator/organization/programs/revoke': ({ caseId }) => [{ form: { program: caseId } }],
  'GET /:operator/organizations': () => [{}],
  'POST /:operator/organizations': ({ caseId }) => [{ form: { organization: caseId } }],
  'GET /:operator/cases': ({ caseId }) => [
    {},
    { query: `after=2099-01-01T00:00:00Z_${caseId}` },
    { query: `after=infinity_${caseId}` },
  ],
  'GET /:operator/cases/:number': () => [{}],
  'GET /:operator/cases/:number/files/:file': () => [{}],
  'POST /:operator/cases/:number/reply': () => [
    { form: BODY },
    { form: { body: '' } },
    { form: { ...BODY, review: 'yes' } },
  ],
  'POST /:operator/cases/:number/close': () => [{ form: {} }],
  'POST /:operator/cases/:number/reopen': () => [{ form: BODY }],
  'POST /:operator/cases/:number/severity': () => [{ form: { ...BODY, severity: 'A' } }, { form: {} }],
  'GET /:operator/cases/:number/call': () => [{}, { query: 'part=panel' }],
  'POST /:operator/cases/:number/call': ({ key }): readonly Ask[] => [
    { form: { when: 'now', phone: '+45 32 12 34 57', confirmed: 'yes' } },
    { form: { when: 'at', slot: '2026-06-16T08:00:00Z', phone: '+45 32 12 34 57', confirmed: 'yes' } },
    { form: { when: 'at', phone: key } },
  ],
  'POST /:operator/cases/:number/call/cancel': () => [{ form: {} }],
  'GET /:operator/cases/:number/call/changes': () => [{}],
  'GET /:operator/agent/calls': () => [{}, { query: 'part=desk' }],
  'GET /:operator/agent/calls/changes': () => [{}],
  'POST /:operator/agent/calls/presence': () => [{ form: { presence: 'ready' } }, { form: { presence: 'x' } }],
  'POST /:operator/agent/calls/:call': ({ caseId }): readonly Ask[] => [
    { form: { move: 'accept' } },
    { form: { move: 'hand-over', to: caseId } },
  ],
  'GET /:operator/agent/callers': ({ number, email }) => [{ query: `told=${number}` }, { query: `told=${email}` }],
  'POST /:operator/agent/callers': ({ number, caseId }): readonly Ask[] => [
    { form: { who: `${caseId} ${caseId}`, number } },
    { form: { who: `${caseId} ${caseId}` } },
    { form: {} },
  ],
  'GET /:operator/agent/callers/:check': () => [{}, { query: 'part=state' }],
  'GET /:operator/agent/callers/:check/changes': () => [{}],
  'POST /:operator/agent/callers/:check': (): readonly Ask[] => [{ form: { code: '123456' } }, { form: {} }],
  'GET /:operator/caller': () => [{}],
  'POST /:operator/caller': ({ caseId }): readonly Ask[] => [{ form: { check: caseId } }],
  'GET /:operator/agent/staffing': () => [{}],
  'POST /:operator/agent/staffing/:agent': (): readonly Ask[] => [
    { form: { monday: '09:00-17:00' } },
    { form: { monday: 'x' } },
  ],
  'GET /:operator/agent': ({ caseId }) => [
    {},
    { query: `waiting=customer&after=2000-01-01T00:00:00Z_${caseId}` },
    { query: `waiting=customer&part=table` },
  ],
  'GET /:operator/agent/changes': () => [{}],
  'GET /:operator/agent/cases/:number': () => [{}],
  'GET /:operator/agent/cases/:number/looking': () => [{}],
  'GET /:operator/agent/cases/:number/files/:file': () => [{}],
  'POST /:operator/agent/cases/:number/messages': () => [
    { form: { kind: 'note', ...BODY } },
    { form: { kind: 'answer', body: '' } },
  ],
  'POST /:operator/agent/cases/:number/take': () => [{ form: {} }],
  'POST /:operator/agent/cases/:number/close': () => [{ form: {} }],
  'POST /:operator/agent/cases/:number/resume': () => [{ form: {} }],
  'POST /:operator/agent/cases/:number/incident': () => [{ form: { incident: '' } }, { form: { incident: 'x' } }],
  'POST /:operator/agent/cases/:number/merge': () => [{ form: { into: '22222222222' } }, { form: { into: '' } }],
  'POST /:operator/agent/cases/:number/severity': () => [
    { form: { severity: 'B', reason: 'workaround', why: 'twin' } },
    { form: { severity: 'Z', reason: 'workaround', why: '' } },
  ],
  'GET /:operator/agent/holidays': () => [{}],
  'GET /:operator/agent/programs': () => [{}],
  'POST /:operator/agent/programs': () => [{ form: { name: '' } }],
  'POST /:operator/agent/programs/revoke': ({ caseId }) => [{ form: { program: caseId } }],
  'GET /:operator/agent/articles': ({ number }) => [{}, { query: `q=${number}&place=folders` }],
  'GET /:operator/agent/articles/new': ({ number }) => [{ query: `title=${number}&language=en` }],
  'GET /:operator/agent/articles/edit': ({ number, caseId }) => [
    { query: `article=${number}&language=en` },
    { query: `article=here/${caseId}&language=en` },
  ],
  'POST /:operator/agent/articles/edit': ({ caseId }): readonly Ask[] => [
    { form: { language: 'en', title: 'Twin', body: 'Twin' } },
    { form: { article: `here/${caseId}`, language: 'en', title: 'Twin', body: 'Twin', basedOn: '0', act: 'submit' } },
    { form: { article: `here/${caseId}`, language: 'en', act: 'discard' } },
  ],
  'POST /:operator/agent/articles/preview': ({ number }) => [{ form: { language: 'en', body: `# ${number}` } }],
  'GET /:operator/agent/articles/review': ({ caseId }) => [{ query: `draft=${caseId}` }],
  'POST /:operator/agent/articles/review': ({ caseId }): readonly Ask[] => [
    { form: { draft: caseId, act: 'send-back', note: 'Twin' } },
    { form: { draft: caseId, act: 'approve' } },
  ],
  'GET /:operator/agent/articles/versions': ({ caseId }) => [{ query: `article=here/${caseId}&language=en` }],
  'POST /:operator/agent/articles/versions': ({ caseId }) => [
    { form: { article: `here/${caseId}`, language: 'en', version: '1' } },
  ],
  'POST /:operator/agent/articles/state': ({ caseId }): readonly Ask[] => [
    { form: { article: `here/${caseId}`, language: 'en', act: 'retire' } },
    { form: { article: `here/${caseId}`, language: 'en', act: 'copy' } },
  ],
  'GET /:operator/agent/answers': () => [{}, { query: 'from=2026-06-01&to=2026-06-30' }],
  'GET /:operator/agent/answers.csv': () => [{}],
  'GET /:operator/agent/answers/teach': ({ number }) => [{}, { query: `question=${number}&language=en` }],
  'POST /:operator/agent/answers/teach': ({ number }) => [
    { form: { question: number, language: 'en', article: 'twin' } },
    { form: { question: number, language: 'en', article: number } },
  ],
  'GET /:operator/agent/reports': () => [{}, { query: 'from=2026-06&to=2026-07&clock=initial-response' }],
  'GET /:operator/agent/reports.csv': () => [{ query: 'from=2026-06&to=2026-07' }],
  'GET /:operator/agent/reports/cases': ({ caseId }) => [
    { query: 'from=2026-06&to=2026-07' },
    { query: `from=2026-06&to=2026-07&after=2026-06-01T00:00:00Z_${caseId}_initial-response_1` },
  ],
  'GET /:operator/agent/reports/cases.csv': () => [{ query: 'from=2026-06&to=2026-07' }],
  'POST /:operator/agent/holidays/:proposal': () => [{ form: { decision: 'x' } }, { form: { decision: 'approve' } }],
  'POST /:operator/account/passkeys/remove': () => [{ form: { passkey: 'nobodys' } }],
  // Last, because it ends the session of whoever asks.
  'POST /:operator/sign-out': () => [{ form: {} }],
}

const formRequest = (email: string): Record<string, string> => ({
  title: 'Mine',
  description: 'Mine',
  topic: TOPIC,
  businessImpact: '',
  method: 'email',
  phone: '',
  email,
})

/** Figures of the process itself, which no one can ask twice. */
const NEVER_THE_SAME = 'GET /metrics'

/** Walked in the order above, not in that of the app: what ends something comes after what looks at it. */
const ROUTES = Object.keys(ASKED)

/** Every word of a demonstration's mailbox is everybody's of that operator, and so are the people to become. */
const OPEN_TO_ITS_OPERATOR = /\/demonstration\/(people|mailbox)$/

// ---- The walk

type Answer = {
  readonly role: Role
  readonly route: string
  readonly slug: string
  readonly target: string
  readonly at: number
  readonly status: number
  readonly text: string
  readonly shown: string
}

type Walker = { readonly owners: readonly Owner[]; readonly roles: readonly Role[] }

async function walk({ owners, roles }: Walker): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  for (const route of ROUTES)
    for (const role of roles)
      for (const slug of route.includes(':operator') ? ['microsoft', '21vianet'] : [''])
        for (const [target, of] of targets(owners)) {
          const asks = ASKED[route]?.(of) ?? []
          for (const [at, ask] of asks.entries()) answers.push(await asked({ role, route, slug, target, at }, of, ask))
          if (!isAboutSomebody(asks, route)) break
        }
  return answers
}

function targets(owners: readonly Owner[]): readonly (readonly [string, Target])[] {
  const ofOwner = ({ mark, number, caseId, fileId, organizationId, key, administrator }: Owner) =>
    [mark, { number, caseId, fileId, organizationId, key, email: administrator.email }] as const
  return [...owners.map(ofOwner), ['nobody', { ...NOBODY, key: 'key-of-nobody', email: 'nobody@nowhere.test' }]]
}

function isAboutSomebody(asks: readonly Ask[], route: string): boolean {
  return (
    route.includes(':number') ||
    route.includes(':incident') ||
    route.includes(':organization') ||
    route.includes(BY_WORD) ||
    asks.some(({ query, form, json, headers }) => query ?? form ?? json ?? headers)
  )
}

async function asked(about: Omit<Answer, 'status' | 'text' | 'shown'>, of: Target, ask: Ask): Promise<Answer> {
  const [method = '', pattern = ''] = about.route.split(' ')
  const path = pattern
    .replace(':operator', about.slug)
    .replace(':number', of.number)
    .replace(':file', of.fileId)
    .replace(':organization', of.organizationId)
    .replace(':checklist', 'settling-in')
    .replace(':proposal', of.caseId)
    .replace(':incident', of.caseId)
    .replace(':word', wordFor(of.caseId))
    .replace(':call', of.caseId)
    .replace(':agent', of.caseId)
    .replace(':language', 'en')
    .replace(':token', 'invite_nothing')
    .replace(/:id\{.*\}$/, of.number)
  const headers = new Headers({
    host: 'svar.test',
    'x-forwarded-for': '192.0.2.1',
    'x-organization-id': of.caseId,
    ...about.role.headers,
    ...ask.headers,
  })
  if (method === 'POST') headers.set('origin', 'http://svar.test')
  if (ask.json) headers.set('content-type', 'application/json')
  const body = ask.json ? JSON.stringify(ask.json) : ask.form && new URLSearchParams(ask.form)
  const asking = new Request(`http://svar.test${path}${ask.query ? `?${ask.query}` : ''}`, {
    method,
    headers,
    ...(body ? { body } : {}),
  })
  const response = await here.app.fetch(asking)
  const content = pattern.endsWith('/changes') && response.ok ? await begun(response) : await response.text()
  const text = `${response.headers.get('location') ?? ''}\n${response.headers.get('content-disposition') ?? ''}\n${content}`
  return { ...about, status: response.status, text, shown: withoutEcho(text, of) }
}

/** A stream has no end to wait for. */
async function begun(response: Response): Promise<string> {
  const reader = response.body?.getReader()
  const first = await reader?.read()
  await reader?.cancel()
  return new TextDecoder().decode(first?.value)
}

/** An answer may say back what it was asked. */
function withoutEcho(text: string, { number, caseId, fileId, organizationId, key, email }: Target): string {
  const spoken = `${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7)}`
  return [number, spoken, wordFor(caseId), caseId, fileId, organizationId, key, email].reduce(
    (left, echo) => left.replaceAll(echo, 'ECHO'),
    text,
  )
}

// ---- What must hold

function leaksIn({ owners }: Walker, { role, route, slug, shown, target }: Answer): readonly string[] {
  return owners.flatMap((owner) => {
    const held = route.includes(BY_WORD) && target === owner.mark
    const open = (held || OPEN_TO_ITS_OPERATOR.test(route)) && owner.slug === slug
    const foreign = [owner.mark, owner.number, owner.caseId, owner.fileId, owner.organizationId, ...owner.names]
    const words = role.sees(owner) || open ? (role.seesNotes ? [] : [`${owner.mark}note`]) : foreign
    return words
      .filter((word) => shown.includes(word))
      .map((word) => `${role.name} sees ${word} at ${route} (${slug}), asked about ${target}`)
  })
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** Without what each answer draws anew: request ids, keys of forms, numbers of new cases, cursors, ids of new articles; known ids stay. */
function comparable({ owners }: Walker, { text }: Answer): string {
  const known = new Set(
    owners.flatMap(({ number, caseId, fileId, organizationId }) => [
      number,
      spokenOf(number),
      caseId,
      fileId,
      organizationId,
    ]),
  )
  const keep = (drawn: string) => (match: string) => (known.has(match) ? match : drawn)
  return text
    .replaceAll(UUID, keep('UUID'))
    .replaceAll(/\b\d{11}\b/g, keep('NUMBER'))
    .replaceAll(/\b\d{3}-\d{4}-\d{4}\b/g, keep('NUMBER'))
    .replaceAll(/"date":"[^"]+"/g, '"date":"NOW"')
    .replaceAll(/"next":"[\w-]+"/g, '"next":"CURSOR"')
    .replaceAll(/here(?:\/|%2F)twin-[0-9a-f]{6}/g, 'ARTICLE')
}

function spokenOf(number: string): string {
  return `${number.slice(0, 3)}-${number.slice(3, 7)}-${number.slice(7)}`
}

// ---- The same ground twice

const SCHEMAS = `('svar', 'signin', 'pgboss')`

type Table = { readonly name: string; readonly columns: string }

/** Every table with the columns that can be written: those that are generated write themselves. */
async function tables(): Promise<readonly Table[]> {
  const { rows } = await client.query<Table>(`select format('%I.%I', table_schema, table_name) as name,
      string_agg(format('%I', column_name), ', ' order by ordinal_position) as columns
    from information_schema.columns join pg_tables on schemaname = table_schema and tablename = table_name
    where table_schema in ${SCHEMAS} and table_name not like 'kysely%' and table_name not in ('job_common', 'version')
      and is_generated = 'NEVER'
    group by 1 order by 1`)
  return rows
}

async function remember(): Promise<void> {
  await client.query('create schema remembered')
  for (const { name, columns } of await tables())
    await client.query(`create table remembered.${nameFor(name)} as select ${columns} from ${name}`)
}

async function putBack(): Promise<void> {
  await client.query('begin; set local session_replication_role = replica')
  for (const { name, columns } of await tables()) {
    await client.query(`delete from ${name}`)
    await client.query(`insert into ${name} (${columns}) select ${columns} from remembered.${nameFor(name)}`)
  }
  await client.query('commit')
}

function nameFor(table: string): string {
  return table.replaceAll(/[."]/g, '_')
}

const walker = await prepared()

async function prepared(): Promise<Walker> {
  await client.connect()
  const owners = await seedAll()
  const roles = await everybody(owners)
  await remember()
  return { owners, roles }
}

let answers: readonly Answer[] = []

test('every route of the app is walked, by everybody', async () => {
  const routes = here.app.app.routes
    .filter(({ method, path }) => method !== 'ALL' && !path.endsWith('/*'))
    .map(({ method, path }) => `${method} ${path}`)
  assert.deepEqual(
    [...new Set(routes)].filter((route) => !ASKED[route]),
    [],
    'tell this test how these are asked',
  )
  answers = await walk(walker)
  for (const route of ['POST /api/v1/cases', 'POST /:operator/contact'])
    assert.ok(
      answers.some((answer) => answer.route === route && [201, 303].includes(answer.status)),
      `${route} opens cases`,
    )
  assert.deepEqual(
    [
      ...new Set(
        answers
          .filter(({ status }) => status >= 500)
          .map(({ route, role, target }) => `${route} ${role.name} ${target}`),
      ),
    ],
    [],
  )
})

test('nobody sees a word, a name, a number or an id of an organization that is not his; members see no note', () => {
  assert.deepEqual([...new Set(answers.flatMap((answer) => leaksIn(walker, answer)))], [])
  for (const { mark } of walker.owners)
    for (const part of [
      'title',
      'description',
      'reply',
      'answer',
      'note',
      'content',
      'file',
      'outage',
      'post',
      'hit',
      'symptom',
      'hook',
      ...(mark === 'Xjinlingx' || mark === 'Xlvyex' ? [] : ['ticked']),
    ])
      assert.ok(
        answers.some(({ text }) => text.includes(mark + part)),
        `${mark}${part} is seen by somebody, or this test looks at nothing`,
      )
})

test('a private address shows its organization’s own to whoever has it, and nothing at another operator', () => {
  const byWord = answers.filter(({ route }) => route.includes(BY_WORD))
  for (const { mark, slug } of walker.owners) {
    const own = byWord.filter(({ target }) => target === mark)
    assert.ok(
      own.some((answer) => answer.slug === slug && answer.text.includes(`${mark}outage`)),
      mark,
    )
    for (const answer of own) assert.equal(answer.status, answer.slug === slug ? 200 : 404, answer.route)
  }
})

test('foreign and non-existing are alike: the same status, and the same answer but for the id', () => {
  const differing = new Set<string>()
  const key = ({ route, role, slug, at }: Answer) => [route, role.name, slug, at].join(' ')
  const ofNobody = new Map(answers.filter(({ target }) => target === 'nobody').map((answer) => [key(answer), answer]))
  for (const answer of answers) {
    const owner = walker.owners.find(({ mark }) => mark === answer.target)
    const other = ofNobody.get(key(answer))
    if (!owner || !other || !/:(number|organization)/.test(answer.route) || answer.role.sees(owner)) continue
    const same =
      other.status === answer.status &&
      comparable(walker, { ...other, text: other.shown }) === comparable(walker, { ...answer, text: answer.shown })
    if (!same) differing.add(`${key(answer)} about ${answer.target}: ${answer.status}, and ${other.status} for nobody`)
  }
  assert.deepEqual([...differing], [])
})

test('nothing was written across: authors and actors belong to the organization or to its operator', async () => {
  const { rows } = await client.query(`
    select 'message', body from svar.message m where author_kind in ('member', 'partner') and not exists
      (select from svar.person p where p.organization_id = m.organization_id and p.person_id = m.author_id)
    union all select 'message', body from svar.message m where author_kind = 'agent' and not exists
      (select from svar.agent a where a.operator_id = m.operator_id and a.agent_id = m.author_id)
    union all select 'event', kind from svar.event e where actor_kind in ('member', 'partner') and not exists
      (select from svar.person p where p.organization_id = e.organization_id and p.person_id = e.actor_id)
    union all select 'event', kind from svar.event e where actor_kind = 'agent' and not exists
      (select from svar.agent a where a.operator_id = e.operator_id and a.agent_id = e.actor_id)
    union all select 'step', step from svar.onboarding_event e where actor_kind in ('member', 'partner') and not exists
      (select from svar.person p where p.organization_id = e.organization_id and p.person_id = e.actor_id)
    union all select 'step', step from svar.onboarding_event e where actor_kind = 'agent' and not exists
      (select from svar.agent a where a.operator_id = e.operator_id and a.agent_id = e.actor_id)
    union all select 'case', title from svar.support_case c where not exists
      (select from svar.organization o where o.organization_id = c.organization_id and o.operator_id = c.operator_id)`)
  assert.deepEqual(rows, [])
})

test('without a single predicate on organization or operator, every answer is the same to the byte', async () => {
  await putBack()
  writePredicates(false)
  try {
    const again = await walk(walker)
    assert.equal(again.length, answers.length)
    const differing = answers.flatMap((answer, at) => {
      const twin = again[at]
      if (answer.route === NEVER_THE_SAME) return []
      const same = twin && twin.status === answer.status && comparable(walker, twin) === comparable(walker, answer)
      return same
        ? []
        : [
            `${answer.route} (${answer.slug}) by ${answer.role.name} about ${answer.target}: ${answer.status}, then ${twin?.status}`,
          ]
    })
    assert.deepEqual([...new Set(differing)].slice(0, 40), [])
    assert.deepEqual([...new Set(again.flatMap((answer) => leaksIn(walker, answer)))], [])
  } finally {
    writePredicates(true)
    await client.end()
  }
})
