import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { articleIdFrom } from './article-id.ts'
import { decide } from './draft.ts'
import type { Act, DraftState, Standing } from './draft.ts'
import { translationState } from './translation.ts'

const ACTS = ['save', 'submit', 'withdraw', 'discard', 'publish', 'approve', 'send-back'] as const
const STATES = ['none', 'writing', 'submitted', 'sent-back'] as const
const act: fc.Arbitrary<Act> = fc.constantFrom(...ACTS)
const standing: fc.Arbitrary<Standing> = fc.record({
  state: fc.constantFrom<DraftState>(...STATES),
  own: fc.boolean(),
  review: fc.constantFrom('required' as const, 'optional' as const),
  outdated: fc.boolean(),
})

test('nothing is published that somebody else published over, and nothing but by approval where review is required', () => {
  fc.assert(
    fc.property(act, standing, (wanted, of) => {
      const decided = decide(wanted, of)
      if (!decided.ok || decided.next !== 'published') return
      assert.equal(of.outdated, false)
      if (of.review === 'required') assert.ok(wanted === 'approve' && !of.own && of.state === 'submitted')
    }),
  )
})

test('nobody decides on his own draft, and nobody writes in, submits or throws away that of another', () => {
  fc.assert(
    fc.property(act, standing, (wanted, of) => {
      if (decide(wanted, of).ok) assert.equal(of.own, wanted !== 'approve' && wanted !== 'send-back')
    }),
  )
})

test('while it waits for review the text stands still', () => {
  fc.assert(
    fc.property(standing, (of) => {
      const waiting = { ...of, state: 'submitted' as const }
      for (const wanted of ['save', 'submit', 'discard'] as const) assert.equal(decide(wanted, waiting).ok, false)
    }),
  )
})

test('a draft never gets stuck: from every state its writer can get back to writing', () => {
  const own = { own: true, review: 'required', outdated: true } as const
  assert.deepEqual(decide('save', { ...own, state: 'none' }), { ok: true, next: 'writing' })
  assert.deepEqual(decide('withdraw', { ...own, state: 'submitted' }), { ok: true, next: 'writing' })
  assert.deepEqual(decide('save', { ...own, state: 'sent-back' }), { ok: true, next: 'writing' })
})

test('whatever order people act in, a published text was submitted by one and approved by another', () => {
  const step = fc.record({ act, who: fc.constantFrom('Mette', 'Ole') })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      let state: DraftState = 'none'
      let writer: string | undefined
      let submittedBy: string | undefined
      for (const { act: wanted, who } of steps) {
        const decided = decide(wanted, { state, own: (writer ?? who) === who, review: 'required', outdated: false })
        if (!decided.ok) continue
        writer ??= who
        if (decided.next === 'submitted') submittedBy = who
        if (decided.next === 'published') {
          assert.notEqual(who, submittedBy)
          return
        }
        if (decided.next === 'gone') return
        state = decided.next
      }
    }),
  )
})

test('a translation is stale exactly when its source is newer than what it was made from', () => {
  const version = fc.integer({ min: 1, max: 50 })
  fc.assert(
    fc.property(version, fc.option(version), version, (of, translatedFrom, source) => {
      const state = translationState({ version: of, translatedFrom }, { isSource: false, source })
      assert.equal(state, (translatedFrom ?? 0) < source ? 'stale' : 'current')
      // Publishing the source once more never makes a translation current.
      const later = translationState({ version: of, translatedFrom }, { isSource: false, source: source + 1 })
      if (state === 'stale') assert.equal(later, 'stale')
    }),
  )
  assert.equal(translationState(undefined, { isSource: true, source: undefined }), 'missing')
  assert.equal(translationState({ version: 1, translatedFrom: null }, { isSource: true, source: 1 }), 'source')
  assert.equal(
    translationState({ version: 1, translatedFrom: null }, { isSource: false, source: undefined }),
    'current',
  )
})

test('an id tells what the article is about, in letters every address can hold', () => {
  assert.equal(
    articleIdFrom('Nulstil en adgangskode på mobilen', 'abc123'),
    'here/nulstil-en-adgangskode-paa-mobilen-abc123',
  )
  assert.equal(articleIdFrom('重置密码', 'abc123'), 'here/abc123')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
      assert.match(articleIdFrom(title, 'abc123'), /^here\/(?:[a-z0-9]+(?:-[a-z0-9]+)*-)?abc123$/)
    }),
  )
})
