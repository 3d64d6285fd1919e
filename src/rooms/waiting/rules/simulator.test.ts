import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomScenario, SCENARIOS } from './scenarios.ts'
import { simulated } from './simulator.ts'

test('the same seed is the same day, in time order, and nobody starts who has not come', () => {
  for (const scenario of [...SCENARIOS.slice(0, 6), ...[1, 2, 3].map(randomScenario)]) {
    const events = simulated(scenario)
    assert.deepEqual(simulated(scenario), events)
    const state = new Map<string, string>()
    let before = 0
    for (const event of events) {
      assert.ok(event.t >= before)
      before = event.t
      if (event.type === 'agents') continue
      const was = { arrive: undefined, start: 'arrive', abandon: 'arrive', end: 'start' }[event.type]
      assert.equal(state.get(event.id), was, `${event.type} of ${event.id}`)
      state.set(event.id, event.type)
    }
  }
})

test('a team of its own never talks to more than it has, save those it finishes', () => {
  const events = simulated(SCENARIOS[0]!)
  let [agents, talking] = [0, 0]
  for (const event of events) {
    if (event.type === 'agents') agents = event.count
    if (event.type === 'end') talking -= 1
    if (event.type !== 'start') continue
    talking += 1
    assert.ok(talking <= agents)
  }
})
