import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { decideSeverityChange, severitiesToAskFor } from './severity-change.ts'

const charter = { severities: [{ id: 'P1' }, { id: 'P2' }, { id: 'P3' }] }
const severity = fc.constantFrom('P1', 'P2', 'P3')

test('lowering is always allowed, and nobody but a lead goes above what the customer is entitled to', () => {
  fc.assert(
    fc.property(severity, severity, severity, fc.boolean(), (from, to, granted, lead) => {
      const decision = decideSeverityChange(charter, { from, to, granted, lead })
      if (from === to) assert.equal(decision, 'same')
      else if (to > from || lead) assert.equal(decision, 'ok')
      else assert.equal(decision === 'ok', granted === to)
    }),
  )
})

test('a severity that the charter does not have is unknown', () => {
  assert.equal(decideSeverityChange(charter, { from: 'P1', to: 'A', granted: 'A', lead: true }), 'unknown')
})

test('a customer is offered what lies above and what he is entitled to', () => {
  assert.deepEqual(
    severitiesToAskFor(charter, 'P3', (one) => one !== 'P1'),
    ['P2'],
  )
  assert.deepEqual(
    severitiesToAskFor(charter, 'P1', () => true),
    [],
  )
})
