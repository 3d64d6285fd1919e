import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { applyCharterFolder, CharterProblems, charterSchemaText, readCharterFolder } from '../src/app/charters.ts'
import { world } from './world.ts'

/** A small charter with one of each thing, and nothing wrong with it. */
const GOOD: Readonly<Record<string, string>> = {
  'charter.yaml': `operator: nordsky
name: { en: Nordsky support, da: Nordsky-support }
product: { en: Nordsky hosting, da: Nordsky-hosting }
languages: [da, en]
hosts: [support.nordsky.example]
zone: Europe/Copenhagen
brand: { shortName: Nordsky, color: { light: "#5b2d8e", dark: "#c7a4f0" }, mailFrom: support@nordsky.example }
services:
  - { id: servers, name: { en: Servers, da: Servere } }
roles:
  - { id: owner, name: { en: Owner, da: Ejer } }
calendars:
  always: { name: { en: On duty, da: Vagten }, every: day, open: ["00:00-24:00"] }
  office:
    name: { en: Office, da: Kontoret }
    every: weekday
    open: ["08:00-12:00", "12:30-16:00"]
    also:
      - { every: [saturday], open: ["10:00-12:00"] }
    holidays: [denmark]
    exceptions:
      2026-12-24: ["08:00-12:00"]
holidays:
  denmark:
    name: { en: Denmark, da: Danmark }
    region: DK
    source: the parliament
    approved: [{ year: 2026, by: Mette, on: 2026-01-01 }]
    days:
      2026-12-25: closed
`,
  'help.yaml': `supportTypes:
  - id: operations
    name: { en: Operations, da: Drift }
    summary: { en: What should be running, da: Det der skal køre }
    channels: [portal, phone]
    highest: P1
    calendar: office
  - id: billing
    name: { en: Billing, da: Fakturering }
    summary: { en: Invoices, da: Fakturaer }
    channels: [portal]
    highest: P2
    calendar: office
    requires: { addOn: plus }
topics:
  - { id: server-down, supportType: operations, name: { en: A server, da: En server } }
  - { id: invoice, supportType: billing, name: { en: An invoice, da: En faktura } }
phones:
  - country: DK
    numbers:
      - { e164: "+4570101010", display: 70 10 10 10 }
    hours:
      - { supportType: operations, calendar: office, languages: [da, en] }
    source: Nordsky
checklists:
  - id: first-week
    supportType: billing
    name: { en: The first week, da: Den første uge }
    description: { en: Everything is paid, da: Alt er betalt }
    steps:
      - { id: card, title: { en: A card, da: Et kort }, why: { en: To pay with, da: Til at betale med }, article: pay/card, role: owner }
      - { id: vat, title: { en: A number, da: Et nummer }, why: { en: For the invoice, da: Til fakturaen } }
notes:
  - { id: community, title: { en: Community, da: Fællesskab }, text: { en: Ask others, da: Spørg andre } }
`,
  'severities.yaml': `severities:
  - id: P1
    name: { en: Down, da: Nede }
    description: { en: Nothing runs, da: Intet kører }
    requires: { contract: duty, supportTypes: [operations] }
  - id: P2
    name: { en: Impaired, da: Forringet }
    description: { en: It runs badly, da: Det kører dårligt }
  - id: P3
    name: { en: Question, da: Spørgsmål }
    description: { en: Nothing is broken, da: Intet er i stykker }
impactQuestions:
  - id: runs
    question: { en: Does it run?, da: Kører det? }
    options:
      - { id: not-at-all, name: { en: Not at all, da: Slet ikke } }
      - { id: badly, name: { en: Badly, da: Dårligt } }
      - { id: well, name: { en: Well, da: Godt } }
assessment:
  - { when: { runs: [not-at-all] }, severity: P1 }
  - { when: { runs: [badly] }, severity: P2 }
  - { when: {}, severity: P3 }
`,
  'targets.yaml': `targets:
  - { clock: initial-response, severities: [P1], target: 30 minutes, calendar: always }
  - { clock: initial-response, severities: [P2], supportTypes: [billing], target: 1 working day, calendar: office }
  - { clock: initial-response, severities: [P2], target: 4 hours, calendar: office }
  - { clock: initial-response, target: 2 working days, calendar: office }
  - { clock: progress-update, severities: [P1], target: 2 hours, calendar: always }
  - { clock: resolution, severities: [P1], target: 8 hours, calendar: always }
nonResponse:
  calendar: office
  remindAfter: [1 working day, 3 working days]
  noticeAfter: 5 working days
  lowerAfter: 8 working days
  closeAfter: 15 working days
warnAt: [0.5, 0.8]
escalations:
  - { clock: progress-update, after: 1, severities: [P1], tell: [leads], calendar: always }
`,
}

type Mutation = {
  /** What goes wrong, in a file: a text of the good charter, and what stands there instead. */
  readonly file: string
  readonly text: string
  readonly instead: string
  /** Text of the line that is named, when it is not the one that changed; in the same file unless another is named. */
  readonly line?: string
  readonly in?: string
  readonly says: RegExp
}

const mutations: Readonly<Record<string, Mutation>> = {
  'a calendar that is not declared': {
    file: 'targets.yaml',
    text: 'target: 30 minutes, calendar: always',
    instead: 'target: 30 minutes, calendar: allways',
    says: /targets\.0\.calendar: "allways" is not declared; declared are always, office/,
  },
  'a severity that is not declared': {
    file: 'targets.yaml',
    text: 'resolution, severities: [P1]',
    instead: 'resolution, severities: [P1, P0]',
    says: /targets\.5\.severities\.1: "P0" is not declared; declared are P1, P2, P3/,
  },
  'a support type that is not declared': {
    file: 'help.yaml',
    text: 'id: invoice, supportType: billing',
    instead: 'id: invoice, supportType: invoices',
    says: /"invoices" is not declared; declared are operations, billing/,
  },
  'an answer that is not declared': {
    file: 'severities.yaml',
    text: '{ runs: [badly] }',
    instead: '{ runs: [so-so] }',
    says: /assessment\.1\.when\.runs\.0: "so-so" is not declared; declared are not-at-all, badly, well/,
  },
  'a holiday layer that is not declared': {
    file: 'charter.yaml',
    text: 'holidays: [denmark]',
    instead: 'holidays: [norway]',
    says: /"norway" is not declared; declared are denmark/,
  },
  'a day of a year that nobody has approved': {
    file: 'charter.yaml',
    text: '2026-12-25: closed',
    instead: '2027-12-25: closed',
    says: /its year is not among "approved"/,
  },
  'an unknown key': {
    file: 'targets.yaml',
    text: 'severities: [P1], target: 2 hours',
    instead: 'severity: [P1], target: 2 hours',
    says: /there is no key "severity"; the keys here are clock, severities, supportTypes, contracts, target, calendar/,
  },
  'a key that is missing': {
    file: 'severities.yaml',
    text: '    description: { en: It runs badly, da: Det kører dårligt }\n',
    instead: '',
    line: '- id: P2',
    says: /severities\.1\.description: is missing/,
  },
  'a key of the top that is missing': {
    file: 'charter.yaml',
    text: 'zone: Europe/Copenhagen\n',
    instead: '',
    line: 'operator: nordsky',
    says: /zone: is missing; give it text/,
  },
  'a target that is none': {
    file: 'targets.yaml',
    text: '30 minutes',
    instead: 'half an hour',
    says: /"half an hour" is not a target such as "1 hour" or "3 working days"/,
  },
  'a clock that is none': {
    file: 'targets.yaml',
    text: 'clock: progress-update, severities: [P1], target',
    instead: 'clock: news, severities: [P1], target',
    says: /"news" is not one of initial-response, next-response/,
  },
  'a list where words are expected': {
    file: 'charter.yaml',
    text: 'name: { en: Nordsky support, da: Nordsky-support }',
    instead: 'name: [Nordsky]',
    says: /name: keys and values expected, and this is a list/,
  },
  'days that are none': {
    file: 'charter.yaml',
    text: 'every: weekday',
    instead: 'every: weekdays',
    says: /calendars\.office\.every: day, weekday or a list such as \[monday, wednesday\] is expected/,
  },
  'a number where text is expected': {
    file: 'help.yaml',
    text: 'display: 70 10 10 10',
    instead: 'display: 70101010',
    says: /display: text expected, and this is a number; put it in quotes/,
  },
  'hours that are none': {
    file: 'charter.yaml',
    text: '"12:30-16:00"',
    instead: '"12:30-16"',
    says: /"12:30-16" is not a span such as 09:00-24:00/,
  },
  'a zone that is none': {
    file: 'charter.yaml',
    text: 'zone: Europe/Copenhagen',
    instead: 'zone: Copenhagen',
    says: /an IANA time zone such as Asia\/Shanghai/,
  },
  'YAML that cannot be read': {
    file: 'targets.yaml',
    text: 'calendar: always }\n  - { clock: resolution',
    instead: 'calendar: always\n  - { clock: resolution',
    line: '- { clock: resolution',
    says: /targets\.yaml:\d+:\d+: /,
  },
  'a key of the top in two files': {
    file: 'targets.yaml',
    text: 'nonResponse:',
    instead: 'zone: Europe/Oslo\nnonResponse:',
    line: 'zone: Europe/Oslo',
    says: /"zone" stands in .*charter\.yaml already/,
  },
  'a severity twice': {
    file: 'severities.yaml',
    text: '- id: P3',
    instead: '- id: P1',
    says: /severities\.2\.id: the id "P1" stands twice, first in severities\.0/,
    line: 'id: P1\n    name: { en: Question',
  },
  'a support type twice': {
    file: 'help.yaml',
    text: '- id: billing',
    instead: '- id: operations',
    line: 'id: operations\n    name: { en: Billing',
    says: /supportTypes\.1\.id: the id "operations" stands twice, first in supportTypes\.0/,
  },
  'a topic twice': {
    file: 'help.yaml',
    text: 'id: invoice',
    instead: 'id: server-down',
    line: 'id: server-down, supportType: billing',
    says: /topics\.1\.id: the id "server-down" stands twice/,
  },
  'a question twice': {
    file: 'severities.yaml',
    text: 'assessment:',
    instead:
      '  - { id: runs, question: { en: Again?, da: Igen? }, options: [{ id: a, name: { en: A, da: A } }, { id: b, name: { en: B, da: B } }] }\nassessment:',
    line: 'Again?',
    says: /impactQuestions\.1\.id: the id "runs" stands twice/,
  },
  'an option twice': {
    file: 'severities.yaml',
    text: '{ id: well,',
    instead: '{ id: badly,',
    line: 'id: badly, name: { en: Well',
    says: /impactQuestions\.0\.options\.2\.id: the id "badly" stands twice/,
  },
  'a role twice': {
    file: 'charter.yaml',
    text: 'da: Ejer } }',
    instead: 'da: Ejer } }\n  - { id: owner, name: { en: Another, da: Anden } }',
    line: 'Another',
    says: /roles\.1\.id: the id "owner" stands twice/,
  },
  'a note twice': {
    file: 'help.yaml',
    text: 'da: Spørg andre } }',
    instead: 'da: Spørg andre } }\n  - { id: community, title: { en: More, da: Mere }, text: { en: More, da: Mere } }',
    line: 'en: More',
    says: /notes\.1\.id: the id "community" stands twice/,
  },
  'a gap in the targets': {
    file: 'targets.yaml',
    text: '  - { clock: initial-response, target: 2 working days, calendar: office }\n',
    instead: '',
    line: 'targets:',
    says: /no initial response is promised for severity P3 of billing with no contract/,
  },
  'a gap for those without a contract': {
    file: 'targets.yaml',
    text: 'initial-response, target: 2 working days',
    instead: 'initial-response, contracts: [duty], target: 2 working days',
    line: 'targets:',
    says: /severity P3 of operations with no contract/,
  },
  'a rule that earlier ones cover': {
    file: 'targets.yaml',
    text: 'initial-response, severities: [P2], supportTypes: [billing], target',
    instead: 'initial-response, severities: [P2], target',
    line: 'target: 4 hours',
    says: /targets\.2: unreachable: targets\.1 fits first/,
  },
  'a rule that fits no case': {
    file: 'targets.yaml',
    text: 'resolution, severities: [P1], target',
    instead: 'resolution, severities: [P1], supportTypes: [billing], target',
    says: /targets\.5: no case can fit this rule/,
  },
  'rules that overlap': {
    file: 'targets.yaml',
    text: 'initial-response, severities: [P2], supportTypes: [billing], target',
    instead: 'initial-response, severities: [P2, P3], supportTypes: [billing], target',
    line: 'target: 4 hours',
    says: /targets\.2: overlaps targets\.1: both fit severity P2 of billing/,
  },
  'an assessment that is never reached': {
    file: 'severities.yaml',
    text: '{ when: { runs: [not-at-all] }, severity: P1 }',
    instead: '{ when: { runs: [not-at-all, badly] }, severity: P1 }',
    line: 'severity: P2',
    says: /assessment\.1: unreachable: assessment\.0 fits first/,
  },
  'no last assessment': {
    file: 'severities.yaml',
    text: '{ when: {}, severity: P3 }',
    instead: '{ when: { runs: [well] }, severity: P3 }',
    says: /the last rule must have an empty "when"/,
  },
  'a calendar that never opens': {
    file: 'charter.yaml',
    text: 'every: day, open: ["00:00-24:00"]',
    instead: 'every: day, open: []',
    in: 'targets.yaml',
    line: 'target: 30 minutes',
    says: /targets\.0\.calendar: impossible: the calendar "always" never opens/,
  },
  'news less often than the solution': {
    file: 'targets.yaml',
    text: 'target: 2 hours',
    instead: 'target: 12 hours',
    says: /targets\.4\.target: impossible: 12 hours is longer than the resolution of 8 hours in targets\.5/,
  },
  'a first answer after the solution': {
    file: 'targets.yaml',
    text: 'target: 30 minutes',
    instead: 'target: 600 minutes',
    says: /targets\.0\.target: impossible: 600 minutes is longer than the resolution/,
  },
  'a severity nobody reaches': {
    file: 'help.yaml',
    text: 'highest: P1',
    instead: 'highest: P2',
    in: 'severities.yaml',
    line: 'supportTypes: [operations]',
    says: /nobody can have severity P1: raise "highest" of a support type/,
  },
  'stages out of order': {
    file: 'targets.yaml',
    text: 'noticeAfter: 5 working days',
    instead: 'noticeAfter: 2 working days',
    says: /nonResponse\.noticeAfter: must be later than remindAfter\.1, which is 3 working days/,
  },
  'stages in different units': {
    file: 'targets.yaml',
    text: 'lowerAfter: 8 working days',
    instead: 'lowerAfter: 200 hours',
    says: /200 hours cannot be compared with noticeAfter; use one unit for all stages/,
  },
  'an escalation of a clock nobody is promised': {
    file: 'targets.yaml',
    text: 'clock: progress-update, after: 1, severities: [P1]',
    instead: 'clock: next-response, after: 1',
    says: /escalations\.0\.clock: nobody is promised the clock next-response/,
  },
  'an escalation at a severity without the clock': {
    file: 'targets.yaml',
    text: 'after: 1, severities: [P1]',
    instead: 'after: 1, severities: [P2]',
    says: /escalations\.0\.severities\.0: nobody is promised the clock progress-update at severity P2/,
  },
  'spans that overlap': {
    file: 'charter.yaml',
    text: '"12:30-16:00"',
    instead: '"11:30-16:00"',
    says: /calendars\.office\.open\.1: 11:30-16:00 overlaps 08:00-12:00 of the same day/,
  },
  'a day that has hours already': {
    file: 'charter.yaml',
    text: 'every: [saturday]',
    instead: 'every: [saturday, monday]',
    says: /calendars\.office\.also\.0\.every: monday has hours above already/,
  },
  'warnings out of order': {
    file: 'targets.yaml',
    text: 'warnAt: [0.5, 0.8]',
    instead: 'warnAt: [0.8, 0.5]',
    says: /warnAt\.1: 0\.5 must be more than 0\.8 before it/,
  },
  'a text that lacks a language': {
    file: 'help.yaml',
    text: 'summary: { en: Invoices, da: Fakturaer }',
    instead: 'summary: { en: Invoices }',
    says: /supportTypes\.1\.summary: the text is missing in da; the operator's languages are da, en/,
  },
  'a phone number that does not exist': {
    file: 'help.yaml',
    text: '"+4570101010"',
    instead: '"+457010"',
    says: /phones\.0\.numbers\.0\.e164: \+457010 is no phone number that exists/,
  },
  'a checklist without an add-on': {
    file: 'help.yaml',
    text: 'supportType: billing\n    name: { en: The first',
    instead: 'supportType: operations\n    name: { en: The first',
    line: 'supportType: operations\n    name',
    says: /checklists\.0\.supportType: "operations" requires no add-on, .* name one that does: billing/,
  },
  'a step twice': {
    file: 'help.yaml',
    text: 'id: vat',
    instead: 'id: card',
    line: 'id: card, title: { en: A number',
    says: /checklists\.0\.steps\.1\.id: the id "card" stands twice, first in checklists\.0\.steps\.0/,
  },
  'a step for a role nobody has': {
    file: 'help.yaml',
    text: 'role: owner',
    instead: 'role: boss',
    says: /checklists\.0\.steps\.0\.role: "boss" is not declared; declared are owner/,
  },
  'an article with a slash before it': {
    file: 'help.yaml',
    text: 'article: pay/card',
    instead: 'article: /pay/card',
    says: /checklists\.0\.steps\.0\.article: .*without a slash before it/,
  },
  'a host twice': {
    file: 'charter.yaml',
    text: '[support.nordsky.example]',
    instead: '[support.nordsky.example, Support.nordsky.example]',
    says: /hosts\.1: the host "support\.nordsky\.example" is named twice/,
  },
}

const folders = mkdtempSync(join(tmpdir(), 'svar-charters-'))

function folderOf(name: string, files: Readonly<Record<string, string>>): string {
  const folder = join(folders, name.replaceAll(/\W+/g, '-'))
  mkdirSync(folder, { recursive: true })
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, file), content)
  return folder
}

function mutated({ file, text, instead }: Mutation): Readonly<Record<string, string>> {
  const before = GOOD[file] ?? ''
  assert.equal(before.split(text).length, 2, `"${text}" stands once in ${file}`)
  return { ...GOOD, [file]: before.replace(text, () => instead) }
}

function problemsOf(folder: string): readonly string[] {
  try {
    readCharterFolder(folder)
    return []
  } catch (error) {
    assert.ok(error instanceof CharterProblems)
    return error.problems
  }
}

test('a good charter has no faults, and neither have the shipped ones', () => {
  assert.deepEqual(problemsOf(folderOf('good', GOOD)), [])
  assert.deepEqual(problemsOf('charters/microsoft'), [])
  assert.deepEqual(problemsOf('charters/21vianet'), [])
})

for (const [name, mutation] of Object.entries(mutations))
  test(`a fault is named by file, line and what to write instead: ${name}`, () => {
    const files = mutated(mutation)
    const folder = folderOf(name, files)
    const place = mutation.in ?? mutation.file
    const content = files[place] ?? ''
    const line = content.slice(0, content.indexOf(mutation.line ?? mutation.instead)).split('\n').length
    const problems = problemsOf(folder)
    const here = problems.filter((one) => one.startsWith(`${join(folder, place)}:${line}:`))
    assert.ok(
      here.some((one) => mutation.says.test(one)),
      `line ${line} of ${place} in\n${problems.join('\n')}`,
    )
  })

test('all faults are named at once, in the order of the files and lines', () => {
  const targets = (GOOD['targets.yaml'] ?? '').replace('30 minutes, calendar: always', '30 minutes, calendar: nowhere')
  const help = (GOOD['help.yaml'] ?? '').replace('+4570101010', '+457010').replace(', da: Fakturaer', '')
  const problems = problemsOf(folderOf('three', { ...GOOD, 'targets.yaml': targets, 'help.yaml': help }))
  assert.deepEqual(
    problems.map((one) => one.replace(/^.*\/(\S+?):(\d+):(\d+): (\S+): .*$/, '$1 $2 $4')),
    [
      'help.yaml 10 supportTypes.1.summary',
      'help.yaml 21 phones.0.numbers.0.e164',
      'targets.yaml 2 targets.0.calendar',
    ],
  )
})

test('nothing of a charter with a fault is applied', async () => {
  const { database } = await world()
  const first = await applyCharterFolder(database, folderOf('applied', GOOD))
  assert.equal(first.version, 1)
  const wrong = mutations['stages out of order']
  assert.ok(wrong)
  await assert.rejects(applyCharterFolder(database, folderOf('applied', mutated(wrong))), CharterProblems)
  const again = await applyCharterFolder(database, folderOf('applied', GOOD))
  assert.deepEqual([again.version, again.changed], [1, false])
})

test('the schema for editors is what the product reads, says what every key means, and every shipped file names it', () => {
  const text = readFileSync('charters/charter.schema.json', 'utf8')
  assert.equal(text, charterSchemaText(), 'run: svar charter schema > charters/charter.schema.json')
  assert.deepEqual(keysWithoutWords(JSON.parse(text) as Schema, ''), [])
  for (const operator of ['microsoft', '21vianet'])
    for (const file of readdirSync(`charters/${operator}`)) {
      const [first] = readFileSync(`charters/${operator}/${file}`, 'utf8').split('\n')
      assert.equal(first, '# yaml-language-server: $schema=../charter.schema.json', `${operator}/${file}`)
    }
})

type Schema = { readonly [name: string]: unknown }

/** Keys of the schema that nothing is said about, but for the languages. */
function keysWithoutWords(schema: Schema, path: string): readonly string[] {
  return Object.entries(schema).flatMap(([name, value]) => {
    if (typeof value !== 'object' || value === null || name === 'words') return []
    if (name !== 'properties') return keysWithoutWords(value as Schema, path)
    return Object.entries(value as Readonly<Record<string, Schema>>).flatMap(([key, one]) => [
      ...(one['description'] ? [] : [`${path}.${key}`]),
      ...keysWithoutWords(one, `${path}.${key}`),
    ])
  })
}
