import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parse } from 'yaml'
import { charterSchema } from '../../entitlements/index.ts'
import { hasWhatItTakes, holds, mayAsk, typesToAsk } from './may-ask.ts'
import type { AddOn, Asker, Grant } from './may-ask.ts'
import { decideRoles, manages } from './managing.ts'

const folder = 'charters/microsoft'
const files = ['charter', 'support-types', 'topics', 'severities', 'targets', 'holidays']
const charter = charterSchema.parse(
  Object.assign({}, ...files.map((file) => parse(readFileSync(`${folder}/${file}.yaml`, 'utf8')) as object)),
)
const roles = charter.roles.map(({ id }) => id)
const types = charter.supportTypes.map(({ id }) => id)

const NOW = Temporal.Instant.from('2026-06-15T08:00:00Z')
const at = (seconds: number) => NOW.add({ seconds })
const seconds = fc.integer({ min: -100, max: 100 })

const NOBODY: Asker = {
  partnerId: null,
  activeFrom: null,
  activeUntil: null,
  roles: [],
  grants: [],
  addOns: [],
}
const TECHNICAL = { supportType: 'technical', subscriptionId: null }

const lent = (parts: Partial<Grant> = {}): Grant => ({
  grantId: 'one',
  role: 'service-support-admin',
  supportTypes: null,
  subscriptionId: null,
  startsAt: at(-10),
  endsAt: at(10),
  endedAt: null,
  ...parts,
})

const assist = (parts: Partial<AddOn> = {}): AddOn => ({
  addOn: 'business-assist',
  seats: 4,
  taken: 0,
  own: false,
  startsAt: at(-10),
  endsAt: null,
  ...parts,
})

const grants = fc
  .record({
    role: fc.constantFrom(...roles),
    supportTypes: fc.option(fc.uniqueArray(fc.constantFrom(...types), { minLength: 1 })),
    subscriptionId: fc.option(fc.constantFrom('one', 'two')),
    starts: seconds,
    lasts: fc.integer({ min: 1, max: 100 }),
    ended: fc.option(seconds),
  })
  .map(({ starts, lasts, ended, ...rest }) =>
    lent({ ...rest, startsAt: at(starts), endsAt: at(starts + lasts), endedAt: ended === null ? null : at(ended) }),
  )

const askers = fc.record({
  partnerId: fc.option(fc.constant('partner')),
  activeFrom: fc.option(seconds.map(at)),
  activeUntil: fc.option(seconds.map(at)),
  roles: fc.uniqueArray(fc.constantFrom(...roles), { maxLength: 2 }),
  grants: fc.array(grants, { maxLength: 3 }),
  addOns: fc.array(
    fc
      .record({ seats: fc.integer({ min: 1, max: 7 }), taken: fc.integer({ min: 0, max: 7 }), own: fc.boolean() })
      .map(assist),
    { maxLength: 1 },
  ),
})
const asked = fc.record({
  supportType: fc.constantFrom(...types),
  subscriptionId: fc.option(fc.constantFrom('one', 'two')),
})

test('a role asks what the charter says it asks, and nothing else', () => {
  const billing = { ...NOBODY, roles: ['billing-admin'] }
  assert.equal(mayAsk(charter, billing, { ...TECHNICAL, supportType: 'billing' }, NOW).ok, true)
  assert.deepEqual(mayAsk(charter, billing, TECHNICAL, NOW), { ok: false, why: ['role-not-for-type'] })
  assert.deepEqual(mayAsk(charter, NOBODY, TECHNICAL, NOW), { ok: false, why: ['not-an-administrator'] })
})

test('a delegation counts from its first second up to, but not including, its last', () => {
  const asker = { ...NOBODY, grants: [lent({ startsAt: at(0), endsAt: at(60) })] }
  const why = (seconds_: number) => {
    const answer = mayAsk(charter, asker, TECHNICAL, at(seconds_))
    return answer.ok ? 'yes' : answer.why[0]
  }
  assert.deepEqual([-1, 0, 59, 60, 61].map(why), [
    'delegation-not-begun',
    'yes',
    'yes',
    'delegation-over',
    'delegation-over',
  ])
})

test('a delegation that was ended says so, and one for other types or subscriptions is none', () => {
  const given = (grant: Grant) => mayAsk(charter, { ...NOBODY, grants: [grant] }, TECHNICAL, NOW)
  assert.deepEqual(given(lent({ endedAt: at(-1) })), { ok: false, why: ['right-ended'] })
  assert.deepEqual(given(lent({ supportTypes: ['billing'] })), { ok: false, why: ['role-not-for-type'] })
  assert.deepEqual(given(lent({ subscriptionId: 'one' })), { ok: false, why: ['other-subscription'] })
})

test('Business Assist is for every employee of an organization that has it, within its seats', () => {
  const type = { supportType: 'business-assist', subscriptionId: null }
  const given = (...addOns: AddOn[]) => mayAsk(charter, { ...NOBODY, addOns }, type, NOW)
  assert.deepEqual(given(), { ok: false, why: ['add-on-missing'] })
  assert.deepEqual(given(assist({ seats: 6 })), { ok: false, why: ['add-on-too-large'] })
  assert.deepEqual(given(assist({ taken: 4 })), { ok: false, why: ['no-seat-left'] })
  assert.deepEqual(given(assist({ endsAt: NOW })), { ok: false, why: ['add-on-missing'] })
  const own = given(assist({ taken: 4, own: true }))
  assert.deepEqual(own, { ok: true, by: { kind: 'add-on', addOn: 'business-assist', takesSeat: undefined } })
  assert.equal(given(assist()).ok, true)
})

test('without consent, or after it, a partner may ask for nothing, whatever his roles', () => {
  fc.assert(
    fc.property(askers, asked, seconds.map(at), (asker, wish, now) => {
      const partner = { ...asker, partnerId: 'partner' }
      const before = partner.activeFrom === null || Temporal.Instant.compare(now, partner.activeFrom) < 0
      const after = partner.activeUntil !== null && Temporal.Instant.compare(now, partner.activeUntil) >= 0
      const answer = mayAsk(charter, partner, wish, now)
      if (before || after)
        assert.deepEqual(answer, { ok: false, why: [before ? 'consent-missing' : 'consent-withdrawn'] })
    }),
  )
})

test('more roles and more grants never take a right away', () => {
  fc.assert(
    fc.property(askers, asked, fc.constantFrom(...roles), grants, (asker, wish, role, grant) => {
      if (!mayAsk(charter, asker, wish, NOW).ok) return
      assert.ok(mayAsk(charter, { ...asker, roles: [...asker.roles, role] }, wish, NOW).ok)
      assert.ok(mayAsk(charter, { ...asker, grants: [grant, ...asker.grants] }, wish, NOW).ok)
    }),
  )
})

test('whoever may ask by a delegation may not at its end, and a no always has a reason', () => {
  fc.assert(
    fc.property(askers, asked, (asker, wish) => {
      const answer = mayAsk(charter, asker, wish, NOW)
      if (!answer.ok) return assert.ok(answer.why.length > 0)
      if (answer.by.kind !== 'grant') return
      const { grantId: _, endsAt } = answer.by
      const ending = asker.grants.map((grant) =>
        Temporal.Instant.compare(grant.endsAt, endsAt) > 0 ? { ...grant, endsAt } : grant,
      )
      const late = mayAsk(charter, { ...asker, activeUntil: null, grants: ending }, wish, endsAt)
      assert.ok(!late.ok || late.by.kind !== 'grant')
    }),
  )
})

test('what comes with a type besides the asking is had by whoever may ask, and by nobody more than if a seat were his', () => {
  const type = charter.supportTypes.find(({ id }) => id === 'business-assist') ?? assert.fail()
  const subscriptionIds = ['one', 'two']
  fc.assert(
    fc.property(askers, fc.constantFrom(...types), seconds.map(at), (asker, supportType, now) => {
      const held = holds(charter, asker, { supportType, subscriptionIds }, now)
      if (typesToAsk(charter, asker, subscriptionIds, now).includes(supportType)) assert.ok(held)
      const full = asker.addOns.map((addOn) => ({ ...addOn, taken: addOn.seats, own: false }))
      assert.equal(holds(charter, { ...asker, addOns: full }, { supportType, subscriptionIds }, now), held)
      if (held === 'by-role') assert.ok(asker.roles.length + asker.grants.length > 0)

      const employee = { ...asker, partnerId: null, activeFrom: null, activeUntil: null, roles: [], grants: [] }
      const assisted = holds(charter, employee, { supportType: type.id, subscriptionIds: [] }, now)
      assert.equal(assisted === 'with-everybody', hasWhatItTakes(type, asker.addOns, now))
    }),
  )
})

test('however roles are changed, somebody who gives rights is left if there was one', () => {
  const people = fc.uniqueArray(
    fc.record({
      personId: fc.constantFrom('asta', 'bo', 'cai', 'dina'),
      roles: fc.uniqueArray(fc.constantFrom(...roles), { maxLength: 3 }),
      partnerId: fc.option(fc.constant('partner'), { freq: 3 }),
    }),
    { selector: ({ personId }) => personId, minLength: 1 },
  )
  const wishes = fc.array(
    fc.record({
      personId: fc.constantFrom('asta', 'bo', 'cai', 'dina'),
      roles: fc.uniqueArray(fc.constantFrom(...roles), { maxLength: 3 }),
    }),
  )
  fc.assert(
    fc.property(people, wishes, (start, changes) => {
      let now: readonly { personId: string; roles: readonly string[]; partnerId: string | null }[] = start
      const had = now.some((one) => manages(charter, one))
      for (const wish of changes)
        if (decideRoles(charter, now, wish) === 'ok')
          now = now.map((one) => (one.personId === wish.personId ? { ...one, roles: wish.roles } : one))
      assert.ok(!had || now.some((one) => manages(charter, one)))
    }),
  )
})
