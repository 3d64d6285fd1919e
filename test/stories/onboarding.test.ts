import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { newId } from '../../src/base/ids.ts'
import type { Agent, Member } from '../../src/database/actor.ts'
import { applyCharter, documentInForce } from '../../src/rooms/entitlements/index.ts'
import { followersOf } from '../../src/rooms/onboarding/follow.ts'
import type { After } from '../../src/rooms/onboarding/follow.ts'
import { markOwnStep, markStepFor } from '../../src/rooms/onboarding/index.ts'
import { setPartner, proposeRelation } from '../../src/rooms/partners/index.ts'
import { addPerson, findByEmail } from '../../src/rooms/people/index.ts'
import { addAddOn, recordConsent } from '../../src/rooms/rights/index.ts'
import { browserOf } from '../client.ts'
import { world } from '../world.ts'
import type { Somebody } from '../world.ts'

const here = await world()
const { asta, bo, liv, chen } = here.people
const { mette } = here.agents
const operatorId = here.operators.microsoft
const PAGE = '/microsoft/onboarding'
const LIST = `${PAGE}/settling-in`

async function actorOf(who: Somebody): Promise<Member | Agent> {
  const found = await here.database.work({ kind: 'job', operatorIds: [who.operatorId] }, (work) =>
    findByEmail(work, who.operatorId, who.email),
  )
  return found?.actor ?? assert.fail(`${who.email} is nobody`)
}

async function memberOf(who: Somebody): Promise<Member> {
  const actor = await actorOf(who)
  return actor.kind === 'member' ? actor : assert.fail(`${who.email} is no member`)
}

async function agentOf(who: Somebody): Promise<Agent> {
  const actor = await actorOf(who)
  return actor.kind === 'agent' ? actor : assert.fail(`${who.email} is no agent`)
}

async function buy(who: Somebody, seats = 4): Promise<void> {
  const { organizationId } = await memberOf(who)
  await here.database.work({ kind: 'job', operatorIds: [operatorId] }, (work) =>
    addAddOn(work, { organizationId, operatorId, addOn: 'business-assist', seats }),
  )
}

type Row = { readonly step: string; readonly kind: string; readonly word: string; readonly actorKind: string }

async function onSuper<T extends object>(statement: string, values: readonly unknown[] = []): Promise<readonly T[]> {
  const client = new Client(here.superuserUrl)
  await client.connect()
  try {
    return (await client.query<T>(statement, [...values])).rows
  } finally {
    await client.end()
  }
}

/** What was written down for somebody's organization, in its order. */
async function events(who: Somebody, checklist = 'settling-in'): Promise<readonly Row[]> {
  const { organizationId } = await memberOf(who)
  return onSuper<Row>(
    `select step, kind, word, actor_kind as "actorKind" from svar.onboarding_event
     where organization_id = $1 and checklist = $2 order by sequence`,
    [organizationId, checklist],
  )
}

/** Takes steps out of the charter in force, and puts one more at the end of the first checklist. */
async function changeSteps(keep: (id: string) => boolean, added?: string): Promise<void> {
  await here.database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
    const document = structuredClone(await documentInForce(work, operatorId)) as {
      checklists: { steps: { id: string; title: Record<string, string>; why: Record<string, string> }[] }[]
    }
    const [first] = document.checklists
    assert.ok(first)
    first.steps = first.steps.filter(({ id }) => keep(id))
    const words = { en: 'Backups', da: 'Sikkerhedskopier', 'zh-Hans': '备份' }
    if (added) first.steps.push({ id: added, title: words, why: words })
    await applyCharter(work, operatorId, document)
  })
}

await buy(asta)
await onSuper(`update svar.person set language = 'en'`)

test('Asta and Bo tick what is done: who and when stands there, and how far they are', async () => {
  const desk = browserOf(here, asta)
  const first = await desk.get(PAGE)
  assert.equal(first.status, 200)
  assert.match(first.body, /0 of 8 steps settled/)
  assert.match(first.body, /Takes the role Global administrator: Asta Holm\./)

  here.at('2026-06-15T08:10:00Z')
  const ticked = await desk.send(LIST, { step: 'own-domain', mark: 'done', key: 'one' })
  assert.equal(ticked.status, 200)
  assert.match(ticked.body, /“Mail addresses with your own name” is ticked off\./)
  assert.match(ticked.body, /1 of 8 steps settled/)
  assert.match(ticked.body, /Done: Asta Holm, Mon,? 15 Jun,? (at )?10:10/)

  const employee = browserOf(here, bo)
  const other = await employee.send(LIST, { step: 'accounts', mark: 'done', word: 'Five of us', key: 'two' })
  assert.match(other.body, /2 of 8 steps settled/)
  assert.match(other.body, /Five of us/)
  const again = await employee.send(LIST, { step: 'own-domain', mark: 'reopened', key: 'three' })
  assert.match(again.body, /1 of 8 steps settled/)
  assert.deepEqual(
    (await events(asta)).map(({ step, kind }) => `${step} ${kind}`),
    ['own-domain done', 'accounts done', 'own-domain reopened'],
  )
})

test('what is not for them is said by an administrator, with a reason', async () => {
  const employee = browserOf(here, bo)
  const refused = await employee.send(LIST, { step: 'shared-mailbox', mark: 'not-for-us', word: 'We have none' })
  assert.equal(refused.status, 403)
  assert.match(refused.body, /Only administrators of your organization decide/)
  assert.match(refused.body, />We have none<\/textarea>/, 'what he typed is kept')
  const desk = browserOf(here, asta)
  assert.equal((await desk.send(LIST, { step: 'shared-mailbox', mark: 'not-for-us', word: ' ' })).status, 422)
  const aside = await desk.send(LIST, { step: 'shared-mailbox', mark: 'not-for-us', word: 'Phone only' })
  assert.match(aside.body, /1 done, 1 put aside, 6 to go/)
  assert.match(aside.body, /Not for us: Asta Holm/)
  assert.match(aside.body, /Phone only/)
  assert.equal((await employee.send(LIST, { step: 'shared-mailbox', mark: 'noted' })).status, 422, 'a note has a text')
  assert.equal((await employee.send(LIST, { step: 'shared-mailbox', mark: 'forged' })).status, 422)
})

test('a form sent twice is said once, and the word of whoever comes second is a note', async () => {
  const before = (await events(asta)).length
  const desk = browserOf(here, asta)
  const tick = { step: 'multi-factor', mark: 'done', word: 'All but Kim', key: 'double' }
  await desk.send(LIST, tick)
  await desk.send(LIST, tick)
  assert.equal((await events(asta)).length, before + 1)
  await browserOf(here, bo).send(LIST, { ...tick, word: 'Kim too', key: 'later' })
  await browserOf(here, bo).send(LIST, { step: 'multi-factor', mark: 'done', key: 'later still' })
  assert.deepEqual((await events(asta)).slice(before), [
    { step: 'multi-factor', kind: 'done', word: 'All but Kim', actorKind: 'member' },
    { step: 'multi-factor', kind: 'noted', word: 'Kim too', actorKind: 'member' },
  ])
})

test('twenty who say something at once lose nothing of it', async () => {
  const before = (await events(asta, 'more-of-it')).length
  const members = [await memberOf(asta), await memberOf(bo)]
  const agent = await agentOf(mette)
  const { organizationId } = members[0] ?? assert.fail()
  const steps = ['calendars', 'guests', 'automatic-replies', 'recovery', 'lost-phone']
  await Promise.all(
    steps.flatMap((stepId) => {
      const said = (mark: 'done' | 'noted', word: string) => ({
        checklistId: 'more-of-it',
        stepId,
        mark,
        word,
        key: newId(),
      })
      return [
        ...members.map((member, at) => here.database.work(member, (work) => markOwnStep(work, said('noted', `${at}`)))),
        here.database.work(members[1] ?? assert.fail(), (work) => markOwnStep(work, said('done', ''))),
        here.database.work(agent, (work) =>
          markStepFor(work, { organizationId, operatorId }, said('done', 'together')),
        ),
      ]
    }),
  )
  const after = (await events(asta, 'more-of-it')).slice(before)
  for (const stepId of steps) {
    const own = after.filter(({ step }) => step === stepId)
    assert.deepEqual(
      own
        .map(({ word }) => word)
        .filter(Boolean)
        .toSorted(),
      ['0', '1', 'together'],
    )
    // Two who ticked: one mark, and a note where the second had a word.
    assert.ok(own.length === 3 || own.length === 4)
    assert.ok(own.some(({ kind }) => kind === 'done'))
  }
  assert.match((await browserOf(here, asta).get(PAGE)).body, /5 of 5 steps settled/)
})

test('everybody else gets a clear page, or no link at all', async () => {
  const none = await browserOf(here, liv).get(PAGE)
  assert.equal(none.status, 403)
  assert.match(none.body, /Your organization has no checklist/)
  assert.match(none.body, /#type-business-assist/)
  const refused = await browserOf(here, liv).send(LIST, { step: 'own-domain', mark: 'done' })
  assert.equal(refused.status, 403)
  assert.deepEqual(await events(liv), [])
  const signIn = await browserOf(here).get(PAGE)
  assert.match(signIn.headers.get('location') ?? signIn.path, /sign-in/)
  assert.equal((await browserOf(here, chen).get('/21vianet/onboarding')).status, 404)
  for (const path of ['/microsoft/help', '/microsoft/contact?to=operator', '/microsoft/organization'])
    assert.doesNotMatch((await browserOf(here, liv).get(path)).body, /\/microsoft\/onboarding"/, path)
  for (const path of ['/microsoft/help', '/microsoft/contact', '/microsoft/organization'])
    assert.match((await browserOf(here, asta).get(path)).body, /\/microsoft\/onboarding"/, path)
  for (const path of ['/microsoft/help', '/microsoft/contact', '/microsoft/organization/questions'])
    assert.match((await browserOf(here, bo).get(path)).body, /\/microsoft\/onboarding"/, path)
})

test('"Get help with this" opens the form with the kind of support and the title filled in', async () => {
  const desk = browserOf(here, bo)
  const page = await desk.get(PAGE)
  const link = /href="([^"]*contact\?[^"]*Multi-factor[^"]*)"/.exec(page.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  const form = await desk.get(link)
  assert.equal(form.status, 200)
  assert.match(form.body, /name="title"[^>]*value="Multi-factor sign-in for everybody"/)
  assert.match(form.body, /<option value="getting-started" selected/)
})

test('the specialist sees how far they are on the case, and ticks a step together with the customer', async () => {
  const sent = await browserOf(here, asta).send('/microsoft/contact', {
    title: 'Moving our files',
    description: 'They lie on three computers.',
    topic: 'getting-started',
    businessImpact: '',
    method: 'email',
    phone: '',
    email: asta.email,
  })
  const number = sent.path.split('/').at(-1) ?? ''
  const { organizationId } = await memberOf(asta)
  const desk = browserOf(here, mette)
  const shown = await desk.get(`/microsoft/agent/cases/${number}`)
  assert.match(shown.body, /3 of 8 steps settled/)
  assert.match(shown.body, /Next: Mail addresses with your own name/)
  const path = `/microsoft/agent/onboarding/${organizationId}`
  const back = await desk.send(`${path}/settling-in`, {
    step: 'move-files',
    mark: 'done',
    word: 'All in one place now',
    case: number,
    key: 'desk',
  })
  assert.equal(back.path, `/microsoft/agent/cases/${number}#onboarding`)
  assert.match(back.body, /4 of 8 steps settled/)
  const customer = await browserOf(here, asta).get(PAGE)
  assert.match(customer.body, /Done: Mette Krogh \(Microsoft\)/)
  assert.match(customer.body, /All in one place now/)
  assert.equal((await events(asta)).at(-1)?.actorKind, 'agent')

  const whole = await desk.get(path)
  assert.match(whole.body, /mailto:asta@havn\.test/)
  const aside = { step: 'move-mail', mark: 'not-for-us', word: 'They said so' }
  assert.equal((await desk.send(`${path}/settling-in`, aside)).status, 403, 'that is the customer to say')

  const other = await desk.get(`/microsoft/agent/onboarding/${(await memberOf(liv)).organizationId}`)
  assert.equal(other.status, 404)
  const foreign = `/21vianet/agent/onboarding/${organizationId}`
  assert.equal((await browserOf(here, here.agents.wang).get(foreign)).status, 404)
  assert.equal((await browserOf(here, asta).get('/microsoft/agent/onboarding')).status, 403)
})

test('the list shows those where nothing has happened for longest first', async () => {
  here.at('2026-06-16T08:00:00Z')
  await buy(liv)
  const desk = browserOf(here, mette)
  const path = '/microsoft/agent/onboarding'
  assert.match((await desk.get(`${path}?stage=not-begun`)).body, /Livs Bageri/)
  assert.match((await desk.get(path)).body, /Havn Logistik/)
  assert.match((await desk.get(`${path}?checklist=more-of-it&stage=finished`)).body, /Havn Logistik/)
  here.at('2026-06-17T08:00:00Z')
  await browserOf(here, liv).send(LIST, { step: 'own-domain', mark: 'done' })
  const ordered = await desk.get(path)
  assert.ok(ordered.body.indexOf('Havn Logistik') < ordered.body.indexOf('Livs Bageri'))
  assert.doesNotMatch((await desk.get(`${path}?stage=not-begun`)).body, /Livs Bageri/)
  here.at('2026-06-18T08:00:00Z')
  await browserOf(here, asta).send(LIST, { step: 'own-domain', mark: 'noted', word: 'Next week' })
  const turned = await desk.get(path)
  assert.ok(turned.body.indexOf('Havn Logistik') > turned.body.indexOf('Livs Bageri'))

  const agent = await agentOf(mette)
  const page = (after: After | undefined) =>
    here.database.work(agent, (work) =>
      followersOf(work, operatorId, { checklistId: undefined, stage: 'under-way', after, limit: 1 }),
    )
  const [first] = (await page(undefined)).followers
  const second = await page({ since: first?.since.toString() ?? '', organizationId: first?.organizationId ?? '' })
  assert.deepEqual([first?.name, ...second.followers.map(({ name }) => name)], ['Livs Bageri', 'Havn Logistik'])
})

test('a partner who may act ticks on behalf, marked as such', async () => {
  const { organizationId } = await memberOf(liv)
  const partner = { partnerId: newId(), name: 'Nordlys IT' }
  await here.database.work({ kind: 'job', operatorIds: [operatorId] }, async (work) => {
    await setPartner(
      work,
      { organizationId, operatorId },
      { name: partner.name, phone: null, email: null, website: null },
    )
    const endsAt = work.now.add({ hours: 24 * 40 })
    const roles = ['service-support-admin']
    await proposeRelation(work, { organizationId, operatorId, ...partner, roles, endsAt, extends: true })
    const person = { email: 'nora@nordlys.test', name: 'Nora Vik', phone: null, language: 'en', roles: [] } as const
    await addPerson(work, { ...person, organizationId, operatorId, partner, zone: 'Europe/Copenhagen' })
  })
  const nora: Somebody = { email: 'nora@nordlys.test', operator: 'microsoft', operatorId }
  assert.equal((await browserOf(here, nora).get(PAGE)).status, 403, 'not without consent')
  await here.database.work({ kind: 'job', operatorIds: [operatorId] }, (work) =>
    recordConsent(work, organizationId, partner.partnerId),
  )
  const back = await browserOf(here, nora).send(LIST, { step: 'accounts', mark: 'done' })
  assert.match(back.body, /Done: Nora Vik \(Nordlys IT, partner\)/)
  assert.equal((await events(liv)).at(-1)?.actorKind, 'partner')
})

test('a charter that changes its steps keeps what was ticked; what it takes out stands in the history', async () => {
  const desk = browserOf(here, asta)
  const open = { step: 'office-apps', mark: 'noted', word: 'Two computers left', key: 'open form' }
  await changeSteps((id) => id !== 'accounts' && id !== 'office-apps', 'backups')
  const page = await desk.get(PAGE)
  assert.match(page.body, /3 of 7 steps settled/)
  assert.match(page.body, /Backups/)
  assert.doesNotMatch(page.body, /An account for everybody/)
  const late = await desk.send(LIST, open)
  assert.equal(late.status, 409)
  assert.match(late.body, /no longer part of the checklist/)
  assert.match(late.body, /Two computers left/, 'what was typed is not lost')
  const history = await desk.get(`${LIST}/history`)
  assert.match(history.body, /An account for everybody/)
  assert.match(history.body, /Done: Bo Lind/)
  assert.equal((await desk.get(`${PAGE}/elsewhere/history`)).status, 404)

  await changeSteps(() => true)
  assert.match((await desk.get(PAGE)).body, /3 of 7 steps settled/)
})

test('when the add-on ends, so do the checklists', async () => {
  await onSuper(`update svar.add_on set ends_at = '2026-06-20T08:00:00Z'`)
  here.at('2026-06-20T07:59:59Z')
  assert.equal((await browserOf(here, bo).get(PAGE)).status, 200)
  here.at('2026-06-20T08:00:00Z')
  assert.equal((await browserOf(here, bo).get(PAGE)).status, 403)
  const late = await browserOf(here, bo).send(LIST, { step: 'move-mail', mark: 'done', word: 'It ran overnight' })
  assert.equal(late.status, 403)
  assert.match(late.body, /an add-on that your organization does not have/)
  assert.match(late.body, /It ran overnight/, 'what was typed is not lost')
  assert.doesNotMatch((await browserOf(here, mette).get('/microsoft/agent/onboarding')).body, /Havn Logistik/)
})
