import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isOver, KINDS, STATES } from '../../service-health/rules/states.ts'
import { componentStatusOf, incidentStatusOf, indicatorOf, maintenanceStatusOf, worstOf } from './statuspage.ts'

const aState = fc.constantFrom(...STATES)
const aKind = fc.constantFrom(...KINDS)

test('what is over is over in every word for it', () => {
  fc.assert(
    fc.property(aKind, aState, (kind, state) => {
      const over = isOver(state)
      assert.equal(['resolved', 'postmortem'].includes(incidentStatusOf(state)), over)
      assert.equal(maintenanceStatusOf(state) === 'completed', over)
      if (over) assert.equal(componentStatusOf(kind, state), 'operational')
      else if (state !== 'serviceOperational') assert.notEqual(componentStatusOf(kind, state), 'operational')
    }),
  )
})

test('one more trouble makes a component or the whole no better', () => {
  const ranks = ['none', 'maintenance', 'minor', 'major', 'critical']
  fc.assert(
    fc.property(fc.array(fc.tuple(aKind, aState)), fc.tuple(aKind, aState), (before, [kind, state]) => {
      const all = before.map(([of, at]) => componentStatusOf(of, at))
      const more = [...all, componentStatusOf(kind, state)]
      assert.ok(more.includes(worstOf(more)))
      // Everything down is critical: another service that is well makes it major again.
      const rank = (of: typeof all) => Math.min(ranks.indexOf(indicatorOf(of)), 3)
      assert.ok(rank(more) >= rank(all))
    }),
  )
})

test('nothing known is all well', () => {
  assert.equal(indicatorOf([]), 'none')
  assert.equal(indicatorOf(['operational', 'major_outage']), 'major')
  assert.equal(indicatorOf(['major_outage', 'major_outage']), 'critical')
})
