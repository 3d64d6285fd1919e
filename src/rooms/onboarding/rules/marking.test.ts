import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { decideMark, MARKS, stateAfter } from './marking.ts'
import type { Mark, State, Teller } from './marking.ts'
import { progressOf } from './progress.ts'

const states = fc.constantFrom<State>('open', 'done', 'not-for-us')
const wishes = fc.record({
  mark: fc.constantFrom(...MARKS),
  word: fc.constantFrom('', 'We have our own'),
  by: fc.constantFrom<Teller>('administrator', 'employee', 'specialist'),
})
type Wish = typeof wishes extends fc.Arbitrary<infer T> ? T : never

/** Says one thing after the other of a step, as the verb does: what is written down, and where it ends. */
function told(history: readonly Wish[], from: State = 'open') {
  let state: State = from
  const written: { mark: Mark; word: string }[] = []
  for (const wish of history) {
    const decision = decideMark(state, wish)
    if (decision.kind !== 'record') continue
    written.push({ mark: decision.mark, word: wish.word })
    state = stateAfter(decision.mark) ?? state
  }
  return { state, written }
}

test('a step is ticked, opened again, and set aside by an administrator with a reason', () => {
  const by = 'administrator'
  assert.deepEqual(decideMark('open', { mark: 'done', word: '', by }), { kind: 'record', mark: 'done' })
  assert.deepEqual(decideMark('done', { mark: 'reopened', word: '', by }), { kind: 'record', mark: 'reopened' })
  const aside = { mark: 'not-for-us', word: 'No own name', by } as const
  assert.deepEqual(decideMark('open', aside), { kind: 'record', mark: 'not-for-us' })
  assert.deepEqual(decideMark('open', { ...aside, word: '' }), { kind: 'refuse', why: 'word-missing' })
  for (const other of ['employee', 'specialist'] as const)
    assert.deepEqual(decideMark('open', { ...aside, by: other }), { kind: 'refuse', why: 'step-not-yours' })
})

test('saying again what stands there writes nothing, but a word is never lost', () => {
  fc.assert(
    fc.property(states, wishes, (before, wish) => {
      const once = told([wish], before)
      const twice = told([wish, wish], before)
      assert.equal(twice.state, once.state)
      const decision = decideMark(before, wish)
      if (decision.kind === 'nothing') assert.equal(wish.word, '')
      if (decision.kind === 'record') assert.equal(once.written.at(-1)?.word, wish.word)
      if (wish.word === '') assert.equal(twice.written.length, once.written.length)
    }),
  )
})

test('where a step stands is what was last written of it, notes left out', () => {
  fc.assert(
    fc.property(fc.array(wishes, { maxLength: 20 }), (history) => {
      const { state, written } = told(history)
      const last = written.findLast(({ mark }) => mark !== 'noted')?.mark
      assert.equal(state, stateAfter(last) ?? 'open')
      for (const { mark, word } of written) assert.ok(word !== '' || mark === 'done' || mark === 'reopened')
    }),
  )
})

test('two who tick different steps in any order leave the same', () => {
  fc.assert(
    fc.property(fc.array(wishes), fc.array(wishes), fc.infiniteStream(fc.boolean()), (one, other, turns) => {
      const left = { one: [...one], other: [...other] }
      const after = new Map<string, State>()
      for (const turn of turns) {
        const step = turn ? 'one' : 'other'
        const wish = left[step].shift()
        if (wish) after.set(step, told([wish], after.get(step) ?? 'open').state)
        if (left.one.length + left.other.length === 0) break
      }
      assert.equal(after.get('one') ?? 'open', told(one).state)
      assert.equal(after.get('other') ?? 'open', told(other).state)
    }),
  )
})

test('however a charter changes its steps, what was ticked of those that stay counts, and new ones are open', () => {
  const ids = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { minLength: 1 })
  fc.assert(
    fc.property(ids, ids, fc.array(states, { minLength: 6, maxLength: 6 }), (before, after, drawn) => {
      const marks = new Map(before.map((id, at) => [id, drawn[at] ?? 'open']))
      const { total, done, aside, settled, next } = progressOf(
        after.map((id) => ({ id })),
        marks,
      )
      assert.equal(total, after.length)
      assert.equal(settled, done + aside)
      assert.equal(done, after.filter((id) => marks.get(id) === 'done').length)
      assert.equal(next === undefined, settled === total)
      const firstNew = after.find((id) => !before.includes(id))
      if (firstNew !== undefined) assert.ok(next !== undefined && settled < total)
    }),
  )
})
