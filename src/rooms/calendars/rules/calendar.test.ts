import assert from 'node:assert/strict'
import { test } from 'node:test'
import { at, chinaOffice, copenhagenOffice } from '../../../../test/oracle/named-calendars.ts'
import type { HolidayLayer } from './calendar.ts'
import { layered } from './calendar.ts'
import { isOpen } from './opening.ts'

const denmark: HolidayLayer = {
  id: 'DK',
  days: { '2026-12-24': { kind: 'partial', within: [{ from: 0, until: 720 }] }, '2026-12-25': { kind: 'closed' } },
}

function isCopenhagenOpen(layers: readonly HolidayLayer[], wall: string, exceptions = {}): boolean {
  return isOpen(layered({ ...copenhagenOffice, exceptions }, layers), at(wall, 'Europe/Copenhagen'))
}

test('a public holiday closes the office, and only on its date', () => {
  assert.equal(isCopenhagenOpen([denmark], '2026-12-25T10:00'), false)
  assert.equal(isCopenhagenOpen([denmark], '2026-12-28T10:00'), true)
})

test('on Christmas Eve the office closes at noon and opens no earlier than usual', () => {
  assert.equal(isCopenhagenOpen([denmark], '2026-12-24T08:59'), false)
  assert.equal(isCopenhagenOpen([denmark], '2026-12-24T11:59'), true)
  assert.equal(isCopenhagenOpen([denmark], '2026-12-24T12:00'), false)
})

test('a partial holiday on a Sunday opens nothing', () => {
  const sunday: HolidayLayer = {
    id: 'S',
    days: { '2026-12-27': { kind: 'partial', within: [{ from: 0, until: 720 }] } },
  }
  assert.equal(isCopenhagenOpen([sunday], '2026-12-27T10:00'), false)
})

test('a make-up Sunday has the hours of the weekday it stands for', () => {
  assert.equal(isOpen(chinaOffice, at('2026-09-20T10:00', 'Asia/Shanghai')), true)
  assert.equal(isOpen(chinaOffice, at('2026-09-20T18:00', 'Asia/Shanghai')), false)
})

test('the region knows better than the country: later layers win', () => {
  const region: HolidayLayer = {
    id: 'DK-84',
    days: { '2026-12-25': { kind: 'open', spans: [{ from: 600, until: 660 }] } },
  }
  assert.equal(isCopenhagenOpen([denmark, region], '2026-12-25T10:30'), true)
  assert.equal(isCopenhagenOpen([region, denmark], '2026-12-25T10:30'), false)
})

test('what the calendar itself says of a date wins over every layer', () => {
  const onDuty = { '2026-12-25': [{ from: 540, until: 600 }], '2026-12-24': [] }
  assert.equal(isCopenhagenOpen([denmark], '2026-12-25T09:30', onDuty), true)
  assert.equal(isCopenhagenOpen([denmark], '2026-12-24T09:30', onDuty), false)
})

// chatwoot#6467, #10436: holidays and special days, open or closed, per calendar.
test('a special day of one calendar changes no other', () => {
  const special = layered(copenhagenOffice, [denmark])
  const christmas = at('2026-12-25T10:00', 'Europe/Copenhagen')
  assert.deepEqual([isOpen(special, christmas), isOpen(copenhagenOffice, christmas)], [false, true])
})
