import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { planCharter } from '../../src/app/charter-plan.ts'
import { applyCharterFolder, CharterProblems, readCharterFolder } from '../../src/app/charters.ts'
import { charterSchema, differenceOf, textsChanged } from '../../src/rooms/entitlements/index.ts'
import { programOf, serviceRequest } from '../client.ts'
import { world } from '../world.ts'

const here = await world()

type ShownCase = { readonly number: string; readonly initialResponse: { readonly due: string } }
type Change = readonly [file: string, text: string, instead: string]

/** The charter of microsoft with some words replaced by others. */
function folderWith(...changes: readonly Change[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'svar-plan-'))
  cpSync('charters/microsoft', folder, { recursive: true })
  for (const [file, text, instead] of changes) {
    const before = readFileSync(join(folder, file), 'utf8')
    assert.ok(before.includes(text), `"${text}" stands in ${file}`)
    writeFileSync(
      join(folder, file),
      before.replace(text, () => instead),
    )
  }
  return folder
}

const shipped = readCharterFolder('charters/microsoft')

function differences(...changes: readonly Change[]): readonly string[] {
  return differenceOf(charterSchema.parse(shipped), charterSchema.parse(readCharterFolder(folderWith(...changes))))
}

const B_TARGET = 'initial-response, severities: [B], target: 1 working day, calendar: working-week'

test('a charter does not differ from itself', () => {
  assert.deepEqual(differences(), [])
  assert.equal(textsChanged(shipped, shipped), 0)
})

test('every kind of change is said in words', () => {
  assert.deepEqual(differences(['targets.yaml', B_TARGET, B_TARGET.replace('1 working day', '4 hours')]), [
    'target initial-response, severity B: 1 working day on working-week -> 4 hours on working-week',
  ])
  assert.deepEqual(
    differences([
      'targets.yaml',
      '  - { clock: progress-update, severities: [A], target: 2 hours, calendar: always }',
      '  - { clock: progress-update, severities: [A], target: 2 hours, calendar: always }\n  - { clock: resolution, severities: [A], contracts: [premium], target: 24 hours, calendar: always }',
    ]),
    ['target added: resolution, severity A, contract premium: 24 hours on always'],
  )
  assert.deepEqual(
    differences(['charter.yaml', 'open: ["09:00-17:00"]', 'open: ["08:00-12:00", "13:00-17:00"]']).slice(0, 2),
    [
      'calendar office: monday: 09:00-17:00 -> 08:00-12:00 and 13:00-17:00',
      'calendar office: tuesday: 09:00-17:00 -> 08:00-12:00 and 13:00-17:00',
    ],
  )
  assert.deepEqual(
    differences(['severities.yaml', 'contract: premium, supportTypes', 'contract: gold, supportTypes']),
    ['severity A: contract: premium -> gold'],
  )
  assert.deepEqual(differences(['support-types.yaml', 'channels: [portal, phone, callback]', 'channels: [portal]']), [
    'support type technical: channels: portal, phone, callback -> portal',
  ])
  assert.deepEqual(differences(['charter.yaml', 'languages: [en, da, zh-Hans]', 'languages: [en, da]']), [
    'languages: en, da, zh-Hans -> en, da',
  ])
  assert.deepEqual(differences(['targets.yaml', 'warnAt: [0.8]', 'warnAt: [0.5, 0.8]']), [
    'warnings at: 0.8 -> 0.5, 0.8',
  ])
  assert.deepEqual(differences(['holidays.yaml', '2026-12-25: closed', '2026-12-25: ["09:00-12:00"]']).toSorted(), [
    'calendar billing-dk: 2026-12-25: closed -> 09:00-12:00',
    'holidays denmark: 2026-12-25: closed -> ["09:00-12:00"]',
  ])
})

test('severities that come, go and change places, and topics, are named', () => {
  const charter = charterSchema.parse(shipped)
  const [a, b, c] = charter.severities
  assert.ok(a && b && c)
  assert.deepEqual(differenceOf(charter, { ...charter, severities: [a, c, { ...b, id: 'D' }] }), [
    'severity B removed',
    'severity D added',
  ])
  assert.deepEqual(differenceOf(charter, { ...charter, severities: [b, a, c] }), [
    'the order of the severities changes',
  ])
  assert.deepEqual(differenceOf(charter, { ...charter, topics: charter.topics.slice(1) }), [
    `topic ${charter.topics[0]?.id} removed`,
  ])
  const [rule, ...rules] = charter.targets
  assert.ok(rule)
  assert.deepEqual(differenceOf(charter, { ...charter, targets: [...rules, rule] }), [
    'the order of the targets changes',
  ])
})

test('texts are counted, and one that is put before others does not make all of them new', () => {
  const before = {
    topics: [
      { id: 'a', name: { en: 'A' } },
      { id: 'b', name: { en: 'B' } },
    ],
  }
  const after = {
    topics: [
      { id: 'new', name: { en: 'New' } },
      { id: 'a', name: { en: 'A' } },
      { id: 'b', name: { en: 'Bee' } },
    ],
  }
  assert.equal(textsChanged(before, after), 2)
})

test('the plan says what would be due when, the case keeps its terms, and nothing is applied', async () => {
  here.at('2026-06-15T08:00:00Z')
  const asta = programOf(here, here.tokenOf(here.people.asta))
  const open = async (requestedSeverity: string) => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    const answer = await asta('POST', '/cases', serviceRequest({ requestedSeverity }), key)
    return (answer.json as ShownCase).number
  }
  const answerOwed = async (number: string) => {
    const answer = await asta('GET', `/cases/${number}`)
    return (answer.json as ShownCase).initialResponse.due
  }
  const [a, b, c] = [await open('A'), await open('B'), await open('C')]
  const folder = folderWith(
    ['targets.yaml', B_TARGET, B_TARGET.replace('1 working day', '4 hours')],
    [
      'targets.yaml',
      'initial-response, severities: [A], target: 1 hour',
      'initial-response, severities: [A], target: 2 hours',
    ],
    ['severities.yaml', 'en: Critical', 'en: Very critical'],
  )
  const plan = await planCharter(here.database, folder)
  assert.deepEqual(plan.slice(0, 5), [
    'Against version 1 of microsoft, which is in force:',
    '  target initial-response, severity A: 1 hour on always -> 2 hours on always',
    '  target initial-response, severity B: 1 working day on working-week -> 4 hours on working-week',
    '  1 text changed',
    'Of 3 open cases that wait for a first answer, 1 would be due earlier, 1 later, 1 the same. Open cases keep their terms; the change is for cases opened after it.',
  ])
  assert.deepEqual(
    plan.slice(5, 7).toSorted(),
    [`  ${a}: 2026-06-15 05:00 -> 2026-06-15 06:00`, `  ${b}: 2026-06-16 04:00 -> 2026-06-15 08:00`].toSorted(),
  )
  assert.ok(!plan.some((line) => line.includes(c)))
  assert.equal(await answerOwed(b), '2026-06-16T08:00:00Z')
  assert.equal((await applyCharterFolder(here.database, 'charters/microsoft')).version, 1)
})

test('the plan of what is in force is that nothing would change', async () => {
  const [first = ''] = await planCharter(here.database, 'charters/microsoft')
  assert.match(first, /^Nothing would change: version 1 of microsoft is in force/)
})

test('the plan warns of years without approved holidays, and refuses a charter with faults', async () => {
  here.at('2027-11-15T08:00:00Z')
  const plan = await planCharter(here.database, 'charters/microsoft')
  assert.ok(
    plan.some((line) => line.startsWith('Warning: denmark: no official holidays for 2028 yet')),
    plan.join('\n'),
  )
  const wrong = folderWith(['targets.yaml', 'calendar: always', 'calendar: nowhere'])
  await assert.rejects(planCharter(here.database, wrong), CharterProblems)
})

test('an operator that is not known yet is said to be new', async () => {
  const folder = folderWith(['charter.yaml', 'operator: microsoft', 'operator: fjord'])
  const [first] = await planCharter(here.database, folder)
  assert.equal(first, 'fjord is new: this would be version 1 of its charter.')
})
